"""Reading rounds for whoever plans, follows or approves them. Nothing here says who answered, or how many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import aliased, selectinload

from app.access import Actor, Role, can_be_subject_for, can_manage_round
from app.db import db
from app.people.models import Membership, Person
from app.people.queries import people_visible_to, team_names
from app.rounds.invitations import State as Asked
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import today

MOST = 100      # rounds on one page
RUNNING = (State.CHOOSING, State.OPEN)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody a round can be about."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class CandidateTeam:
    """A team with whoever of it a round can be about; None: people without a team."""

    id: int | None
    name: str
    people: tuple[Candidate, ...]


def candidates(actor: Actor) -> tuple[CandidateTeam, ...]:
    """Whom this actor may plan a round about, by team and by name. Somebody in two teams stands in both."""
    people = [
        person for person in people_visible_to(actor)
        if person.active and Role.BEGELEIDER in person.roles and can_be_subject_for(actor, person)
    ]
    names = team_names(actor.organisation_id)
    may_see = names.keys() if Role.BEHEERDER in actor.roles else actor.leads
    teams = [
        CandidateTeam(team_id, name, tuple(Candidate(p.id, p.name) for p in people if team_id in p.team_ids))
        for team_id, name in names.items() if team_id in may_see
    ]
    nowhere = tuple(Candidate(p.id, p.name) for p in people if not p.team_ids)
    return tuple(team for team in (*teams, CandidateTeam(None, "", nowhere)) if team.people)


def concepts_of(actor: Actor) -> list[Round]:
    """The concepts that this actor began."""
    return list(
        db.session.scalars(
            select(Round)
            .where(Round.organisation_id == actor.organisation_id, Round.created_by_id == actor.person_id,
                   Round.state == State.CONCEPT, Round.kind == Kind.FULL)
            .options(selectinload(Round.groups), selectinload(Round.subjects))
        )
    )


def approvable_by(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of access.can_approve_raters, over Person."""
    works_in_hers = select(Membership.person_id).where(
        Membership.team_id.in_(actor.leads), Membership.leads.is_(False)
    )
    everybody = Role.BEHEERDER in actor.roles
    return and_(
        Person.organisation_id == actor.organisation_id,
        Person.id != actor.person_id,
        true() if everybody else or_(Person.id.in_(works_in_hers), Person.discussion_partner_id == actor.person_id),
    )


@dataclass(frozen=True, slots=True)
class RoundRow:
    """A round in the list. `sent`: how many gave their choice; `approved`: of how many it was approved; `manages`:
    whoever looks may change and copy it.
    """

    id: int
    name: str
    state: str
    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date
    about: str
    people: int
    sent: int
    approved: int
    manages: bool


def overview(actor: Actor) -> list[RoundRow]:
    """The rounds that this actor plans or approves in, the latest first; concepts only of her own, or all for the
    beheerder.
    """
    rows = db.session.execute(
        select(
            Round.id, Round.name, Round.state, Round.choose_until, Round.opens_on, Round.closes_on,
            func.coalesce(func.min(Person.name), ""), func.count(RoundSubject.id),
            func.count(RoundSubject.choice_sent_at), func.count(RoundSubject.approved_at),
            _managed_by(actor).label("manages"),
        )
        .outerjoin(RoundSubject, RoundSubject.round_id == Round.id)
        .outerjoin(Person, Person.id == RoundSubject.person_id)
        .where(_visible_to(actor))
        .group_by(Round.id, Round.name, Round.state, Round.choose_until, Round.opens_on, Round.closes_on,
                  Round.created_by_id)
        .order_by(Round.opens_on.desc(), Round.id.desc())
        .limit(MOST)
    )
    return [RoundRow(*tuple(row)) for row in rows]


def has_rounds(actor: Actor) -> bool:
    """Whether that list has anything in it."""
    return db.session.scalar(select(Round.id).where(_visible_to(actor)).limit(1)) is not None


