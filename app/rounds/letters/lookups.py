"""What the mails of a round say, found out when they are written; None for a letter that is not wanted (any more)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnExpressionArgument, Row, select

from app.accounts.models import Account
from app.competencies.queries import framework_of
from app.db import db
from app.measurement.scale import Group
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people import queries as people
from app.people.models import Person
from app.rounds import links
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundGroup, RoundSettings, RoundSubject
from app.web.addresses import absolute
from app.web.formats import today

CIRCLE: Final = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
"""The anonymous adults, who are one group in a small circle."""

MERGED: Final = (Group.SCHOOL, Group.CLIENT)
"""Groups that become one when there are too few people in either (measurement.md §3)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a letter to somebody who is asked may say. `others`: with at least so many her answers are merged."""

    recipient: str
    subject: str
    first_name: str
    organisation: str
    contact: str
    purpose: str
    closes_on: dt.date
    invited_on: dt.date
    minutes: int
    others: int
    small_circle: bool
    may_be_merged: bool
    lead_reads_comments: bool
    renewed: bool
    address: str


@dataclass(frozen=True, slots=True)
class Choosing:
    """All that a letter about choosing people may say. `waiting`: how many are to be approved; `removed` and `added`:
    what the approver changed.
    """

    subject: str
    first_name: str
    organisation: str
    purpose: str
    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date
    running: bool
    is_pulse: bool
    waiting: int
    removed: tuple[str, ...]
    added: tuple[str, ...]
    approver: str
    address: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who cannot be reached at this address, and why not."""

    name: str
    email: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class AddressesRefused:
    """All that a letter about refused addresses may say."""

    round: str
    organisation: str
    people: tuple[Refused, ...]
    address: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody whom a round is about, with her part of it, and where she is written to."""

    part_id: int
    person_id: int
    first_name: str
    email: str


def asking(message: Message) -> Asking | None:
    """For the templates 'ask_…', 'remind_…' and 'longer_rater'; None for who answered, declined, was removed or got a
    newer link, and about somebody who works here no longer.
    """
    row = invited(
        message,
        Invitation.renewal == message.arguments["renewal"],
        Invitation.state == State.APPROVED,
        Invitation.answered.is_(False),
        Round.state == RoundState.OPEN,
        Round.closes_on >= today(),
        Person.active,
    )
    return _asking(row) if row else None


def choose_people(message: Message) -> Choosing | None:
    """None when she gave her choice already, or it is too late to choose."""
    row = _part(message)
    if row is None or row[1].state != RoundState.CHOOSING or row[0].choice_sent_at is not None:
        return None
    return _choosing(row, "rounds.choose")


def choice_waits(message: Message) -> Choosing | None:
    """None when nobody waits any more: somebody approved it already, or she took it back."""
    row = _part(message)
    if row is None or row[0].choice_sent_at is None:
        return None
    found = _choosing(row, "rounds.part")
    return found if found.waiting else None


def choice_approved(message: Message) -> Choosing | None:
    row = _part(message)
    if row is None or row[0].approved_at is None:
        return None
    return _choosing(row, "rounds.feedback")


def addresses_refused(message: Message) -> AddressesRefused | None:
    """None when every address was mended meanwhile, or the round is over."""
    rows = db.session.execute(
        select(Round, Organisation.name, Invitation.name, Invitation.email, Person.name, Invitation.bounced,
               RoundSubject.id)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .join(Invitation, Invitation.round_subject_id == RoundSubject.id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            Round.organisation_id == message.organisation_id,
            Round.id == message.arguments["round"],
            Round.state == RoundState.OPEN,
            Invitation.state == State.APPROVED,
            Invitation.bounced.is_not(None),
        )
        .order_by(Person.name, Invitation.name, Invitation.id)
    ).all()
    if not rows:
        return None
    planned, organisation = rows[0][0], rows[0][1]
    return AddressesRefused(
        round=one_line(planned.name),
        organisation=one_line(organisation),
        people=tuple(Refused(one_line(name), str(email), one_line(subject), str(why))
                     for _, _, name, email, subject, why, _ in rows),
        address=absolute("rounds.feedback", part_id=rows[0][-1]) if planned.is_pulse
        else absolute("rounds.round", round_id=planned.id),
    )


def invited(
    message: Message, *conditions: ColumnExpressionArgument[bool]
) -> Row[Invitation, Round, str, str] | None:
    """The invitation that a message is about, if it is still at this address and all of this holds: with its round, and
    the names of the subject and of her organisation.
    """
    return db.session.execute(
        select(Invitation, Round, Person.name, Organisation.name)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            Invitation.organisation_id == message.organisation_id,
            Invitation.id == message.arguments["invitation"],
            Invitation.email == message.recipient,
            *conditions,
        )
    ).one_or_none()


def subjects_of(round_id: int) -> list[Subject]:
    """Those it is about who still work here, in the order in which they were put in it."""
    rows = db.session.execute(
        select(RoundSubject.id, Person.id, Person.name, Account.email)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Account, Account.id == Person.account_id)
        .where(RoundSubject.round_id == round_id, Person.active)
        .order_by(RoundSubject.id)
    )
    return [Subject(part_id, person_id, name.split()[0], email) for part_id, person_id, name, email in rows]


def contact_of(planned: Round) -> str:
    """Where somebody who is asked can turn to: as the dienst set it, else who planned the round, else a beheerder."""
    told = db.session.scalar(
        select(RoundSettings.contact).where(RoundSettings.organisation_id == planned.organisation_id)
    )
    if told and told.strip():
        return one_line(told)
    known = [person.id for person in people.active_beheerders(planned.organisation_id)]
    if planned.created_by_id is not None and not planned.own_initiative:
        known.insert(0, planned.created_by_id)
    rows = db.session.execute(
        select(Person.id, Person.name, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_(known), Person.active)
    ).all()
    first = min(rows, key=lambda row: known.index(row.id), default=None)
    return f"{one_line(first.name)} ({first.email})" if first else ""


def _asking(row: Row[Invitation, Round, str, str]) -> Asking:
    invitation, planned, subject, organisation = row
    group = invitation.rater_group
    rows = db.session.execute(
        select(RoundGroup.rater_group, RoundGroup.minimum).where(RoundGroup.round_id == planned.id)
    )
    minimums: Mapping[str, int] = {row.rater_group: row.minimum for row in rows}
    together = planned.small_circle and group in CIRCLE
    minimum = max(minimums.get(one, 0) for one in CIRCLE) if together else minimums[group]
    return Asking(
        recipient=one_line(invitation.name),
        subject=one_line(subject),
        first_name=one_line(subject).split()[0],
        organisation=one_line(organisation),
        contact=contact_of(planned),
        purpose=one_line(planned.purpose),
        closes_on=planned.closes_on,
        invited_on=invitation.invited_on or today(),
        minutes=framework_of(planned.framework_version_id).catalog.minutes(invitation.question_set, group),
        others=minimum - 1,
        small_circle=together,
        may_be_merged=not together and group in MERGED and all(one in minimums for one in MERGED),
        lead_reads_comments=planned.lead_reads_comments,
        renewed=invitation.renewal > 0,
        address=links.address(invitation.public_id, invitation.renewal),
    )


def _part(message: Message) -> Row[RoundSubject, Round, str, str] | None:
    """The part that a message is about, while its round can still change."""
    return db.session.execute(
        select(RoundSubject, Round, Person.name, Organisation.name)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            RoundSubject.organisation_id == message.organisation_id,
            RoundSubject.id == message.arguments["part"],
            Round.state.in_((RoundState.CHOOSING, RoundState.OPEN)),
            Round.closes_on >= today(),
        )
    ).one_or_none()


def _choosing(row: Row[RoundSubject, Round, str, str], endpoint: str) -> Choosing:
    part, planned, subject, organisation = row
    people_asked = db.session.execute(
        select(Invitation.name, Invitation.state, Invitation.added_by_approver)
        .where(Invitation.round_subject_id == part.id)
        .order_by(Invitation.name, Invitation.id)
    ).all()
    approver = people.name_of(part.organisation_id, part.approved_by_id)
    return Choosing(
        subject=one_line(subject),
        first_name=one_line(subject).split()[0],
        organisation=one_line(organisation),
        purpose=one_line(planned.purpose),
        choose_until=planned.choose_until,
        opens_on=planned.opens_on,
        closes_on=planned.closes_on,
        running=planned.state == RoundState.OPEN,
        is_pulse=planned.is_pulse,
        waiting=sum(one.state == State.PROPOSED for one in people_asked),
        removed=tuple(one_line(one.name) for one in people_asked if one.state == State.REMOVED),
        added=tuple(
            one_line(one.name) for one in people_asked if one.state == State.APPROVED and one.added_by_approver
        ),
        approver=one_line(approver or ""),
        address=absolute(endpoint, part_id=part.id),
    )
