"""What hr and a teamleider see of the behoefte, and what they do not."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from flask import Flask
from openpyxl import load_workbook

from app.db import db
from app.needs import taking
from app.needs.models import NeedSettings
from app.web.formats import as_if, now
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.needs import make_snapshot, measured, settle, take_snapshot
from tests.support.pages import CheckedClient
from tests.support.statements import statements
from tests.support.trainings import make_training

BEHOEFTE = "/opleidingen/behoefte"
MOMENTOPNAMEN = "/opleidingen/momentopnamen"


@pytest.fixture
def people(app: Flask, organisation_id: int, team_id: int) -> list[int]:
    """Nine in one team, eight of them measured, and a small team beside it."""
    people = [make_person(app, organisation_id, works_in=[team_id]).id for _ in range(9)]
    measured(app, organisation_id, {person: {"VM1": 2.0 + (at % 3) / 2, "VM2": 3.0, "VM3": 4.5}
                                    for at, person in enumerate(people[:8])}, days_ago=30)
    small = make_team(app, organisation_id, "Team Klein")
    few = [make_person(app, organisation_id, works_in=[small]).id for _ in range(3)]
    measured(app, organisation_id, {person: {"VM1": 2.0} for person in few}, days_ago=30)
    return people


def test_before_the_first_there_is_a_way_to_begin(client: CheckedClient, hr: Persona, teamleider: Persona) -> None:
    log_in(client, hr)
    assert "zodra er een momentopname is" in client.get(BEHOEFTE).text
    log_in(client, teamleider)
    assert "zodra HR een momentopname heeft genomen" in client.get(BEHOEFTE).text


def test_hr_asks_for_one_and_reads_it(app: Flask, client: CheckedClient, hr: Persona, people: list[int]) -> None:
    log_in(client, hr)
    assert client.send(MOMENTOPNAMEN, {}).status_code == 303
    client.send(MOMENTOPNAMEN, {})
    assert "We maken nu een momentopname" in client.get(MOMENTOPNAMEN).text
    with app.app_context():
        taking.take_due()
        taking.take_due()
    page = client.get(MOMENTOPNAMEN).text
    assert page.count("behoefte/") == 1
    needs = client.get(BEHOEFTE)
    assert "Verwachtingen en wensen ophalen" in needs.text
    assert "Nu ontwikkelen" in needs.text


def test_it_says_why_there_is_none(app: Flask, client: CheckedClient, hr: Persona, people: list[int]) -> None:
    log_in(client, hr)
    take_snapshot(app, hr.organisation_id, days_ago=1)
    client.send(MOMENTOPNAMEN, {})
    with app.app_context():
        taking.take_due()
    page = client.get(MOMENTOPNAMEN).text
    assert "kan nog geen enkel cijfer veranderen" in page
    assert page.count("behoefte/") == 1


def test_the_whole_dienst_a_team_and_what_has_too_few(
    app: Flask, client: CheckedClient, hr: Persona, people: list[int], team_id: int
) -> None:
    for _ in range(2):
        make_training(app, hr.organisation_id, competencies=("VM1",))
    take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    with statements(app) as seen:
        page = client.get(f"{BEHOEFTE}?team={team_id}")
    assert len(seen) <= 9, "\n".join(seen)
    assert "2 opleidingen" in page.text
    assert "bijna allen" in page.text                   # eight of eight are below 3.5
    small = client.get(f"{BEHOEFTE}?team={int(team_id) + 1}")
    assert small.status_code == 200
    assert "Hier laten we geen cijfers zien" in small.text
    assert "Kies een grotere groep" in client.get(f"{BEHOEFTE}?team=kleine-teams").text


@pytest.mark.parametrize("wrong", ["team=0", "team=x", "team=99999999999999999999", "sector=po", "moment=eerder",
                                   "functieprofiel=1", "team=%00"])
def test_what_is_not_there_is_not_found(
    app: Flask, client: CheckedClient, hr: Persona, people: list[int], wrong: str
) -> None:
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    assert client.get(f"{BEHOEFTE}?{wrong}").status_code == 404
    assert client.get(f"{BEHOEFTE}/{taken}/tabel.csv?{wrong}").status_code == 404


def test_a_teamleider_reads_her_own_teams_only(
    app: Flask, client: CheckedClient, teamleider: Persona, people: list[int], team_id: int
) -> None:
    other = make_team(app, teamleider.organisation_id, "Team Ander")
    taken = take_snapshot(app, teamleider.organisation_id)
    log_in(client, teamleider)
    page = client.get(BEHOEFTE)
    assert "Team Oost" in page.text
    assert "Hele dienst" not in page.text
    assert client.get(f"{BEHOEFTE}?team={team_id}").status_code == 200
    for refused in (f"team={other}", "team=kleine-teams", "team=zonder"):
        for address in (BEHOEFTE, f"{BEHOEFTE}/{taken}", f"{BEHOEFTE}/{taken}/tabel.csv"):
            assert client.get(f"{address}?{refused}").status_code == 404
    assert client.get(f"{BEHOEFTE}/teams").status_code == 403
    assert client.get(MOMENTOPNAMEN).status_code == 403


def test_a_teamleider_without_a_team(app: Flask, client: CheckedClient, hr: Persona, people: list[int]) -> None:
    tess = make_person(app, hr.organisation_id, roles=["teamleider"])
    log_in(client, tess)
    assert "Je leidt nog geen team" in client.get(BEHOEFTE).text
    taken = take_snapshot(app, hr.organisation_id)
    assert "Je leidt nog geen team" in client.get(BEHOEFTE).text
    assert client.get(f"{BEHOEFTE}/{taken}").status_code == 404


def test_the_spreadsheets_hold_what_the_page_says(
    app: Flask, client: CheckedClient, hr: Persona, people: list[int], team_id: int
) -> None:
    taken = take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    values = client.get(f"{BEHOEFTE}/{taken}/tabel.csv?team={team_id}").data.decode("utf-8-sig")
    line = next(row for row in values.splitlines() if "Verwachtingen en wensen ophalen" in row).split(";")
    # scores of 2.0, 2.5, 3.0: 8 people, mean (3·2.0 + 3·2.5 + 2·3.0)/8 = 2.4375; 3.5 − 2.4
    assert line[2:6] == ["bijna allen", "1,1", "5,0", "nu ontwikkelen"]
    book = load_workbook(io.BytesIO(client.get(f"{BEHOEFTE}/{taken}/tabel.xlsx?team={team_id}").data))
    rows = list(book["Behoefte"].iter_rows(values_only=True))
    assert next(row for row in rows if row[1] == "Verwachtingen en wensen ophalen")[3] == 1.1
    assert not any("naam" in str(value).lower() for row in rows for value in row)


def test_a_spreadsheet_is_called_by_the_day_that_the_page_says(
    app: Flask, client: CheckedClient, hr: Persona
) -> None:
    with as_if(dt.datetime(2026, 3, 12, 23, 30, tzinfo=dt.UTC)):        # half past midnight in the Netherlands
        taken = make_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    assert "Momentopname van 13 maart 2026." in client.get(f"{BEHOEFTE}/{taken}").text
    for ending in ("csv", "xlsx"):
        answer = client.get(f"{BEHOEFTE}/{taken}/tabel.{ending}")
        assert f'filename="behoefte-2026-03-13.{ending}"' in answer.headers["Content-Disposition"]


def test_what_figures_are_cut_by(app: Flask, client: CheckedClient, hr: Persona, beheerder: Persona) -> None:
    log_in(client, hr)
    page = f"{MOMENTOPNAMEN}/uitsplitsing"
    assert client.send(page, {"cuts": ["sector", "cluster", "opleiding"]}).status_code == 422
    assert client.send(page, {"cuts": ["naam"]}).status_code == 422
    assert client.send(page, {"cuts": ["sector", "opleiding"], "self_counts": "y"}).status_code == 303
    with app.app_context():
        row = db.session.query(NeedSettings).one()
        assert row.cuts == {"sector", "opleiding"}
        since = row.self_counts_since
        assert since and since <= now()
    client.send(page, {"cuts": ["sector"], "self_counts": "y"})
    with app.app_context():
        assert db.session.query(NeedSettings).one().self_counts_since == since      # who was told stays told
    log_in(client, beheerder)
    assert client.get(page).status_code == 200
    assert client.send(page, {}).status_code == 303
    with app.app_context():
        assert db.session.query(NeedSettings).one().self_counts_since is None


def test_who_begins_a_zelfbeeld_is_told_whether_it_counts(
    app: Flask, client: CheckedClient, begeleider: Persona
) -> None:
    log_in(client, begeleider)
    assert "kan je zelfbeeld meetellen" not in client.get("/zelfbeeld").text
    settle(app, begeleider.organisation_id, since=now())
    assert "kan je zelfbeeld meetellen" in client.get("/zelfbeeld").text


def test_a_cut_by_address(app: Flask, client: CheckedClient, hr: Persona, people: list[int], team_id: int) -> None:
    settle(app, hr.organisation_id, ["opleiding", "functieprofiel"])
    take_snapshot(app, hr.organisation_id)
    log_in(client, hr)
    page = client.get(f"{BEHOEFTE}?team={team_id}&opleiding=nee")
    assert "Verwachtingen en wensen ophalen" in page.text
    assert "Hier laten we geen cijfers zien" not in page.text
    assert client.get(f"{BEHOEFTE}?opleiding=ja").status_code == 404        # nobody went: there is no such group
    assert "Dit is geen experiment" in client.get(BEHOEFTE).text
