"""Throwing away a tussenstand to which nobody answered."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import func, select

from app.checkins.models import CheckIn, CheckInGoal, Tile
from app.db import db
from app.development.plans.lifecycle import PlanState
from app.messages.models import Message
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, change_plan, shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal, make_check_in


def count(app: Flask, table: type[object]) -> int:
    with app.app_context():
        return int(db.session.scalar(select(func.count()).select_from(table)) or 0)


def test_one_that_was_begun_is_thrown_away_after_a_question(app: Flask, plan_id: int, goal: MadeGoal,
                                                            jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    jet.submit(jet.get(address), {"went_well": "Iets.", f"tile-{goal.goal_id}": "klaar"}, press="Bewaar")
    assert f'href="{address}/weggooien"' in jet.get(address).text
    question = jet.get(f"{address}/weggooien")
    assert "Dat kan niet meer terug." in told(question.data)
    assert count(app, CheckIn) == 1
    assert jet.submit(question, to=f"{address}/weggooien").location == "/ontwikkelplan"
    assert count(app, CheckIn) == count(app, CheckInGoal) == 0
    assert "De tussenstand is weggegooid." in jet.get("/ontwikkelplan").text
    assert jet.get(address).status_code == jet.send(f"{address}/weggooien").status_code == 404
    assert "Tussenstand 1" in told(jet.get(begun(jet, plan_id)).data)


def test_also_one_that_was_shown_and_its_mail_is_not_sent(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                                          tom: CheckedClient, teamleider: Persona) -> None:
    address = shown(jet, plan_id, goal)
    question = jet.get(f"{address}/weggooien")
    assert f"{teamleider.name} kan hem nu lezen. Daarna niet meer." in told(question.data)
    jet.submit(question, to=f"{address}/weggooien")
    assert tom.get(address).status_code == 404
    with app.app_context():
        assert not db.session.scalars(select(Message).where(Message.template == "check_in_shown")).all()


def stays(app: Flask, jet: CheckedClient, address: str, why: str) -> None:
    page = jet.get(f"{address}/weggooien")
    assert page.status_code == 200
    assert why in told(page.data)
    assert "Gooi weg" not in told(page.data)
    refused = jet.send(f"{address}/weggooien")
    assert refused.status_code == 409
    assert why in told(refused.data)
    assert f'href="{address}/weggooien"' not in jet.get(address).text
    assert stored(app, address).id


def test_what_the_other_answered_to_stays(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                          tom: CheckedClient) -> None:
    address = shown(jet, plan_id, goal)
    tom.submit(tom.get(address), {"reaction": "Goed bezig."}, press="Bewaar")
    stays(app, jet, address, "De ander heeft hier al op gereageerd.")
    tom.submit(tom.get(address), {"reaction": ""}, press="confirm")
    stays(app, jet, address, "De ander heeft hier al op gereageerd.")


def test_what_is_fixed_or_rests_stays(app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona,
                                      teamleider: Persona, jet: CheckedClient) -> None:
    fixed = make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.WELL})
    stays(app, jet, f"/tussenstand/{fixed}", "Deze tussenstand is vastgelegd.")
    address = begun(jet, plan_id)
    change_plan(app, plan_id, state=PlanState.FINISHED)
    stays(app, jet, address, "Dit plan loopt nu niet.")


def test_nobody_else_throws_it_away(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, organisation_id: int,
                                    team_id: int) -> None:
    address = shown(jet, plan_id, goal)
    lead = make_person(app, organisation_id, roles=["begeleider", "teamleider"], leads=[team_id])
    for other in (lead, make_person(app, organisation_id, works_in=[team_id])):
        assert browser_of(app, other).get(f"{address}/weggooien").status_code == 404
        assert browser_of(app, other).send(f"{address}/weggooien").status_code == 404
    assert stored(app, address).id
