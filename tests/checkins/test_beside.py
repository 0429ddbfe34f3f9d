"""What other pages tell of a tussenstand, and what they ask of the database."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import update

from app.checkins.models import Tile
from app.db import db
from app.development.models import Goal
from app.web.formats import today
from tests.support.builders import Persona
from tests.support.check_ins import begun, change_plan, shown
from tests.support.pages import CheckedClient, told
from tests.support.records import MadeGoal, make_check_in, make_goal
from tests.support.statements import statements


def test_the_plan_names_the_next_one_and_those_that_were(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    began = today() - dt.timedelta(weeks=24)
    change_plan(app, plan_id, started_at=dt.datetime.combine(began, dt.time(12), dt.UTC),
                begins_on=began, ends_on=today() + dt.timedelta(weeks=20))
    make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.WELL}, days_ago=77)
    read = told(jet.get("/ontwikkelplan").data)
    assert "Tijd voor een tussenstand, uiterlijk" in read and "Tussenstand 1" in read and "Vastgelegd op" in read
    theirs = told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    assert "De volgende tussenstand: vanaf" in theirs and "Tussenstand 1" in theirs
    address = begun(jet, plan_id)
    assert "Tussenstand 2" not in told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    jet.submit(jet.get(address), {f"tile-{goal.goal_id}": "klaar"}, press="show")
    assert "Tussenstand 2" in told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    assert "Gaat goed" in told(jet.get(f"/ontwikkelplan/doelen/{goal.goal_id}").data)


def test_the_start_page_announces_it_and_names_what_waits(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    change_plan(app, plan_id, started_at=dt.datetime.combine(today() - dt.timedelta(weeks=11), dt.time(12), dt.UTC),
                ends_on=today() + dt.timedelta(weeks=30))
    start = jet.get("/start")
    assert "Het is 11 weken na je start. Kijk in tien minuten hoe het met je doelen gaat." in told(start.data)
    address = jet.submit(start, to=f"/ontwikkelplan/van/{plan_id}/tussenstand").location
    assert "Je begon aan een tussenstand." in told(jet.get("/start").data)
    assert "tussenstand" not in told(tom.get("/start").data)
    jet.submit(jet.get(address), {f"tile-{goal.goal_id}": "klaar"}, press="show")
    waits = tom.get("/start")
    assert "De tussenstand van Jet de Vries wacht op jou." in told(waits.data) and f'href="{address}"' in waits.text
    tom.submit(tom.get(address), press="confirm")
    assert "wacht op jou" not in told(tom.get("/start").data)
    assert "Je tussenstand is bevestigd door wie hem las." in told(jet.get("/start").data)


def test_a_page_asks_as_much_whatever_it_holds(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    address = shown(jet, plan_id, goal)
    before = []
    for client in (jet, tom):
        with statements(app) as asked:
            client.get(address)
        before.append(len(asked))
    for slug in ("luisteren", "vraag-expliciteren"):
        make_goal(app, begeleider, slug)
    jet.submit(jet.get(address), {"went_well": "Meer."}, press="Bewaar")
    for client, most in zip((jet, tom), before, strict=True):
        with statements(app) as asked:
            client.get(address)
        assert len(asked) <= most <= 12, asked


def test_goals_of_another_plan_stay_out_of_it(app: Flask, plan_id: int, jet: CheckedClient) -> None:
    with app.app_context():
        db.session.execute(update(Goal).values(plan_id=None))
        db.session.commit()
    assert "Er loopt nu geen doel in dit plan." in told(jet.get(begun(jet, plan_id)).data)


@pytest.mark.parametrize("address", ["/start", "/ontwikkelplan"])
def test_the_pages_beside_it_stay_cheap(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient, address: str
) -> None:
    for number in (1, 2, 3):
        make_check_in(app, begeleider, teamleider, plan_id, number=number, fixed=number < 3,
                      tiles={goal.goal_id: Tile.WELL}, days_ago=300 - 75 * number)
    with statements(app) as asked:
        jet.get(address)
    assert len(asked) <= 12, asked
