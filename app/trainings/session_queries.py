"""Reading sessions: what comes, who goes, and who waits."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor, Role
from app.db import db
from app.people.models import Membership, Person
from app.trainings.lifecycle import SEEN_BY_HR, TAKES_A_PLACE, EnrolmentState, SessionState
from app.trainings.models import Enrolment, EvaluationOutcome, Training, TrainingSession
from app.web.formats import AMSTERDAM, now

MINE = tuple(state for state in EnrolmentState if state not in (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN))


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
    return _filled(sorted(rows, key=lambda one: (not one.meetings, _first(one), one.id), reverse=True))


def coming(organisation_id: int, training_id: int | None = None) -> list[Place]:
    """What one can still sign up for, the first to begin first; what has no day yet comes last."""
    found = _whole().where(TrainingSession.organisation_id == organisation_id,
                           TrainingSession.state == SessionState.PLANNED)
    if training_id is not None:
        found = found.where(TrainingSession.training_id == training_id)
    rows = [one for one in db.session.scalars(found).all() if not begun(one)]
    return _filled(sorted(rows, key=lambda one: (not one.meetings, _first(one), one.id)))


def taken_of(session: TrainingSession) -> Taken:
    return _taken([session.id]).get(session.id, Taken())


def enrolment_of(session: TrainingSession, person_id: int) -> Enrolment | None:
    """How somebody stands in it."""
    return db.session.scalar(
        select(Enrolment)
        .where(Enrolment.session_id == session.id, Enrolment.organisation_id == session.organisation_id,
               Enrolment.person_id == person_id)
        .execution_options(populate_existing=True)
    )


def enrolment_by_id(actor: Actor, enrolment_id: int) -> Enrolment | None:
    """One of this organisation, with whose it is and her teams."""
    return db.session.scalar(
        select(Enrolment)
        .where(Enrolment.id == enrolment_id, Enrolment.organisation_id == actor.organisation_id)
        .options(joinedload(Enrolment.person).selectinload(Person.memberships))
    )


def signed_up(session: TrainingSession) -> list[Enrolment]:
    """Who signed up, by name: those whom HR may know of. A proposal is none of these."""
    return list(db.session.scalars(
        _with_person(session).where(Enrolment.state.in_(SEEN_BY_HR)).order_by(Person.name, Person.id)
    ))


def waiting(session: TrainingSession) -> list[Enrolment]:
    """The waiting list of who works here, the longest waiting first."""
    return list(db.session.scalars(
        _with_person(session)
        .where(Enrolment.state == EnrolmentState.WAITING, Person.active)
        .order_by(Enrolment.waits_since, Enrolment.id)
    ))


@dataclass(frozen=True, slots=True)
class OfTeam:
    """Somebody in a team that a teamleider leads, and how she stands in a session."""

    person: Person
    enrolment: Enrolment | None


def people_led(actor: Actor, session: TrainingSession) -> list[OfTeam]:
    """The begeleiders in the teams that somebody leads, by name."""
    rows = db.session.execute(
        select(Person, Enrolment)
        .outerjoin(Enrolment, and_(Enrolment.person_id == Person.id, Enrolment.session_id == session.id))
        .where(
            Person.organisation_id == actor.organisation_id, Person.active,
            exists().where(Membership.person_id == Person.id, Membership.team_id.in_(actor.leads),
                           ~Membership.leads),
        )
        .options(selectinload(Person.memberships))
        .order_by(Person.name, Person.id)
    )
    return [OfTeam(person, enrolment) for person, enrolment in rows if Role.BEGELEIDER in person.roles]


def enrolments_of(person_id: int, organisation_id: int) -> list[Enrolment]:
    """Where somebody stands, with the sessions; the earliest first. Not what she declined or left."""
    rows = db.session.scalars(
        select(Enrolment)
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .where(Enrolment.person_id == person_id, Enrolment.organisation_id == organisation_id,
               Enrolment.state.in_(MINE))
        .options(joinedload(Enrolment.session).options(joinedload(TrainingSession.training),
                                                       selectinload(TrainingSession.meetings)))
    ).all()
    return sorted(rows, key=lambda one: (not one.session.meetings, _first(one.session), one.id))


def asking(person_id: int, organisation_id: int) -> list[tuple[Enrolment, str]]:
    """What was proposed to somebody, with who proposed it, where she goes and where she was, with the sessions; the
    earliest first. One statement.
    """
    rows = db.session.execute(
        select(Enrolment, Person.name)
        .outerjoin(Person, Person.id == Enrolment.proposed_by_id)
        .where(Enrolment.person_id == person_id, Enrolment.organisation_id == organisation_id,
               Enrolment.state.in_((EnrolmentState.PROPOSED, EnrolmentState.ENROLLED, EnrolmentState.ATTENDED)))
        .options(joinedload(Enrolment.session).options(joinedload(TrainingSession.training),
                                                       joinedload(TrainingSession.meetings)))
    ).unique().all()
    return sorted(((one, by or "") for one, by in rows), key=lambda row: (_first(row[0].session), row[0].id))


def filling(sessions: Sequence[TrainingSession]) -> Mapping[int, Taken]:
    """How full each is, by its id."""
    return _taken([one.id for one in sessions])


def waits_for(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a proposal waits for somebody, she goes somewhere, or an evaluation may wait, as part of another
    statement.
    """
    return exists().where(
        Enrolment.person_id == person_id,
        or_(Enrolment.state.in_((EnrolmentState.PROPOSED, EnrolmentState.ENROLLED)),
            and_(Enrolment.state == EnrolmentState.ATTENDED, ~Enrolment.evaluated,
                 ~exists().where(EvaluationOutcome.session_id == Enrolment.session_id))),
    )


def _first(session: TrainingSession) -> dt.datetime:
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


def _with_person(session: TrainingSession) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.session_id == session.id, Enrolment.organisation_id == session.organisation_id)
        .options(joinedload(Enrolment.person))
    )


def _whole() -> Select[TrainingSession]:
    return select(TrainingSession).options(
        joinedload(TrainingSession.training).selectinload(Training.competencies),
        selectinload(TrainingSession.meetings),
    )


def open_enrolments(person_id: int, organisation_id: int) -> list[int]:
    """The sessions in which somebody stands who leaves, held in order until this transaction ends."""
    return list(db.session.scalars(
        select(TrainingSession.id)
        .where(
            TrainingSession.organisation_id == organisation_id, TrainingSession.state == SessionState.PLANNED,
            TrainingSession.id.in_(select(Enrolment.session_id).where(Enrolment.person_id == person_id)),
        )
        .order_by(TrainingSession.id)
        .with_for_update()
    ))


