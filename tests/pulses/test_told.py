"""What came of a korte vraag reaches the other at a tussenstand when she shows or saves it, never by itself."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import update

from app.db import db
from app.people.models import Membership, Person
from app.rounds.models import Invitation, Round
from app.web.formats import now
from tests.rating.behind import words
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, change_plan, shown
from tests.support.pages import CheckedClient, browser_of
from tests.support.pulses import SCHOOL, closed_pulse, open_pulse
from tests.support.records import MadeGoal, make_goal, make_plan

SAID = "zagen gemiddeld iets meer van dit gedrag"


@pytest.fixture
def goal(app: Flask, begeleider: Persona) -> MadeGoal:
    return make_goal(app, begeleider)


@pytest.fixture
def plan_id(app: Flask, begeleider: Persona, teamleider: Persona, goal: MadeGoal) -> int:
    return make_plan(app, begeleider, teamleider, running=True)


def close_one(app: Flask, begeleider: Persona, teamleider: Persona, goal: MadeGoal) -> None:
    """A korte vraag about this goal, closed a moment ago."""
    made = closed_pulse(app, begeleider, teamleider, goal.goal_id, (4, 4, 4))
    with app.app_context():
        db.session.execute(update(Round).where(Round.id == made.round_id)
                           .values(closed_at=now() - dt.timedelta(milliseconds=1)))
        db.session.commit()


def test_what_closes_after_she_showed_it_waits_for_her(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal: MadeGoal,
    plan_id: int,
) -> None:
    address = shown(jet, plan_id, goal)
    close_one(app, begeleider, teamleider, goal)
    assert SAID not in words(tom.get(address))
    hers = words(jet.get(address))
    assert SAID in hers and "Tom leest dit als je opnieuw bewaart." in hers
    jet.submit(jet.get(address), press="Bewaar")
    assert SAID in words(tom.get(address))
    assert "als je opnieuw bewaart" not in words(jet.get(address))


def test_a_finished_plan_brings_nothing_new(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal: MadeGoal,
    plan_id: int,
) -> None:
    address = shown(jet, plan_id, goal)
    close_one(app, begeleider, teamleider, goal)
    change_plan(app, plan_id, state="finished", finished_at=now())
    assert SAID not in words(tom.get(address)) and SAID not in words(jet.get(address))


def test_nothing_slips_in_behind_a_confirmation(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, tom: CheckedClient, goal: MadeGoal,
    plan_id: int,
) -> None:
    """What the other confirmed is what is fixed: her own confirming adds nothing that he did not read."""
    address = shown(jet, plan_id, goal)
    tom.submit(tom.get(address), press="confirm")
    close_one(app, begeleider, teamleider, goal)
    assert SAID not in words(jet.get(address))
    assert jet.submit(jet.get(address), press="confirm").status_code == 303
    assert SAID not in words(tom.get(address)) and SAID not in words(jet.get(address))


@pytest.mark.parametrize("becomes", ["teamleider", "gesprekspartner"])
def test_whoever_was_asked_herself_reads_why_she_does_not_read_it(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient, goal: MadeGoal, plan_id: int,
    team_id: int, becomes: str,
) -> None:
    ans = make_person(app, begeleider.organisation_id, name="Ans Bos", works_in=[team_id])
    made = closed_pulse(app, begeleider, teamleider, goal.goal_id, (4, 4, 4))
    with app.app_context():
        db.session.execute(update(Invitation).where(Invitation.email == SCHOOL[0][1]).values(person_id=ans.id))
        db.session.execute(update(Round).where(Round.id == made.round_id).values(closed_at=now()))
        if becomes == "teamleider":
            db.session.get_one(Membership, (ans.id, team_id)).leads = True
        else:
            db.session.get_one(Person, begeleider.id).discussion_partner_id = ans.id
        db.session.commit()
    address = begun(jet, plan_id)
    fields = {f"tile-{goal.goal_id}": "gaat-goed", "went_well": "Het ging.", "partner": str(ans.id)}
    assert jet.submit(jet.get(address), fields, press="show").status_code == 303
    hers = words(browser_of(app, ans).get(address))
    assert SAID not in hers and "Dit is jou ook gevraagd." in hers
    assert SAID in words(jet.get(address)) and SAID in words(browser_of(app, teamleider).get(address))


def test_whoever_is_asked_reads_with_whom_it_may_be_discussed(
    app: Flask, begeleider: Persona, teamleider: Persona, goal: MadeGoal, client: CheckedClient
) -> None:
    made = open_pulse(app, begeleider, teamleider, goal.goal_id)
    assert "bespreken met de teamleider of gesprekspartner" in words(client.get(f"/b/{made.tokens[0]}"))
