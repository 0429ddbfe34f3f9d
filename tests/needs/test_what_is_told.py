"""How the pages of the behoefte speak of figures that are made of parts: what they add up, and of when."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.db import db
from app.needs import words
from app.needs.course import Break
from app.needs.left_out import SMALL
from app.people.models import Person
from tests.needs.test_wishes_counted import plan
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.needs import measured, settle, take_snapshot
from tests.support.pages import CheckedClient, text_of, tree_of

BEHOEFTE = "/opleidingen/behoefte"
VM1 = "Verwachtingen en wensen ophalen"


@pytest.fixture
def speaking(app: Flask) -> Iterator[None]:
    with app.test_request_context():
        yield


def people_of(app: Flask, organisation_id: int, team_id: int, count: int) -> list[int]:
    return [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(count)]


def said(client: CheckedClient, address: str = BEHOEFTE) -> str:
    return text_of(tree_of(client.get(address).data))


def line(client: CheckedClient, snapshot_id: int | None) -> list[str]:
    """What the spreadsheet says of VM1."""
    text = client.get(f"{BEHOEFTE}/{snapshot_id}/tabel.csv").data.decode("utf-8-sig")
    return next(row for row in csv.reader(io.StringIO(text), delimiter=";") if row[1] == VM1)


def test_a_total_that_adds_up_words_is_about(
    app: Flask, client: CheckedClient, hr: Persona, team_id: int
) -> None:
    other = make_team(app, hr.organisation_id, "Team Zuid")
    all_of_them = people_of(app, hr.organisation_id, team_id, 8)
    half = people_of(app, hr.organisation_id, other, 6)
    measured(app, hr.organisation_id, {person: {"VM1": 2.0} for person in (*all_of_them, *half[:3])}
             | {person: {"VM1": 4.5} for person in half[3:]})
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    page = said(client)
    assert "ongeveer 11 van 14" in page
    assert "Ongeveer: het getal telt groepen op" in page
    assert line(client, taken)[2] == "ongeveer 11 van 14"
    of_team = said(client, f"{BEHOEFTE}?team={other}")
    assert "3 van 6" in of_team
    assert "ngeveer" not in of_team.replace("op ongeveer dezelfde plaats", "")


def test_what_is_asked_stands_as_numbers_in_the_spreadsheet(
    app: Flask, client: CheckedClient, hr: Persona, team_id: int
) -> None:
    people = people_of(app, hr.organisation_id, team_id, 8)
    for person in people[:6]:
        plan(app, hr.organisation_id, person)
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    book = load_workbook(io.BytesIO(client.get(f"{BEHOEFTE}/{taken}/tabel.xlsx").data))
    rows = [row for row in book["Behoefte"].iter_rows(values_only=True) if "Gevraagde uren" in row or row[1] == VM1]
    (_, asked), (_, euros) = ([row[rows[0].index(head)] for row in rows]
                              for head in ("Gevraagde uren", "Gevraagd budget in euro"))
    assert (asked, euros) == (120, 3000)


def test_a_total_says_which_part_of_it_is_older(
    app: Flask, client: CheckedClient, hr: Persona, team_id: int
) -> None:
    other = make_team(app, hr.organisation_id, "Team Zuid")
    stays, changes = (people_of(app, hr.organisation_id, one, 6) for one in (team_id, other))
    scores = {"VM1": 2.0, "VM2": 2.0, "VM3": 2.0}
    measured(app, hr.organisation_id, dict.fromkeys((*stays, *changes), scores), days_ago=90)
    take_snapshot(app, hr.organisation_id, days_ago=60)
    measured(app, hr.organisation_id, dict.fromkeys(changes, scores))
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    assert "deels van" in said(client)
    assert line(client, taken)[-1].startswith("deels van ")
    whole_part = said(client, f"{BEHOEFTE}?team={team_id}")
    assert "deels van" not in whole_part
    assert "cijfer van" in whole_part
    book = load_workbook(io.BytesIO(client.get(f"{BEHOEFTE}/{taken}/tabel.xlsx").data))
    assert any("deels van" in str(row[-1]) for row in book["Verloop van het verschil"].iter_rows(values_only=True))


def test_other_cuts_are_a_break_and_said_beforehand(
    app: Flask, client: CheckedClient, hr: Persona, team_id: int
) -> None:
    other = make_team(app, hr.organisation_id, "Team Zuid")
    people, rest = people_of(app, hr.organisation_id, team_id, 8), people_of(app, hr.organisation_id, other, 10)
    scores = {"VM1": 2.0, "VM2": 2.0, "VM3": 2.0}
    measured(app, hr.organisation_id, dict.fromkeys((*people, *rest), scores), days_ago=90)
    take_snapshot(app, hr.organisation_id, days_ago=60)
    with app.app_context():
        for person in (*people[:4], *rest):
            db.session.get_one(Person, person).sectors = frozenset({"po"})
        for person in people[4:]:
            db.session.get_one(Person, person).sectors = frozenset({"vo"})
        for person in rest[8:]:
            db.session.get_one(Person, person).sectors = frozenset({"mbo"})
        db.session.commit()
    settle(app, hr.organisation_id, ["sector"])
    measured(app, hr.organisation_id, dict.fromkeys((*people, *rest), scores))
    take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    assert "andere groep: 8 in plaats van 18 mensen" in said(client)
    assert "waren er hier wel cijfers" in said(client, f"{BEHOEFTE}?team={team_id}")
    assert "minder dan vijf mensen: hun groep is te klein" not in said(client)
    assert "De groepen worden kleiner" in said(client, "/opleidingen/momentopnamen/uitsplitsing")


def test_who_is_left_out_is_a_word_below_five(speaking: None) -> None:
    assert [words.left_out(*pair) for pair in ((4, 20), (5, 20), (15, 20), (16, 20), (19, 20))] == [
        "minder dan vijf mensen", "5 mensen", "15 mensen", "de meesten", "bijna allen"]
    assert "groep is te klein bij deze uitsplitsing" in words.reason(SMALL, crossed=True)
    assert "team" in words.reason(SMALL, crossed=False)


def test_a_smaller_difference_between_groups_is_not_counted_out(speaking: None) -> None:
    assert words.other_group(Break(None, None)) == "andere groep"
    assert words.other_group(Break(18, 23)) == "andere groep: 18 in plaats van 23 mensen"
