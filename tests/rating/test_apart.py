"""Who was asked and what was answered stay apart: in a copy of the open database, and in everything after the closing.

After the closing the database is shown to be a function of the bag of answers alone: two rounds in which the same
answers came from other people of a group, at other moments and in another order, leave the same rows in the same
places, but for the random keys. What is the same for all of them joins nothing to anybody.
"""

from __future__ import annotations

import datetime as dt
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from app.config import Config
from app.db import Base, db
from app.measurement.scale import Group
from app.rating import closing, drafts, packing, queries, sending
from app.rating.models import Comment, CommentEnvelope, Draft, Envelope, Sheet
from app.rating.packing import Value
from app.web.formats import as_if
from tests.rating.acts import any_answers, asked_of, become, save, send
from tests.support.builders import make_organisation, make_person, make_team
from tests.support.databases import Places, let_go_of, make_app
from tests.support.rounds import MadeRound, make_round

START = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)
RATERS = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 6, Group.SCHOOL: 9, Group.CLIENT: 4, Group.PARENT: 4, Group.PUPIL: 7}
RANDOM = {("sheet", "id"), ("comment", "id"), ("invitation", "public_id")}      # keys; nothing follows from them


def make_world(app: Flask) -> MadeRound:
    """Everybody of a round about one person; four of the school are teachers."""
    organisation_id = make_organisation(app)
    team_id = make_team(app, organisation_id, "Team Oost")
    jet = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries", email="jet@dienst.example")
    tom = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Tom Bakker",
                      email="tom@dienst.example")
    made = make_round(app, tom, [jet], RATERS)
    become(app, made.invitation_ids[8:12], "leraar")
    return made


def all_answer(app: Flask, made: MadeRound, story: int) -> None:
    """The same answers in every story, from other people of the same kind, in another order, at other moments.

    Two never send: of the school and of the parents, whoever they are.
    """
    chance = random.Random(7)
    kinds: dict[tuple[str, str], list[str]] = {}
    answers: dict[str, Mapping[str, Value]] = {}
    for token in made.tokens:
        with as_if(START):
            asked = asked_of(app, token)
        kinds.setdefault((asked.group, asked.question_set), []).append(token)
        answers[token] = any_answers(asked, chance)
    silent = {kinds["school", "kern"][0], kinds["ouder", "beleving"][0]}
    told = random.Random(story)
    by_whom = {}
    for tokens in kinds.values():
        by_whom.update(zip(tokens, told.sample(tokens, len(tokens)), strict=True))
    moment = START
    for token in told.sample(made.tokens, len(made.tokens)):
        moment += dt.timedelta(seconds=told.randint(1, 9999))
        with as_if(moment):
            given = answers[by_whom[token]]
            for item in told.sample(list(given), len(given)):
                save(app, token, {item: given[item]})
            if by_whom[token] not in silent:
                send(app, token)


def shut(app: Flask, made: MadeRound) -> None:
    with as_if(START + dt.timedelta(days=40)), app.app_context():
        closing.close_due()


