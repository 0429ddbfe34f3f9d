"""Who evaluated a training and what was said stay apart: in a copy of the open database, and after the closing.

After the closing the database is shown to be a function of the bag of answers: the same answers by other people, at
other moments and in another order leave the same rows, but for random keys. So no query joins an answer to anybody.
"""

from __future__ import annotations

import datetime as dt
import random
from collections import Counter

import pytest
from flask import Flask
from sqlalchemy import Date, DateTime, select, text, update

from app.db import Base, db
from app.trainings.evaluation import Answer
from app.trainings.models import EvaluationEnvelope, EvaluationOutcome, EvaluationRemark
from app.web.formats import as_if, now
from tests.rating.test_apart import copied
from tests.support.builders import Persona, make_person
from tests.support.sessions import envelopes, evaluation_closes, heard, held, say, standing

ANSWERS = [Answer((1 + number % 5, 4, 5, 2, 1 + number % 2), f"Geheim {number}" if number else "")
           for number in range(7)]
STORED = (EvaluationEnvelope, EvaluationOutcome, EvaluationRemark)


@pytest.fixture
def people(app: Flask, organisation_id: int) -> list[Persona]:
    return [make_person(app, organisation_id) for _ in range(9)]


@pytest.mark.parametrize("model", STORED)
def test_no_row_of_an_answer_points_at_anybody_or_any_moment(model: type[Base]) -> None:
    table = model.__table__
    pointed_at = {key.column.table.name for key in table.foreign_keys}      # type: ignore[attr-defined]
    assert pointed_at == {"organisation", "training_session"}
    assert not [column for column in table.columns if isinstance(column.type, Date | DateTime)]
    keys = [key for one in Base.metadata.sorted_tables for key in one.foreign_keys]
    assert not [key for key in keys if key.column.table is table]


def test_a_copy_of_the_open_database_holds_no_answer(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    one = held(app, organisation_id, people)
    for person, answer in zip(people, ANSWERS, strict=False):
        say(app, organisation_id, one, person, answer)
    content = copied(app)
    assert b"training_envelope" in content or db_is_postgres(app)
    for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
        written = "Geheim".encode(encoding)
        assert written not in content and written.hex().encode() not in content
    boxes = envelopes(app, one).values()
    sizes = {kind: {len(box) for of, box in boxes if of == kind} for kind in ("scores", "words")}
    assert all(len(found) == 1 for found in sizes.values()), "nothing follows from how long a box is"
    assert Counter(kind for kind, _ in boxes) == {"scores": 7, "words": 7}, "also of who wrote nothing"


def test_every_envelope_is_made_anew_with_each_answer(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """So that none is the latest, or was stored together with the mark of whoever sent it."""
    one = held(app, organisation_id, people)
    keys: set[bytes] = set()
    for person, answer in zip(people, ANSWERS, strict=False):
        before = standing(app, one)[person.id]
        say(app, organisation_id, one, person, answer)
        stored = envelopes(app, one)
        assert not keys & stored.keys()
        keys |= stored.keys()
        assert standing(app, one)[person.id].state == before.state
    if db_is_postgres(app):
        with app.app_context():
            rows = db.session.execute(text("select distinct xmin::text from training_envelope")).all()
        assert len(rows) == 1, "written in one go"


def test_two_stories_leave_the_same(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """The same answers by others, at other moments and in another order: nothing that is stored tells the two apart."""
    told = []
    for seed in (1, 2):
        one = held(app, organisation_id, people)
        chance = random.Random(seed)
        for person, answer in zip(chance.sample(people, 7), chance.sample(ANSWERS, 7), strict=True):
            with as_if(now() + dt.timedelta(seconds=chance.randint(1, 90_000))):
                say(app, organisation_id, one, person, answer)
        evaluation_closes(app)
        with app.app_context():
            rows = {
                table.name: sorted(repr({k: v for k, v in row._mapping.items() if k not in ("id", "session_id")})
                                   for row in db.session.execute(select(table).where(table.c.session_id == one)))
                for table in Base.metadata.sorted_tables if "session_id" in table.c and table.name != "enrolment"
            }
        assert len(rows["training_remark"]) == 6 and not rows["training_envelope"]
        told.append(({name: found for name, found in rows.items() if name.startswith("training_") and name
                      != "training_meeting"}, standing(app, one)))
    assert told[0] == told[1]


def test_the_closing_writes_everybody_in_one_go(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """Or PostgreSQL's xmin, or the order in which rows lie, would pair an answer with whoever gave it."""
    one = held(app, organisation_id, people)
    for person, answer in zip(reversed(people[:7]), ANSWERS, strict=True):
        say(app, organisation_id, one, person, answer)
    evaluation_closes(app)
    with app.app_context():
        if not db_is_postgres(app):
            for name in ("training_envelope", "training_remark"):
                made = db.session.execute(text(f"select sql from sqlite_master where name = '{name}'")).scalar()
                assert "WITHOUT ROWID" in (made or "")
            return
        writers = {writer for name in ("training_remark", "training_outcome", "enrolment")
                   for writer in db.session.scalars(text(f"select xmin::text from {name} where session_id = {one}"))}
        assert len(writers) == 1
        for name in ("training_remark", "enrolment"):
            placed = db.session.scalars(text(f"select id from {name} order by ctid")).all()
            assert list(placed) == sorted(placed)


def test_four_leave_what_none_leaves(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    sessions = [held(app, organisation_id, people) for _ in range(2)]
    for person, answer in zip(people[:4], ANSWERS[1:], strict=False):
        say(app, organisation_id, sessions[0], person, answer)
    evaluation_closes(app)
    assert heard(app, organisation_id, sessions[0]) == heard(app, organisation_id, sessions[1])
    assert standing(app, sessions[0]) == standing(app, sessions[1])
    assert b"Geheim" not in copied(app)
    with app.app_context():
        stored = db.session.execute(select(EvaluationOutcome.answers, EvaluationOutcome.sums)).all()
        assert [tuple(row) for row in stored] == [(None, None)] * 2
        assert not db.session.scalars(select(EvaluationRemark)).all()


def test_a_box_counts_in_its_own_place_only(app: Flask, organisation_id: int, people: list[Persona]) -> None:
    """Moved to another session, row or kind, laid in twice or damaged: it counts as no answer."""
    one, other = (held(app, organisation_id, people) for _ in range(2))
    for person, answer in zip(people, ANSWERS, strict=False):
        say(app, organisation_id, one, person, answer)
    found = envelopes(app, one)
    scores = [key for key, (kind, _) in found.items() if kind == "scores"]
    with app.app_context():
        db.session.add(EvaluationEnvelope(organisation_id=organisation_id, session_id=one, kind="scores",
                                          box=found[scores[0]][1]))
        for key, values in ((scores[1], {"session_id": other}), (scores[2], {"kind": "words"})):
            db.session.execute(update(EvaluationEnvelope).where(EvaluationEnvelope.id == key).values(**values))
        db.session.commit()
    evaluation_closes(app)
    outcome = heard(app, organisation_id, one).outcome
    assert outcome is not None and outcome.answers == 5
    assert heard(app, organisation_id, other).outcome is None


def db_is_postgres(app: Flask) -> bool:
    with app.app_context():
        return db.engine.dialect.name == "postgresql"
