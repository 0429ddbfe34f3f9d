"""A plan that lies before somebody who does not accompany her any more: whoever does so now sees that it waits."""

from __future__ import annotations

from flask import Flask
from sqlalchemy import update

from app.db import db
from app.people.models import Membership
from tests.support.builders import Persona, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import make_plan

WAITS = "wacht op jou"


def row(client: CheckedClient, plan_id: int) -> str:
    """How the plan stands in the list of whoever accompanies her."""
    _before, _here, after = client.get("/gesprekken").text.partition(f'href="/ontwikkelplan/van/{plan_id}"')
    assert after, "it is not in the list"
    return after.partition("</li>")[0].lower()


def test_who_comes_after_sees_that_it_waits(
    app: Flask, begeleider: Persona, teamleider: Persona, team_id: int
) -> None:
    plan_id = make_plan(app, begeleider, teamleider)
    vera = browser_of(app, make_person(app, begeleider.organisation_id, roles=["teamleider"], leads=[team_id]))
    assert WAITS in row(browser_of(app, teamleider), plan_id)
    assert WAITS not in row(vera, plan_id), "it lies before another who accompanies her too"
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.person_id == teamleider.id).values(leads=False))
        db.session.commit()
    assert WAITS in row(vera, plan_id)
