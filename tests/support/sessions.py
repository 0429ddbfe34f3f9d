"""Puts sessions of trainings in the database, with who stands in them, committed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from app.db import db
from app.trainings import closing, evaluating, planning
from app.trainings.evaluating import Heard
from app.trainings.evaluation import Answer
from app.trainings.lifecycle import EnrolmentState
from app.trainings.models import Enrolment, EvaluationEnvelope
from app.trainings.planning import Planned, Times
from app.trainings.queries import training_of
from app.trainings.session_queries import session_of, session_to_change
from app.web.formats import AMSTERDAM, as_if, now, today
from tests.support.builders import Persona
from tests.support.trainings import make_training

MORNING, EVENING = dt.time(9, 30), dt.time(16, 30)


@dataclass(frozen=True, slots=True)
class Stood:
    """How somebody stands in a session."""

    state: str
    waits: bool
    evaluated: bool


def times(*in_days: int) -> tuple[Times, ...]:
    """Days counted from today, from half past nine to half past four in the Netherlands."""
    return tuple(Times(*(dt.datetime.combine(today() + dt.timedelta(days=ahead), hour, AMSTERDAM)
                         for hour in (MORNING, EVENING))) for ahead in in_days)


def make_session(app: Flask, organisation_id: int, *in_days: int, training_id: int | None = None, places: int = 8,
                 cost: int = 2400, place: str = "Zaal 2, Utrecht", remark: str = "") -> int:
    """A session on these days from today, of a training like ENTRY."""
    training_id = training_id or make_training(app, organisation_id)
    with app.app_context():
        training = training_of(organisation_id, training_id)
        assert training is not None
        made = planning.plan(training, Planned(times(*in_days), place, places, cost, remark or f"Nummer {now()}"))
        db.session.commit()
        return made.id


def put(app: Flask, session_id: int, person: Persona, state: EnrolmentState, *, by: Persona | None = None,
        waits_since: dt.datetime | None = None, evaluated: bool = False) -> int:
    """Somebody stands in it like this, however she came there."""
    with app.app_context():
        made = Enrolment(organisation_id=person.organisation_id, session_id=session_id, person_id=person.id,
                         state=state, proposed_by_id=by.id if by else None, changed_at=now(), evaluated=evaluated,
                         waits_since=waits_since or (now() if state == EnrolmentState.WAITING else None))
        db.session.add(made)
        db.session.commit()
        return made.id


def held(app: Flask, organisation_id: int, came: list[Persona], *, days_ago: int = 10, until: int = 4,
         training_id: int | None = None, absent: list[Persona] | None = None) -> int:
    """A session that was held and closed; `until`: so many days from today it can be evaluated."""
    session_id = make_session(app, organisation_id, -days_ago, training_id=training_id, places=40)
    for person in [*came, *(absent or [])]:
        put(app, session_id, person, EnrolmentState.ENROLLED)
    with app.app_context(), as_if(now() - dt.timedelta(days=days_ago - 1)):
        session = session_to_change(organisation_id, session_id)
        assert session is not None
        planning.close(session, {person.id for person in came}, today() + dt.timedelta(days=days_ago - 1 + until))
        db.session.commit()
    return session_id


def standing(app: Flask, session_id: int) -> Mapping[int, Stood]:
    """How everybody stands in it, by person."""
    with app.app_context():
        rows = db.session.scalars(select(Enrolment).where(Enrolment.session_id == session_id))
        return {row.person_id: Stood(row.state, row.waits_since is not None, row.evaluated) for row in rows}


def envelopes(app: Flask, session_id: int) -> dict[bytes, tuple[str, bytes]]:
    """What is stored of its evaluation while it is open: kind and box, by key."""
    with app.app_context():
        rows = db.session.scalars(select(EvaluationEnvelope).where(EvaluationEnvelope.session_id == session_id))
        return {row.id: (row.kind, row.box) for row in rows}


def say(app: Flask, organisation_id: int, session_id: int, person: Persona, answer: Answer) -> None:
    """She says what she thought of it. Raises NotNow."""
    with app.app_context():
        session = session_to_change(organisation_id, session_id)
        assert session is not None
        evaluating.evaluate(session, person.id, answer)
        db.session.commit()


def evaluation_closes(app: Flask, in_days: int = 5) -> None:
    """The worker's moment, so many days from now: every evaluation of which the last day is over then."""
    with as_if(now() + dt.timedelta(days=in_days)), app.app_context():
        closing.close_due()


def heard(app: Flask, organisation_id: int, session_id: int) -> Heard:
    """What came of it, with words."""
    with app.app_context():
        session = session_of(organisation_id, session_id)
        assert session is not None
        return evaluating.heard_of(session, words=True)
