"""Releasing somebody's part of a closed round, and planning the nabespreking with it.

Whoever releases learns of each group whether there is enough to show; with two answers it reads the same as with none.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.access import Actor
from app.accounts.models import Account
from app.assessments.models import StoredCell
from app.conversations import planning
from app.conversations.agreeing import AlreadyFixed
from app.conversations.letters import RELEASED
from app.conversations.models import Conversation
from app.conversations.planning import TakenOn
from app.db import db
from app.measurement.scale import MERGED, RULES, Group
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds import letters, moves
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries import course
from app.rounds.queries.asked import readers_of
from app.rounds.queries.planned import approvable_by
from app.rounds.queries.sufficient import Sufficient
from app.web.addresses import absolute
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who can hold the nabespreking."""

    id: int
    name: str


def part_of(organisation_id: int, part_id: int) -> RoundSubject | None:
    """A part with its round and its person, and her teams."""
    return db.session.scalar(
        select(RoundSubject)
        .join(Round, Round.id == RoundSubject.round_id)
        .where(RoundSubject.organisation_id == organisation_id, RoundSubject.id == part_id, Round.kind == Kind.FULL)
        .options(
            joinedload(RoundSubject.round).selectinload(Round.groups),
            joinedload(RoundSubject.person).selectinload(Person.memberships),
        )
    )


def being_closed(part: RoundSubject) -> bool:
    return course.being_closed(part.round_id)


def enough_to_show(part: RoundSubject) -> tuple[Sufficient, ...]:
    """Of each anonymous group that was invited whether anything of it is shown, under its own name or merged."""
    invited = set(db.session.scalars(
        select(Invitation.rater_group).distinct()
        .where(Invitation.round_subject_id == part.id, Invitation.invited_on.is_not(None))
    ))
    shown = set(db.session.scalars(
        select(StoredCell.rater_group).distinct().where(StoredCell.measurement_id == part.measurement_id)
    ))
    shown.update(one for merged, parts in MERGED.items() if merged in shown for one in parts)
    groups = [group for group in Group if group in invited and not RULES[group].named]
    if part.round.small_circle:
        circle = [group for group in groups if group in MERGED[Group.SMALL_CIRCLE]]
        groups = ([Group.SMALL_CIRCLE] if circle else []) + [group for group in groups if group not in circle]
    return tuple(Sufficient(group, group in shown) for group in groups)


