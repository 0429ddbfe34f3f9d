"""Reading sessions: what comes, and how full it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload, selectinload

from app.db import db
from app.trainings.lifecycle import TAKES_A_PLACE, EnrolmentState, SessionState
from app.trainings.models import Enrolment, Training, TrainingSession
from app.web.formats import AMSTERDAM, now


@dataclass(frozen=True, slots=True)
class Taken:
    """How full a session is. `there`: how many were there, of one that was held."""

    places: int = 0
    waiting: int = 0
    there: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A session with how full it is."""

    session: TrainingSession
    taken: Taken

    @property
    def free(self) -> int:
        """Places that somebody can have who signs up now: who waits goes first."""
        return 0 if self.taken.waiting else max(0, self.session.places - self.taken.places)


def begun(session: TrainingSession) -> bool:
    """Whether its first meeting began; its meetings were loaded."""
    return bool(session.meetings) and session.meetings[0].begins_at <= now()


def over(session: TrainingSession) -> bool:
    """Whether its last meeting ended."""
    return bool(session.meetings) and session.meetings[-1].ends_at <= now()


def ended_on(session: TrainingSession) -> dt.date | None:
    """The day of its last meeting."""
    return session.meetings[-1].begins_at.astimezone(AMSTERDAM).date() if session.meetings else None


def is_open(session: TrainingSession) -> bool:
    """Whether somebody can still sign up for it, or off."""
    return session.state == SessionState.PLANNED and not begun(session)


def session_of(organisation_id: int, session_id: int) -> TrainingSession | None:
    """One of them, with its training and its meetings."""
    return db.session.scalar(
        _whole()
        .where(TrainingSession.organisation_id == organisation_id, TrainingSession.id == session_id)
        .execution_options(populate_existing=True)
    )


def session_to_change(organisation_id: int, session_id: int) -> TrainingSession | None:
    """The same, as nobody else can change it, or who goes, until this transaction ends."""
    db.session.execute(
        select(TrainingSession.id)
        .where(TrainingSession.organisation_id == organisation_id, TrainingSession.id == session_id)
        .with_for_update()
    )
    return session_of(organisation_id, session_id)


def sessions_of(training: Training) -> list[Place]:
    """All of a training, those without a day first, then the latest first."""
    rows = db.session.scalars(
        _whole().where(TrainingSession.organisation_id == training.organisation_id,
                       TrainingSession.training_id == training.id)
    ).all()
    return _filled(sorted(rows, key=lambda one: (not one.meetings, first(one), one.id), reverse=True))


def coming(organisation_id: int, training_id: int | None = None) -> list[Place]:
    """What one can still sign up for, the first to begin first; what has no day yet comes last."""
    found = _whole().where(TrainingSession.organisation_id == organisation_id,
                           TrainingSession.state == SessionState.PLANNED)
    if training_id is not None:
        found = found.where(TrainingSession.training_id == training_id)
    rows = [one for one in db.session.scalars(found).all() if not begun(one)]
    return _filled(sorted(rows, key=lambda one: (not one.meetings, first(one), one.id)))


def taken_of(session: TrainingSession) -> Taken:
    return _taken([session.id]).get(session.id, Taken())


def filling(sessions: Sequence[TrainingSession]) -> Mapping[int, Taken]:
    """How full each is, by its id."""
    return _taken([one.id for one in sessions])


def first(session: TrainingSession) -> dt.datetime:
    return session.meetings[0].begins_at if session.meetings else session.created_at


def _filled(sessions: Sequence[TrainingSession]) -> list[Place]:
    taken = filling(sessions)
    return [Place(one, taken.get(one.id, Taken())) for one in sessions]


def _taken(session_ids: Sequence[int]) -> Mapping[int, Taken]:
    if not session_ids:
        return {}
    rows = db.session.execute(
        select(Enrolment.session_id,
               func.count().filter(Enrolment.state.in_(TAKES_A_PLACE)),
               func.count().filter(Enrolment.state == EnrolmentState.WAITING),
               func.count().filter(Enrolment.state == EnrolmentState.ATTENDED))
        .where(Enrolment.session_id.in_(session_ids))
        .group_by(Enrolment.session_id)
    )
    return {session_id: Taken(places, waits, there) for session_id, places, waits, there in rows}


def _whole() -> Select[TrainingSession]:
    return select(TrainingSession).options(
        joinedload(TrainingSession.training).selectinload(Training.competencies),
        selectinload(TrainingSession.meetings),
    )
