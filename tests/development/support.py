"""Measurements and goals for the tests of this room, committed, and what a whole form says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload
from werkzeug.test import TestResponse

from app.access import Actor
from app.assessments.models import Measurement, SelfAssessment, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.development.goals import queries, services
from app.development.goals.lifecycle import Step
from app.development.goals.services import ChosenActions, GoalWords
from app.development.models import Goal, Plan, PlanChange
from app.messages.letters import letter
from app.messages.models import Message
from app.web.formats import today
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, told

PLAN = "/ontwikkelplan"
NEW = f"{PLAN}/doelen/nieuw"
VM1 = "verwachtingen-ophalen"
IF_THEN = "Als ik een startgesprek plan, dan stuur ik het canvas een week van tevoren mee."
MEANS = {"VM1.1": 2.8, "VM1.2": 2.8, "VM1.3": 2.8}
MEASURED_AT = dt.datetime(2026, 3, 12, 9, 30, tzinfo=dt.UTC)


def actor_of(person: Persona) -> Actor:
    return Actor(person.id, person.organisation_id, person.roles, frozenset())


def measure(app: Flask, person: Persona, scores: Mapping[str, float], closed_at: dt.datetime = MEASURED_AT) -> int:
    """A closed measurement of this person with these scores of herself."""
    with app.app_context():
        version_id = current_framework().version_id
        of_person = {"organisation_id": person.organisation_id}
        assessment = SelfAssessment(person_id=person.id, framework_version_id=version_id, question_set="tweede",
                                    started_at=closed_at, saved_at=closed_at, finished_at=closed_at, answers={},
                                    **of_person)
        db.session.add(assessment)
        db.session.flush()
        cells = [StoredCell(rater_group="zelf", item_code=code, raters=1, mean=mean, indicator_means={}, **of_person)
                 for code, mean in scores.items()]
        measurement = Measurement(subject_id=person.id, self_assessment_id=assessment.id, cells=cells,
                                  framework_version_id=version_id, question_set="tweede", closed_at=closed_at,
                                  **of_person)
        db.session.add(measurement)
        db.session.commit()
        return measurement.id


def words(**others: Any) -> GoalWords:
    said: dict[str, Any] = {
        "reason": "Scholen weten vooraf niet wat ze krijgen.", "behaviour": "Ik spreek bij elke start de opbrengst af",
        "noticed_by": "De school kan zeggen wat we doen.", "level_now": 2, "level_target": 3,
        "end_date": today() + dt.timedelta(days=90), "if_then": IF_THEN,
    }  # fmt: skip
    return GoalWords(**said | others)


def make_goal(app: Flask, person: Persona, slug: str = VM1, *, steps: tuple[Step, ...] = (),
              codes: tuple[str, ...] = ("vm-startgesprek-canvas",), titles: tuple[str, ...] = (),
              **said: Any) -> int:
    """A goal made by the services, after these steps."""
    with app.app_context():
        beginning = queries.beginning(actor_of(person), slug, None)
        assert beginning is not None
        goal = services.make_goal(actor_of(person), beginning, words(**said), ChosenActions(codes, titles))
        for step in steps:
            services.take_step(goal, step)
        db.session.commit()
        return goal.id


def fill_places(app: Flask, person: Persona) -> list[int]:
    """Three open goals."""
    return [make_goal(app, person, behaviour=f"Doel {number}") for number in (1, 2, 3)]


def goal_in(app: Flask, goal_id: int) -> Goal:
    """The goal as it stands in the database, with its actions."""
    with app.app_context():
        found = select(Goal).where(Goal.id == goal_id).options(selectinload(Goal.actions))
        return db.session.scalars(found).one()


def goals_in(app: Flask, person: Persona) -> list[Goal]:
    with app.app_context():
        found = select(Goal).where(Goal.person_id == person.id).options(selectinload(Goal.actions)).order_by(Goal.id)
        return list(db.session.scalars(found))


def form_data(**others: Any) -> dict[str, Any]:
    """Everything a browser sends for a whole new goal."""
    said: dict[str, Any] = {
        "reason": "Scholen weten vooraf niet wat ze krijgen.", "behaviour": "Ik spreek bij elke start de opbrengst af",
        "noticed_by": "De school kan zeggen wat we doen.", "level_now": "2", "level_target": "3",
        "end_date": (today() + dt.timedelta(days=90)).isoformat(), "if_then": IF_THEN,
        "library": ["vm-startgesprek-canvas"], "own": "Vraag Amira hoe zij het doet\n\n  Oefen met Joost ",
    }  # fmt: skip
    return said | others


def send_new(client: CheckedClient, slug: str = VM1, meting: int | None = None, **others: Any) -> TestResponse:
    address = f"{NEW}?competentie={slug}" + (f"&meting={meting}" if meting else "")
    return client.send(address, form_data(**others))


def read(client: CheckedClient, address: str = PLAN) -> str:
    """What is read on a page of the plan, on one line."""
    page = client.get(address)
    assert page.status_code == 200
    return told(page.data)


def at(plan_id: int, move: str = "") -> str:
    return f"{PLAN}/van/{plan_id}{'/' + move if move else ''}"


def plan_in(app: Flask, plan_id: int) -> Plan:
    with app.app_context():
        return db.session.get_one(Plan, plan_id)


def changes_in(app: Flask, plan_id: int) -> list[tuple[str, str, str]]:
    with app.app_context():
        rows = db.session.scalars(select(PlanChange).where(PlanChange.plan_id == plan_id).order_by(PlanChange.id))
        return [(one.kind, one.before, one.after) for one in rows]


def letters(app: Flask) -> list[tuple[str, str]]:
    """To whom, and the subject as it would be sent now."""
    with app.app_context(), app.test_request_context():
        messages = db.session.scalars(select(Message).where(Message.template.like("plan%")).order_by(Message.id)).all()
        return [(one.recipient, found.subject) for one in messages if (found := letter(one))]


def words_of(page: TestResponse) -> str:
    """What is read on a page, on one line."""
    return told(page.data)
