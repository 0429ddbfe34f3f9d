"""What the mails about choosing people say, found out when they are written."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Row, select

from app.db import db
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people import queries as people
from app.people.models import Person
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.addresses import absolute
from app.web.formats import today


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
