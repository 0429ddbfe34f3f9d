"""What the start page tells HR to do: by how far it is with needs and plan, and as it stands in the database."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from flask import Flask

from app.competencies.queries import current_framework
from app.db import db
from app.home.house import planned_of
from app.home.planning_step import Planned, PlanningStep
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.web.formats import now, today
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.sessions import make_session
from tests.support.statements import statements
from tests.support.training_plans import hr_of

SESSION = "/opleidingen/bijeenkomst"
NOON = dt.datetime(2026, 11, 2, 12, tzinfo=dt.UTC)


@pytest.mark.parametrize(("taken", "filled", "state", "step"), [
    (None, None, None, PlanningStep.TAKE),
    (NOON, False, None, PlanningStep.TOO_FEW),
    (NOON, True, None, PlanningStep.BEGIN),
    (NOON, True, PlanState.CONCEPT, PlanningStep.CALCULATE),
    (NOON, True, PlanState.SOLVING, PlanningStep.WAIT),
    (NOON, True, PlanState.FAILED, PlanningStep.MEND),
    (NOON, True, PlanState.READY, PlanningStep.DECIDE),
    (NOON, True, PlanState.ADOPTED, PlanningStep.FOLLOW),
])  # fmt: skip
def test_one_thing_to_do(taken: dt.datetime | None, filled: bool | None, state: str | None, step: PlanningStep) -> None:
    assert Planned(taken, filled, 1 if state else None, "Plan" if state else None, state, None).step is step


def make_snapshot(app: Flask, organisation_id: int, *, filled: bool, days_ago: int = 1) -> int:
    with app.app_context():
        made = Snapshot(
            organisation_id=organisation_id, taken_at=now() - dt.timedelta(days=days_ago), cuts=[], people=12,
            left_out={}, framework_version_id=current_framework().version_id,
            figures=[SnapshotFigure(organisation_id=organisation_id, kind=kind, cell="team=1", item_code=code,
                                    made_at=now(), values={}, members=[])
                     for kind, code in ((Kind.PEOPLE, ""), *([(Kind.NEED, "VM1")] if filled else []))],
        )
        db.session.add(made)
        db.session.commit()
        return made.id


def make_training_plan(app: Flask, organisation_id: int, snapshot_id: int, state: str, *, name: str = "Plan 2026",
                       ends_in: int = 200, asked_days_ago: int | None = None) -> int:
    with app.app_context():
        made = TrainingPlan(
            organisation_id=organisation_id, name=name, state=state, budget=12000, hours_per_person=20, question={},
            begins_on=today() - dt.timedelta(days=100), ends_on=today() + dt.timedelta(days=ends_in),
            snapshot_id=snapshot_id, created_at=now(), adopted_at=now() if state == PlanState.ADOPTED else None,
            asked_at=None if asked_days_ago is None else now() - dt.timedelta(days=asked_days_ago),
        )
        db.session.add(made)
        db.session.commit()
        return made.id


def step(app: Flask, organisation_id: int) -> PlanningStep:
    with app.app_context():
        return planned_of(hr_of(organisation_id), today()).step


def test_it_follows_what_is_stored(app: Flask, organisation_id: int, stranger: Persona) -> None:
    make_snapshot(app, stranger.organisation_id, filled=True)
    assert step(app, organisation_id) is PlanningStep.TAKE
    make_snapshot(app, organisation_id, filled=True, days_ago=9)
    assert step(app, organisation_id) is PlanningStep.BEGIN
    latest = make_snapshot(app, organisation_id, filled=False)
    assert step(app, organisation_id) is PlanningStep.TOO_FEW
    make_training_plan(app, organisation_id, latest, PlanState.ADOPTED, ends_in=-1)
    assert step(app, organisation_id) is PlanningStep.TOO_FEW
    make_training_plan(app, organisation_id, latest, PlanState.ADOPTED)
    assert step(app, organisation_id) is PlanningStep.FOLLOW
    make_training_plan(app, organisation_id, latest, PlanState.CONCEPT)
    assert step(app, organisation_id) is PlanningStep.CALCULATE


@pytest.mark.parametrize(("state", "words", "leads_to"), [
    (None, "Maak er een opleidingsplan van", "/opleidingen/plan"),
    (PlanState.CONCEPT, "Je begon aan Plan 2026", "/opleidingen/plan/"),
    (PlanState.SOLVING, "wordt uitgerekend", "/opleidingen/plan/"),
    (PlanState.FAILED, "nog geen plan", "/opleidingen/plan/"),
    (PlanState.READY, "stel het vast", "/opleidingen/plan/"),
    (PlanState.ADOPTED, "lees je bij Voortgang", "/voortgang"),
])  # fmt: skip
def test_the_card_leads_there(
    app: Flask, client: CheckedClient, hr: Persona, state: str | None, words: str, leads_to: str
) -> None:
    snapshot_id = make_snapshot(app, hr.organisation_id, filled=True)
    if state:
        make_training_plan(app, hr.organisation_id, snapshot_id, state)
    log_in(client, hr)
    page = client.get("/start").text
    card = page.partition('<section class="next')[2].partition("</section>")[0]
    assert words in card
    assert f'href="{leads_to}' in card


@pytest.mark.parametrize(("state", "asked", "said", "also"), [
    (PlanState.READY, 1, "intussen een ander plan vastgesteld. Laat het opnieuw rekenen.", "nog niet afgetrokken"),
    (PlanState.READY, -1, "verander wat je wilt en stel het vast", "rekent de planner niet nog eens mee"),
    (PlanState.FAILED, 1, "nog geen plan", "nog niet afgetrokken"),
    (PlanState.SOLVING, -1, "wordt uitgerekend", "rekent de planner niet nog eens mee"),
])  # fmt: skip
def test_a_concept_over_the_period_of_an_adopted_plan(
    app: Flask, client: CheckedClient, hr: Persona, stranger: Persona, state: str, asked: int, said: str, also: str
) -> None:
    """Asked before the other was adopted, or after; the words are those of its own page."""
    beside = "Over deze periode ligt ook ‘Plan A’, dat is vastgesteld."
    snapshot_id = make_snapshot(app, hr.organisation_id, filled=True)
    elsewhere = make_snapshot(app, stranger.organisation_id, filled=True)
    make_training_plan(app, stranger.organisation_id, elsewhere, PlanState.ADOPTED, name="Elders")
    concept = make_training_plan(app, hr.organisation_id, snapshot_id, state, asked_days_ago=asked)
    log_in(client, hr)
    assert "Over deze periode" not in client.get("/start").text
    make_training_plan(app, hr.organisation_id, snapshot_id, PlanState.ADOPTED, name="Plan A")
    with statements(app) as counted:
        page = client.get("/start").text
    assert len(counted) <= 12
    for words in (beside, said, also, f"/opleidingen/plan/{concept}"):
        assert words in page, words


def test_sessions_that_wait_for_hr(app: Flask, client: CheckedClient, hr: Persona) -> None:
    """In the card where nothing else is to be done, the one that has passed first; below it the others, in rows."""
    log_in(client, hr)
    snapshot_id = make_snapshot(app, hr.organisation_id, filled=True)
    make_session(app, hr.organisation_id, 5)                    # that is to come waits for nobody
    undated = make_session(app, hr.organisation_id)
    passed = make_session(app, hr.organisation_id, -8, -1)
    make_session(app, hr.organisation_id, -8, 1)                # and this one is not over
    of_card, of_rows = f"{SESSION}/{passed}/afsluiten", f"{SESSION}/{undated}/bewerken"
    told = client.get("/start").text
    assert "Maak er een opleidingsplan van." in told
    assert told.index(of_card) < told.index(of_rows)
    make_training_plan(app, hr.organisation_id, snapshot_id, PlanState.ADOPTED)
    told = client.get("/start").text
    assert "is geweest. Leg vast wie erbij was." in told
    assert re.findall(rf'{SESSION}/\d+/\w+', told) == [of_card, of_rows]
