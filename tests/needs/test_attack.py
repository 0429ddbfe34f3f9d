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

from app.db import db
from app.measurement.scale import one_decimal
from app.needs.models import Snapshot, SnapshotFigure
from tests.measurement.people_attack import isolated_people
from tests.needs.dienst import CODES, Dienst, make_dienst
from tests.support.builders import log_in, make_person
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
            hours = sum(min(80, sum(asked[0] for asked in plan.values())) for plan in plans)
            wishing = min(sum(bool(plan) for plan in plans), len(plans) - 1)     # all reads as all but one
            assert len(plans) == row.values["people"] >= 5
            assert row.values["hours"] == ((hours + 2) // 5 * 5 if wishing >= 5 and hours >= 160 else None)
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
            gap = sum(round(10 * row.values["gap"]) * row.values["people"] for row in of) / size / 10
            assert line[3] == f"{one_decimal(gap + 1e-9):.1f}".replace(".", ",")      # of published figures alone
    page = client.get("/opleidingen/behoefte").text
    assert not any(name in page for name in dienst.names)