def rows_in_place(app: Flask) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table in the order in which it lies there, with what the database itself adds to it.

    SQLite: the rowid, also a hidden one. PostgreSQL: which transactions wrote and held it, by their order. Tables that
    lie in the order of a random key are put in the order of the rest.
    """
    found: dict[str, list[tuple[object, ...]]] = {}
    with app.app_context():
        sqlite = db.engine.dialect.name == "sqlite"
        transactions: set[int] = set()
        for table in Base.metadata.sorted_tables:
            without_rowid = table.dialect_options["sqlite"].get("with_rowid") is False
            columns = [f'"{c.name}"' for c in table.columns if (table.name, c.name) not in RANDOM]
            own = ([] if without_rowid else ["rowid"]) if sqlite else ["xmin::text::bigint", "xmax::text::bigint"]
            place = ("1" if without_rowid else "rowid") if sqlite else "ctid"
            query = f"select {', '.join(own + columns)} from {table.name} order by {place}"
            rows = [tuple(row) for row in db.session.execute(text(query))]
            if not sqlite:
                transactions |= {number for row in rows for number in row[:2]}
            found[table.name] = sorted(rows, key=repr) if table.name in ("sheet", "comment") else rows
    ranks = {number: rank for rank, number in enumerate(sorted(transactions))}
    if sqlite:
        return found
    return {name: [(ranks[row[0]], ranks[row[1]], *row[2:]) for row in rows] for name, rows in found.items()}


def put_in_order(app: Flask) -> None:
    """What earlier tests left: numbers begin anew, every table lies in the order of its key and stays so."""
    with app.app_context():
        for name in db.session.scalars(text("select sequencename from pg_sequences")).all():
            db.session.execute(text(f"select setval('{name}', 100000)"))
        for table in Base.metadata.sorted_tables:
            db.session.execute(text(f"alter table {table.name} set (autovacuum_enabled = false)"))
            db.session.execute(text(f"cluster {table.name} using pk_{table.name}"))
        db.session.commit()


@pytest.fixture
def stories(database: str, places: Places) -> Iterator[list[tuple[Flask, MadeRound, dict[str, Any]]]]:
    """Two closed rounds, told one after the other in the same database, with what each left there."""

    def tell() -> Iterator[tuple[Flask, MadeRound, dict[str, Any]]]:
        for story in (1, 2):
            place = places.sqlite if database == "sqlite" else places.postgres
            place.restore()
            if database == "postgres":
                put_in_order(place.app)
            with as_if(START - dt.timedelta(days=1)):
                made = make_world(place.app)
            all_answer(place.app, made, story)
            shut(place.app, made)
            yield place.app, made, rows_in_place(place.app)

    return tell()


def test_the_closed_database_does_not_depend_on_who_answered_what_or_when(
    stories: Iterator[tuple[Flask, MadeRound, dict[str, Any]]]
) -> None:
    (_, _, first), (_, _, second) = stories
    assert len(first["sheet"]) >= 15
    assert len(first["comment"]) >= 15
    assert len(first["cell"]) >= 20
    for name in first:
        assert first[name] == second[name], name


@pytest.fixture
def closed(app: Flask) -> MadeRound:
    with as_if(START - dt.timedelta(days=1)):
        made = make_world(app)
    all_answer(app, made, 3)
    shut(app, made)
    return made


def test_the_keys_of_sheets_and_comments_occur_nowhere_else(app: Flask, closed: MadeRound) -> None:
    with app.app_context():
        keys = {key for table in (Sheet, Comment) for key in db.session.scalars(select(table.id))}
        assert len(keys) > 30
        seen: Counter[bytes] = Counter()
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                for value in row:
                    held = value if isinstance(value, bytes) else repr(value).encode()
                    seen.update(key for key in keys if key in held or key.hex().encode() in held)
    assert seen == dict.fromkeys(keys, 1)


def test_no_row_knows_a_moment_at_which_somebody_answered(app: Flask, closed: MadeRound) -> None:
    moments = []
    with app.app_context():
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(select(table)):
                moments += [value for value in row if isinstance(value, dt.datetime)]
    assert moments
    assert not [moment for moment in moments if START < moment < START + dt.timedelta(days=39)]


def test_all_of_a_part_were_written_at_once(app: Flask, closed: MadeRound) -> None:
    """Or PostgreSQL's xmin would pair a sheet with an invitation."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            places = {name: db.session.execute(text(f"select sql from sqlite_master where name = '{name}'")).scalar()
                      for name in ("sheet", "comment", "envelope", "comment_envelope", "draft")}  # fmt: skip
            assert all("WITHOUT ROWID" in (sql or "") for sql in places.values())
            return
        tables = ("sheet", "comment", "invitation", "cell", "response")
        writers = {writer for name in tables for writer in db.session.scalars(text(f"select xmin::text from {name}"))}
        assert len(writers) == 1
        for name in ("sheet", "comment", "invitation"):
            placed = db.session.scalars(text(f"select id from {name} order by ctid")).all()
            assert list(placed) == sorted(placed)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_file_is_what_its_rows_make_it_and_no_more(app: Flask, closed: MadeRound, tmp_path: Path) -> None:
    """Byte for byte the file is one into which the same rows were laid in the order of their keys: no page and no
    left-over tells more than the rows do.
    """
    file = Path(app.config["SETTINGS"].database_url.removeprefix("sqlite:///"))
    assert Path(f"{file}-wal").stat().st_size == 0
    again = tmp_path / "again.db"
    shutil.copyfile(file, again)
    connection = sqlite3.connect(again, isolation_level=None)
    connection.execute("pragma foreign_keys = off")
    for table in Base.metadata.sorted_tables:
        hidden = "rowid, " if table.dialect_options["sqlite"].get("with_rowid") is not False else ""
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        if len(table.primary_key.columns) == 1 and str(table.primary_key.columns[0].type) == "INTEGER":
            hidden = ""         # the key is the rowid
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        rows = connection.execute(f"select {hidden}{names} from {table.name} order by {keys}").fetchall()
        connection.execute(f"delete from {table.name}")
        for row in rows:
            connection.execute(f"insert into {table.name} ({hidden}{names}) values ({', '.join('?' * len(row))})", row)
    connection.execute("pragma journal_mode = delete")
    connection.execute("vacuum")
    connection.execute("pragma journal_mode = wal")
    connection.close()
    one, other = (bytearray(path.read_bytes()) for path in (file, again))
    for changing in (slice(24, 28), slice(40, 44), slice(92, 100)):     # how often it was changed, and by which SQLite
        one[changing] = other[changing] = bytes(changing.stop - changing.start)
    assert one == other


