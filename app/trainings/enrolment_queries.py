"""Reading who goes to a session, who waits for it, and where somebody stands."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor, Role
from app.db import db
from app.people.models import Membership, Person
from app.trainings.lifecycle import SEEN_BY_HR, TAKES_A_PLACE, EnrolmentState, SessionState
from app.trainings.models import Enrolment, EvaluationOutcome, TrainingSession
from app.trainings.session_queries import first

MINE = tuple(state for state in EnrolmentState if state not in (EnrolmentState.DECLINED, EnrolmentState.WITHDRAWN))


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
    return sorted(rows, key=lambda one: (not one.session.meetings, first(one.session), one.id))


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
    return sorted(((one, by or "") for one, by in rows), key=lambda row: (first(row[0].session), row[0].id))


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


def still_guides(person_id: int) -> bool:
    """Whether somebody is a begeleider here, which does not change until this transaction ends. Asked before a session
    is held, as `leave` does.
    """
    row = db.session.execute(
        select(Person.active, Person.roles).where(Person.id == person_id).with_for_update(read=True)
    ).one()
    return row.active and Role.BEGELEIDER in row.roles


def hold_who_goes(organisation_id: int, session_id: int) -> None:
    """Whoever has a place in a session, until this transaction ends: who closes it writes in their dossiers. Asked
    before the session is held, as `leave` does.
    """
    going = select(Enrolment.person_id).where(
        Enrolment.session_id == session_id, Enrolment.organisation_id == organisation_id,
        Enrolment.state.in_(TAKES_A_PLACE))
    db.session.execute(select(Person.id).where(Person.id.in_(going)).order_by(Person.id).with_for_update())


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


def _with_person(session: TrainingSession) -> Select[Enrolment]:
    return (
        select(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.session_id == session.id, Enrolment.organisation_id == session.organisation_id)
        .options(joinedload(Enrolment.person))
    )
