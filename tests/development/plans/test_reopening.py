"""Opening a plan of earlier again, from its own page: what is refused comes back there, with what was typed."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.models import Goal
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of, the_form
from tests.support.records import make_goal, make_plan


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def finished(app: Flask, jet: CheckedClient, begeleider: Persona, teamleider: Persona) -> str:
    """The address of a plan that is finished, beside one that runs."""
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    with app.app_context():
        [goal_id] = db.session.scalars(select(Goal.id))
    jet.send(f"/ontwikkelplan/doelen/{goal_id}/rond-af")
    jet.send(f"/ontwikkelplan/van/{plan_id}/rond-af")
    make_goal(app, begeleider, "luisteren")
    make_plan(app, begeleider, teamleider, running=True)
    return f"/ontwikkelplan/van/{plan_id}"


@pytest.mark.parametrize(("why", "status"), [(" ", 422), ("x" * 1001, 422), ("Toch nog iets te doen.", 409)])
def test_it_comes_back_on_its_own_page(jet: CheckedClient, finished: str, why: str, status: int) -> None:
    refused = jet.submit(jet.get(finished), {"why": why}, to=f"{finished}/heropen")
    assert refused.status_code == status
    form = the_form(refused, f"{finished}/heropen")
    (typed,) = form.iter("textarea")
    assert (typed.text or "").strip() == why.strip()
    assert "Dit plan: loopt" not in refused.text