# --- a copy of the database while the round is open ------------------------------------------------------------------


def copied(app: Flask) -> bytes:
    """Everything the database holds, as bytes."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            file = app.config["SETTINGS"].database_url.removeprefix("sqlite:///")
            return b"".join(p.read_bytes() for rest in ("", "-wal", "-shm") if (p := Path(f"{file}{rest}")).exists())
        content = b""
        for table in Base.metadata.sorted_tables:
            for row in db.session.execute(text(f"select t.*, t.ctid, t.xmin from {table.name} t")):
                content += b"".join(v if isinstance(v, bytes) else str(v).encode() for v in row) + b"\n"
        return content


def test_a_copy_of_the_open_database_holds_no_answer(app: Flask) -> None:
    made = make_world(app)
    before = copied(app)
    for number, token in enumerate(made.tokens):
        asked = asked_of(app, token)
        codes = packing.codes(asked.catalog, asked.group, asked.question_set)
        save(app, token, {"open-1": f"Geheime woorden {number}", "open-2": f"Nog meer {number}",
                          **dict.fromkeys(codes[:5], 1 + number % 3)})
        save(app, token, {codes[0]: "niet-gezien"})
        if number % 2:
            send(app, token)
    content = copied(app)
    assert b"Jet de Vries" in content
    for word in ("Geheime woorden", "Nog meer", "niet-gezien"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            for written in (word.encode(encoding), word.encode(encoding).hex().encode()):
                assert content.count(written) == before.count(written)      # the framework names a reason
    with app.app_context():
        sizes = {(item.startswith("open"), len(box)) for item, box in db.session.execute(select(Draft.item, Draft.box))}
        assert len(sizes) == 2
        boxes = [box for table in (Draft, Envelope, CommentEnvelope) for box in db.session.scalars(select(table.box))]
    assert len(set(boxes)) == len(boxes)
    assert max(Counter(b"".join(boxes)).values()) < 1.5 * len(b"".join(boxes)) / 256      # like noise


def test_without_the_secret_a_copy_opens_nothing(app: Flask, tmp_path: Path) -> None:
    made = make_world(app)
    for token in made.tokens[1:7]:
        save(app, token, {"VM1.1": 3, "open-1": "Geheim"})
    for token in made.tokens[1:5]:
        send(app, token)
    asked = asked_of(app, made.tokens[5])
    settings = app.config["SETTINGS"]
    other = make_app(tmp_path, settings.database_url)
    other.config["SETTINGS"] = Config(instance_dir=tmp_path, database_url=settings.database_url, secret=b"x" * 32)
    with other.app_context():
        with pytest.raises(queries.UnknownLink):
            queries.find(made.tokens[5])
        assert drafts.kept(asked) == {}
        with pytest.raises(sending.NothingAnswered):
            sending.send(asked)
        db.session.rollback()
    with as_if(START + dt.timedelta(days=3650)), other.app_context():
        closing.close(made.round_id)
        assert db.session.scalars(select(Sheet)).all() == []
        assert db.session.scalars(select(Comment)).all() == []
    let_go_of(other)
