"""Puts in the database what the start page speaks of, as of now."""

from __future__ import annotations

import datetime as dt

from flask import Flask

from app.accounts import links
from app.accounts.models import Account, LinkPurpose
from app.assessments.models import Measurement, SelfAnswer, SelfAssessment
from app.competencies.queries import current_framework
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal, GoalAction
from app.web.formats import now
from tests.support.builders import Persona


def begin(app: Flask, person: Persona, question_set: str = "focus", *, answers: int = 0) -> int:
    """A running self-assessment of which the first statements were answered."""
    with app.app_context():
        framework = current_framework()
        running = SelfAssessment(organisation_id=person.organisation_id, person_id=person.id, started_at=now(),
                                 framework_version_id=framework.version_id, question_set=question_set)
        db.session.add(running)
        db.session.flush()
        asked = [i.code for page in framework.catalog.asked(question_set, "zelf") for i in page.indicators]
        for code in asked[:answers] if answers >= 0 else asked:
            db.session.add(SelfAnswer(organisation_id=person.organisation_id, assessment_id=running.id,
                                      indicator_code=code, score=4))
        db.session.commit()
        return running.id


def finish(app: Flask, person: Persona, days_ago: int = 0, question_set: str = "tweede") -> int:
    """A finished self-assessment with its measurement; its figures do not matter here."""
    with app.app_context():
        version_id, on = current_framework().version_id, now() - dt.timedelta(days=days_ago)
        done = SelfAssessment(organisation_id=person.organisation_id, person_id=person.id, started_at=on, saved_at=on,
                              framework_version_id=version_id, question_set=question_set, finished_at=on, answers={})
        db.session.add(done)
        db.session.flush()
        measurement = Measurement(organisation_id=person.organisation_id, subject_id=person.id, closed_at=on,
                                  self_assessment_id=done.id, framework_version_id=version_id,
                                  question_set=question_set)
        db.session.add(measurement)
        db.session.commit()
        return measurement.id


def aim(app: Flask, person: Persona, place: int | None = 1, *, done: int = 0, actions: int = 2, **more: object) -> int:
    """A goal with actions, some of them done."""
    with app.app_context():
        goal = Goal(organisation_id=person.organisation_id, person_id=person.id, competency_code="VM1", reason="",
                    framework_version_id=current_framework().version_id, place=place, noticed_by="", if_then="",
                    state=GoalState.OPEN if place else GoalState.DONE, behaviour=f"Gedrag {place} <b>",
                    created_at=now(), changed_at=now(), closed_at=None if place else now())
        for name, value in more.items():
            setattr(goal, name, value)
        goal.actions = [GoalAction(organisation_id=person.organisation_id, position=n, title=f"Actie {n}",
                                   done_at=now() if n < done else None) for n in range(actions)]
        db.session.add(goal)
        db.session.commit()
        return goal.id


def invite(app: Flask, person: Persona, days_ago: int = 0) -> None:
    """An invitation that she got so many days ago."""
    with app.app_context():
        link = links.make(db.session.get_one(Account, person.account_id), LinkPurpose.INVITE)
        link.expires_at -= dt.timedelta(days=days_ago)
        db.session.commit()