def partners_for(part: RoundSubject, actor: Actor) -> Sequence[Partner]:
    """Who can hold the nabespreking: who leads her team and her gesprekspartner, she who releases in front."""
    found = [Partner(reader.person_id, reader.name) for reader in readers_of(part.person)]
    return sorted(found, key=lambda partner: partner.id != actor.person_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """With whom the nabespreking is, and when and where, as far as that is known."""

    partner_id: int
    at: dt.datetime | None = None
    place: str = ""


def release(part: RoundSubject, plan: Plan | None, by: int) -> None:
    """She may read her profile and is told so; the conversation about it is there for both. Raises MoveRefused.

    None: there is nobody to talk with. `by`: who releases; whoever else is to hold the conversation is told of it.
    """
    moves.release(part)
    if plan is not None:
        with suppress(TakenOn, AlreadyFixed):       # two planned it before: that one stands
            planning.plan(part.person, plan.partner_id, part.round.framework_version_id, plan.at, plan.place, part,
                          by=by, told=(part.person_id,))
    _tell(part)


def conversation_about(part: RoundSubject) -> Conversation | None:
    """The conversation about a part, with who holds it."""
    return db.session.scalar(
        select(Conversation)
        .where(Conversation.organisation_id == part.organisation_id, Conversation.round_subject_id == part.id)
        .options(joinedload(Conversation.partner))
    )


def latest_talk(
    actor: Actor
) -> tuple[ScalarSelect[str | None], ScalarSelect[dt.datetime | None], ScalarSelect[dt.datetime | None]]:
    """Within a statement: who will talk with this actor about her round that was released last, by name, when, and
    since when what they said is fixed.
    """
    partner = aliased(Person)
    latest = (
        select(partner.name)
        .select_from(RoundSubject)
        .outerjoin(Conversation, Conversation.round_subject_id == RoundSubject.id)
        .outerjoin(partner, partner.id == Conversation.partner_id)
        .where(
            RoundSubject.organisation_id == actor.organisation_id,
            RoundSubject.person_id == actor.person_id,
            RoundSubject.released_at.is_not(None),
            RoundSubject.measurement_id.is_not(None),
        )
        .order_by(RoundSubject.released_at.desc(), RoundSubject.measurement_id.desc())
        .limit(1)
    )
    planned_at, fixed_at = (latest.with_only_columns(column).scalar_subquery()
                            for column in (Conversation.planned_at, Conversation.fixed_at))
    return latest.scalar_subquery(), planned_at, fixed_at


def conversation_to_note(organisation_id: int, conversation_id: int) -> Conversation | None:
    """A conversation with the two who hold it, their teams and their addresses, for a calendar."""
    return db.session.scalar(
        select(Conversation)
        .where(Conversation.organisation_id == organisation_id, Conversation.id == conversation_id)
        .options(
            joinedload(Conversation.person).options(joinedload(Person.account), selectinload(Person.memberships)),
            joinedload(Conversation.partner).joinedload(Person.account),
        )
    )


@dataclass(frozen=True, slots=True)
class Waiting:
    """A profile that can be released."""

    part_id: int
    name: str
    round: str


def waiting(actor: Actor) -> tuple[Waiting, ...]:
    """The profiles that this actor can release now, the longest waiting first."""
    rows = db.session.execute(
        select(RoundSubject.id, Person.name, Round.name)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .where(
            approvable_by(actor),
            Round.state == State.CLOSED,
            RoundSubject.measurement_id.is_not(None),
            RoundSubject.approved_at.is_not(None),
            RoundSubject.released_at.is_(None),
            ~course.closing_of(Round.id),
        )
        .order_by(Round.closes_on, Person.name, RoundSubject.id)
    )
    return tuple(Waiting(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class Released:
    """All that the letter about a released profile may say."""

    organisation: str
    lead_reads_from: dt.date
    lead_reads_at_once: bool
    partner: str
    planned_at: dt.datetime | None
    place: str
    address: str
    calendar: str


def teach_letter() -> None:
    """How the letter about a released profile is written; it does not stay in the outbox."""
    teach(RELEASED, _released, fleeting=True)


def _tell(part: RoundSubject) -> None:
    row = db.session.execute(
        select(Person.name, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id == part.person_id, Person.active)
    ).first()
    if row is not None:
        messages.put(part.organisation_id, RELEASED, row.email, concerns=letters.concerns(part.round_id), part=part.id,
                     name=row.name.split()[0])


def _released(message: Message) -> Released | None:
    row = db.session.execute(
        select(RoundSubject, Conversation, Organisation.name)
        .join(Organisation, Organisation.id == RoundSubject.organisation_id)
        .outerjoin(Conversation, Conversation.round_subject_id == RoundSubject.id)
        .where(
            RoundSubject.organisation_id == message.organisation_id,
            RoundSubject.id == message.arguments["part"],
            RoundSubject.released_at.is_not(None),
            RoundSubject.measurement_id.is_not(None),
        )
        .options(joinedload(Conversation.partner))
    ).one_or_none()
    if row is None:
        return None
    part, conversation, organisation = row
    assert part.released_at is not None and part.measurement_id is not None
    released_on = day_of(part.released_at)
    reads_from = part.lead_reads_from or released_on
    return Released(
        organisation=one_line(organisation),
        lead_reads_from=reads_from,
        lead_reads_at_once=reads_from <= released_on,
        partner=one_line(conversation.partner.name) if conversation else "",
        planned_at=conversation.planned_at if conversation else None,
        place=one_line(conversation.place) if conversation else "",
        address=absolute("profiles.measurement", measurement_id=part.measurement_id),
        calendar=absolute("conversations.calendar", conversation_id=conversation.id) if conversation else "",
    )
