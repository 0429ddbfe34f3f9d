"""HR plans a session, changes it, calls it off and closes it. Flushes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.dossier import services as dossier
from app.people.models import Person
from app.trainings import letters
from app.trainings.certificates import evidence_of
from app.trainings.enrolling import move_up
from app.trainings.enrolment_queries import signed_up
from app.trainings.lifecycle import TAKES_A_PLACE, EnrolmentState, Move, SessionState, after
from app.trainings.models import Enrolment, Meeting, Training, TrainingSession
from app.trainings.session_queries import ended_on, taken_of
from app.web.formats import now


class NotNow(Exception):
    """What was asked does not fit how the session stands."""


class TooFewPlaces(Exception):
    """More people go than there would be places; `taken`: how many."""

    def __init__(self, taken: int) -> None:
        super().__init__(taken)
        self.taken = taken


@dataclass(frozen=True, slots=True)
class Times:
    """From when to when."""

    begins_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Planned:
    """All that HR says of a session. `times` in order, none where the days are to follow; `cost` in whole euros."""

    times: tuple[Times, ...]
    place: str
    places: int
    cost: int
    remark: str = ""


def price_of(training: Training, places: int) -> int:
    """What a session costs by the prices of its training: as a group, else per person."""
    if training.cost_group is not None:
        return training.cost_group
    return (training.cost_person or 0) * places


def plan(training: Training, planned: Planned) -> TrainingSession:
    """One more session. The same twice within a minute (a double click) is one; the training is held."""
    db.session.execute(select(Training.id).where(Training.id == training.id).with_for_update())
    recent = db.session.scalars(
        select(TrainingSession)
        .where(TrainingSession.training_id == training.id, TrainingSession.organisation_id == training.organisation_id,
               TrainingSession.created_at > now() - dt.timedelta(minutes=1), TrainingSession.revision == 0)
        .order_by(TrainingSession.id)
    ).all()
    for one in recent:
        if _said(one) == planned:
            return one
    return add(training, planned)


def add(training: Training, planned: Planned) -> TrainingSession:
    """One more session, also where there is one just like it."""
    session = TrainingSession(organisation_id=training.organisation_id, training_id=training.id, created_at=now(),
                              meetings=[])
    _fill(session, planned)
    db.session.add(session)
    db.session.flush()
    return session


def said_of(session: TrainingSession) -> Planned:
    """What was said of it; its meetings were loaded."""
    return Planned(tuple(Times(one.begins_at, one.ends_at) for one in session.meetings), session.place, session.places,
                   session.cost, session.remark)


def change(session: TrainingSession, planned: Planned) -> None:
    """Whoever signed up is told of other days or another place. The session is held. Raises NotNow, TooFewPlaces."""
    if session.state != SessionState.PLANNED:
        raise NotNow
    taken = taken_of(session).places
    if planned.places < taken:
        raise TooFewPlaces(taken)
    before = said_of(session)
    _fill(session, planned)
    if (before.times, before.place) != (planned.times, planned.place):
        session.revision += 1
        db.session.flush()
        letters.changed(session)
    db.session.flush()
    move_up(session)


def call_off(session: TrainingSession) -> None:
    """It does not take place, and whoever signed up is told. Twice is once; the session is held. Raises NotNow."""
    if session.state == SessionState.CALLED_OFF:
        return
    if session.state != SessionState.PLANNED:
        raise NotNow
    session.state = SessionState.CALLED_OFF
    session.revision += 1
    db.session.flush()
    letters.called_off(session)


def can_be_closed(session: TrainingSession) -> bool:
    """Whether its last meeting began; also to put right who was there."""
    held = bool(session.meetings) and session.meetings[-1].begins_at <= now()
    return held and session.state in (SessionState.PLANNED, SessionState.HELD)


def close(session: TrainingSession, came: Collection[int], evaluate_until: dt.date) -> None:
    """It was held. `came`: the people who were there, who get a certificate and are asked what they thought of it.

    Once closed it can be put right who was there; the day does not change. The session is held. Raises NotNow.
    """
    if not can_be_closed(session):
        raise NotNow
    first = session.state == SessionState.PLANNED
    session.state, session.held_as = SessionState.HELD, session.given
    session.evaluate_until = evaluate_until if first else session.evaluate_until
    for enrolment in sorted(signed_up(session), key=lambda one: one.person_id):
        if enrolment.state not in TAKES_A_PLACE:
            continue
        move = Move.ATTEND if enrolment.person_id in came else Move.MISS
        before, state = enrolment.state, after(EnrolmentState(enrolment.state), move)
        assert state is not None
        if state == before:
            continue
        enrolment.state, enrolment.changed_at = state, now()
        db.session.flush()
        _certify(session, enrolment)
    db.session.flush()


def _certify(session: TrainingSession, enrolment: Enrolment) -> None:
    """She has a certificate when she was there, and none when she was not."""
    person: Person = enrolment.person
    given, enrolment.evidence_id = enrolment.evidence_id, None
    if enrolment.state == EnrolmentState.ATTENDED:
        day = ended_on(session)
        assert day is not None
        enrolment.evidence_id = dossier.give(person.id, person.organisation_id, *evidence_of(session, day))
        letters.to_evaluate(session, person.id)
    elif given is not None:
        dossier.take_away(person.id, given)


def _fill(session: TrainingSession, planned: Planned) -> None:
    session.place, session.remark = planned.place, planned.remark
    session.places, session.cost = planned.places, planned.cost
    kept = session.meetings[:len(planned.times)]
    for meeting, times in zip(kept, planned.times, strict=False):
        meeting.begins_at, meeting.ends_at = times.begins_at, times.ends_at
    session.meetings = kept + [
        Meeting(organisation_id=session.organisation_id, begins_at=times.begins_at, ends_at=times.ends_at)
        for times in planned.times[len(kept):]
    ]


def _said(session: TrainingSession) -> Planned:
    db.session.refresh(session, ["meetings"])
    return said_of(session)
