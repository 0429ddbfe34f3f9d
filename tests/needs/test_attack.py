"""Everything that hr can ask for, put together by linear algebra, says nothing about fewer than five people."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import product

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.competencies.models import FunctionProfile, ProfileTarget
from app.competencies.services import assign_profile
from app.db import db
from app.measurement.scale import one_decimal
from app.needs.models import Snapshot, SnapshotFigure
from tests.measurement.people_attack import isolated_people
from tests.needs.dienst import CODES, Dienst, make_dienst
from tests.support.builders import log_in, make_organisation, make_person, make_team
from tests.support.needs import measured, take_snapshot
from tests.support.pages import CheckedClient

NAMES = {"VM1": "Verwachtingen en wensen ophalen", "VM2": "Hulpvraag verhelderen en opbrengsten bepalen",
         "VM3": "Begeleiding op maat inrichten en afbakenen"}


def lived(app: Flask, seed: int) -> Dienst:
    """Through five half years, with a momentopname after each."""
    dienst = make_dienst(app, seed)
    known: dict[tuple[int, int, str], tuple[float, int]] = {}
    for number in range(5):
        if number:
            dienst.live()
        before = len(dienst.snapshots)
        dienst.take(days_ago=1 - number / 10)
        if len(dienst.snapshots) > before:
            agrees_with_the_rows(dienst, dienst.snapshots[-1], known)
    return dienst


def stored(app: Flask, snapshot_id: int) -> list[SnapshotFigure]:
    with app.app_context():
        return list(db.session.scalars(
            select(SnapshotFigure).where(SnapshotFigure.snapshot_id == snapshot_id)
            .options(undefer(SnapshotFigure.members)).order_by(SnapshotFigure.cell, SnapshotFigure.item_code)))


def agrees_with_the_rows(
    dienst: Dienst, snapshot_id: int, known: dict[tuple[int, int, str], tuple[float, int]]
) -> None:
    """Each new base figure is the mean of what its members bring: the scores of their measurements, the doelscore and
    belang of when they were published first.
    """
    targets = dienst.targets()
    for row in stored(dienst.app, snapshot_id):
        if row.kind == "wens" and row.members:
            plans = [dienst.asks[member[1]] for member in row.members]
            assert len(plans) == row.values["people"] >= 5
            assert row.values["hours"] == worked_hours(plans)
        if row.kind != "behoefte" or not row.members:
            continue
        people = [(member[0], member[1]) for member in row.members]
        asked = [known.setdefault((person, measurement, row.item_code), targets[person][row.item_code])
                 for person, measurement in people]
        scores = [dienst.brings[measurement, row.item_code] for _, measurement in people]
        size = len(people)
        assert size >= 5
        assert row.values["people"] == size
        assert row.values["score"] == one_decimal(sum(round(10 * score) for score in scores) / size / 10 + 1e-9)
        assert row.values["importance"] == one_decimal(sum(importance for _, importance in asked) / size + 1e-9)
        assert row.values["target"] == one_decimal(sum(round(10 * one) for one, _ in asked) / size / 10 + 1e-9)
        lacking = [round(10 * (row.values["target"] - score)) for score in scores]
        assert round(10 * row.values["gap"]) == max(0, round(10 * (row.values["target"] - row.values["score"])))
        for name, count in (("with_gap", sum(one >= 3 for one in lacking)), ("below", sum(one > 0 for one in lacking)),
                            ("above", sum(one < 0 for one in lacking))):
            assert row.values[name] == (0 if count < 2 else size if count > size - 2 else count)


def worked_hours(plans: list[dict[str, tuple[int, int]]]) -> int | None:
    """What is told of a competency; and of the others together where that can be told by itself."""
    def told(asked: list[int], most: int, step: int) -> int | None:
        surely = min(len(asked), len(plans) - 1)                                # all reads as all but one
        return (sum(asked) + step // 2) // step * step if surely >= 5 and sum(asked) >= 2 * most else None

    hours = {code: told([min(40, plan[code][0]) for plan in plans if code in plan], 40, 5) for code in CODES}
    euros = {code: told([min(1000, plan[code][1]) for plan in plans if code in plan], 1000, 50) for code in CODES}
    left = [[asked for code, (asked, _) in plan.items() if hours[code] is None] for plan in plans
            if any(hours[code] is None or euros[code] is None for code in plan)]
    rest = told([min(80, sum(asked)) for asked in left], 80, 5)
    return sum(one for one in (*hours.values(), rest) if one) or None


def everything_asked_for(dienst: Dienst, client: CheckedClient) -> Iterator[tuple[int, dict[str, str], str]]:
    """Every combination of every cut in every momentopname, as values, that the pages do not refuse."""
    with dienst.app.app_context():
        cuts = {row.id: list(row.cuts) for row in db.session.scalars(select(Snapshot))}
    values = {"team": ["", *map(str, dienst.teams), "kleine-teams", "zonder"], "opleiding": ["", "ja", "nee"],
              "sector": ["", "po", "vo", "po+vo"], "functieprofiel": ["", *map(str, dienst.profiles)]}
    for snapshot_id in dienst.snapshots:
        names = ["team", *cuts[snapshot_id]]
        for chosen in product(*(values[name] for name in names)):
            wish = {name: value for name, value in zip(names, chosen, strict=True) if value}
            answer = client.get(f"/opleidingen/behoefte/{snapshot_id}/tabel.csv", query_string=wish)
            if answer.status_code == 200:
                yield snapshot_id, wish, answer.data.decode("utf-8-sig")
            else:
                assert answer.status_code == 404


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_nothing_that_hr_can_ask_for_rests_on_fewer_than_five(app: Flask, client: CheckedClient, seed: int) -> None:
    attack(app, client, seed)


def test_so_it_is_on_both_databases(app: Flask, client: CheckedClient) -> None:
    attack(app, client, 99)


def test_whose_doelscore_is_which_shows_nowhere(app: Flask) -> None:
    """Two of five have a function that asks 5, three one that asks 1: whoever these are, and however the scores on one
    side of the mean doelscore lie, the same is published.
    """
    scores = (3.0, 1.5, 2.2, 3.9, 4.1)
    worlds = [(("hoog", "hoog", "laag", "laag", "laag"), scores), (("laag", "hoog", "laag", "hoog", "laag"), scores),
              (("hoog", "hoog", "laag", "laag", "laag"), (3.7, 1.5, 2.2, 3.2, 4.1))]
    told = [published(app, functions, of) for functions, of in worlds]
    assert told[0] == told[1] == told[2]
    assert (told[0]["target"], told[0]["score"], told[0]["gap"], told[0]["with_gap"]) == (2.6, 2.9, 0, 2)


def published(app: Flask, functions: tuple[str, ...], scores: tuple[float, ...]) -> dict[str, float]:
    """What a momentopname says of a team of these, asked 5 or 1."""
    here = make_organisation(app)
    team_id = make_team(app, here)
    people = [make_person(app, here, works_in=[team_id]).id for _ in scores]
    with app.app_context():
        made = {name: FunctionProfile(organisation_id=here, name=name, is_default=False) for name in set(functions)}
        db.session.add_all(made.values())
        db.session.flush()
        for name, profile in made.items():
            db.session.add(ProfileTarget(organisation_id=here, profile_id=profile.id, competency_code="VM1",
                                         target_score=5.0 if name == "hoog" else 1.0, importance=4))
        for person, name in zip(people, functions, strict=True):
            assign_profile(here, person, made[name].id)
        db.session.commit()
    measured(app, here, {person: {"VM1": score} for person, score in zip(people, scores, strict=True)})
    taken = take_snapshot(app, here)
    assert taken
    row, = (row for row in stored(app, taken) if (row.kind, row.item_code) == ("behoefte", "VM1"))
    return dict(row.values)


def attack(app: Flask, client: CheckedClient, seed: int) -> None:
    dienst = lived(app, seed)
    assert len(dienst.snapshots) >= 2
    base: dict[tuple[str, str, str], frozenset[tuple[int, int]]] = {}      # by kind and item, cell, when it was made
    members: dict[tuple[str, str], set[frozenset[tuple[int, int]]]] = {}
    parts: dict[tuple[int, str], dict[str, list[SnapshotFigure]]] = {}
    for snapshot_id in dienst.snapshots:
        for row in stored(app, snapshot_id):
            item = "" if row.kind == "wens" else row.item_code
            if row.kind not in ("behoefte", "wens"):
                assert not row.members
                continue
            key = (f"{row.kind} {item}", row.cell, row.made_at.isoformat())
            if row.members:
                base[key] = frozenset((member[0], member[1]) for member in row.members)
                members.setdefault((row.kind, item), set()).add(base[key])
            assert key in base, "every figure is one that was published with its members"
            parts.setdefault((snapshot_id, row.kind), {}).setdefault(row.item_code, []).append(row)
    for (kind, item), figures in members.items():
        assert isolated_people(figures) is None, (kind, item)
    hr = make_person(app, dienst.organisation_id, roles=["hr"])
    log_in(client, hr)
    for snapshot_id, wish, text in everything_asked_for(dienst, client):
        assert not any(name in text for name in dienst.names)
        lines = {line[1]: line for line in csv.reader(io.StringIO(text), delimiter=";")}
        for code in CODES:
            line = lines.get(NAMES[code])
            of = [row for row in parts.get((snapshot_id, "behoefte"), {}).get(code, ())
                  if wish.items() <= dict(pair.split("=") for pair in row.cell.split("&")).items()
                  and ("moment=eerder" not in row.cell)]
            if not of:
                assert line is None or line[3] == ""
                continue
            assert line is not None
            size = sum(row.values["people"] for row in of)
            target, score = (
                one_decimal(sum(round(10 * row.values[name]) * row.values["people"] for row in of) / size / 10 + 1e-9)
                for name in ("target", "score"))
            assert line[3] == f"{max(0.0, target - score):.1f}".replace(".", ",")     # of published figures alone
    page = client.get("/opleidingen/behoefte").text
    assert not any(name in page for name in dienst.names)