def _managed_by(actor: Actor) -> ColumnElement[bool]:
    """The SQL twin of access.can_manage_round, within an organisation."""
    everything = Role.BEHEERDER in actor.roles
    return true() if everything else func.coalesce(Round.created_by_id == actor.person_id, false())


def _visible_to(actor: Actor) -> ColumnElement[bool]:
    mine = (
        select(RoundSubject.round_id).join(Person, Person.id == RoundSubject.person_id).where(approvable_by(actor))
    )
    return and_(
        Round.organisation_id == actor.organisation_id,
        Round.kind == Kind.FULL,
        or_(_managed_by(actor), and_(Round.state != State.CONCEPT, Round.id.in_(mine))),
    )


@dataclass(frozen=True, slots=True)
class WaitingChoice:
    """Somebody whose choice waits for whoever approves it."""

    part_id: int
    name: str
    round: str
    opens_on: dt.date
    is_pulse: bool


def waiting_choices(actor: Actor) -> list[WaitingChoice]:
    """What this actor can approve now: a choice that was sent, or whose time is over, with somebody to approve."""
    rows = db.session.execute(
        select(RoundSubject.id, Person.name, Round.name, Round.opens_on, Round.kind == Kind.PULSE)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .where(
            approvable_by(actor),
            Round.closes_on >= today(),
            or_(RoundSubject.choice_sent_at.is_not(None), Round.choose_until < today()),
            _to_approve(),
        )
        .order_by(Round.opens_on, Person.name, RoundSubject.id)
    )
    return [WaitingChoice(*row) for row in rows]


def waits_for_partner(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a choice of somebody may wait for this person as her gesprekspartner, as part of another statement."""
    subject = aliased(Person)       # the statement around it reads a person too
    return exists(
        select(RoundSubject.id)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(subject, subject.id == RoundSubject.person_id)
        .where(subject.discussion_partner_id == person_id, _to_approve())
    )


def _to_approve() -> ColumnElement[bool]:
    """Over RoundSubject and Round: it runs, and somebody in it was not approved yet."""
    proposed = select(Invitation.id).where(
        Invitation.round_subject_id == RoundSubject.id, Invitation.state == Asked.PROPOSED
    )
    return and_(Round.state.in_(RUNNING), proposed.exists())


def round_to_show(organisation_id: int, round_id: int) -> Round | None:
    """A feedbackronde with its groups and people, and their teams."""
    return db.session.scalar(
        select(Round)
        .where(Round.organisation_id == organisation_id, Round.id == round_id, Round.kind == Kind.FULL)
        .options(
            selectinload(Round.groups),
            selectinload(Round.subjects).joinedload(RoundSubject.person).selectinload(Person.memberships),
        )
    )


def round_to_copy(actor: Actor, round_id: int) -> Round | None:
    """An earlier round that this actor manages."""
    found = round_to_show(actor.organisation_id, round_id)
    return found if found is not None and can_manage_round(actor, found) else None


@dataclass(frozen=True, slots=True)
class Bounced:
    """An address to which nothing can be sent."""

    part_id: int
    name: str
    email: str


def bounced(part_ids: Collection[int]) -> list[Bounced]:
    rows = db.session.execute(
        select(Invitation.round_subject_id, Invitation.name, Invitation.email)
        .where(Invitation.round_subject_id.in_(part_ids), Invitation.bounced.is_not(None),
               Invitation.state == Asked.APPROVED)
        .order_by(Invitation.name, Invitation.id)
    )
    return [Bounced(part_id, name, email or "") for part_id, name, email in rows]


def proposed_in(part_ids: Collection[int]) -> frozenset[int]:
    """In which of these parts somebody was proposed who is not approved yet."""
    return frozenset(
        db.session.scalars(
            select(Invitation.round_subject_id).distinct()
            .where(Invitation.round_subject_id.in_(part_ids), Invitation.state == Asked.PROPOSED)
        )
    )
