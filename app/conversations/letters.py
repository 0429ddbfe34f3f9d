"""What the two who hold a conversation are mailed about its day: planned, moved, called off; and that the other
confirmed it. Never what it is about, nor what was written.

A letter waits a little, so that whoever plans can still correct it: until it was tried once, a change replaces it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import can_talk_with
from app.accounts.models import Account
from app.conversations.models import Conversation
from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.web.addresses import absolute
from app.web.formats import now

PLANNED, MOVED, CALLED_OFF = "conversation_planned", "conversation_moved", "conversation_off"      # templates
CONFIRMED: Final = "conversation_confirmed"
RELEASED: Final = "profile_released"
"""The letter about a released profile: it names the day of the conversation about it, as that is when it is written."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day that may not be known yet, and a place that may be empty."""

    at: dt.datetime | None
    place: str

    @classmethod
    def of(cls, conversation: Conversation) -> Moment:
        return cls(conversation.planned_at, conversation.place)


@dataclass(frozen=True, slots=True)
class Untold:
    """A letter that was taken back before anybody tried it, and what the one it was for knew before it."""

    template: str
    known: Moment


@dataclass(frozen=True, slots=True)
class AboutDay:
    """All that such a letter may say. `was`: the day that the reader knew, None when she knew of none."""

    organisation: str
    name: str
    other: str
    at: dt.datetime | None
    place: str
    was: dt.datetime | None
    address: str
    calendar: str


def planned(conversation: Conversation, to: Collection[int]) -> None:
    """There is a conversation; each of the two who is in `to` did not plan it herself."""
    for person_id, email in _addresses(conversation):
        if person_id in to:
            _put(conversation, PLANNED, person_id, email, Moment.of(conversation))


def moved(conversation: Conversation, before: Moment, by: int) -> None:
    """It has another day or place than `before`. Who knew of none yet is told as if it was just planned."""
    waiting = _take_back(conversation)
    for person_id, email in _addresses(conversation):
        if person_id == by or _is_to_be_released(conversation, email):
            continue
        mine = waiting.get(person_id)
        if mine is not None and mine.template == PLANNED:
            _put(conversation, PLANNED, person_id, email, Moment.of(conversation))
            continue
        known = before if mine is None else mine.known
        if known != Moment.of(conversation):
            _put(conversation, MOVED, person_id, email, known)


def called_off(conversation: Conversation, by: int) -> None:
    """It does not take place. Nothing to who had not been told of it."""
    waiting = _take_back(conversation)
    for person_id, email in _addresses(conversation):
        mine = waiting.get(person_id)
        heard = mine is None or mine.template != PLANNED
        if heard and person_id != by and not _is_to_be_released(conversation, email):
            _put(conversation, CALLED_OFF, person_id, email, mine.known if mine else Moment.of(conversation))


def confirmed(conversation: Conversation, by: int) -> None:
    """One of the two confirmed it, and it waits for the other."""
    for person_id, email in _addresses(conversation):
        if person_id != by:
            messages.put(conversation.organisation_id, CONFIRMED, email, concerns=_confirming(conversation),
                         wait=messages.CORRECTING, conversation=conversation.id, to=person_id, was="", was_place="")


def settled(conversation: Conversation) -> None:
    """It waits for nobody any more: it was fixed, or changed again."""
    messages.withdraw(conversation.organisation_id, _confirming(conversation))


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    for template in (PLANNED, MOVED, CALLED_OFF, CONFIRMED):
        teach(template, _written, fleeting=True)


def concerns(conversation_id: int) -> str:
    """Under what the outbox keeps the letters about the day of a conversation."""
    return f"conversation {conversation_id}"


def _confirming(conversation: Conversation) -> str:
    return f"confirming conversation {conversation.id}"


def _put(conversation: Conversation, template: str, to: int, email: str, before: Moment) -> None:
    messages.put(conversation.organisation_id, template, email, concerns=concerns(conversation.id),
                 wait=messages.CORRECTING, conversation=conversation.id, to=to,
                 was=before.at.isoformat() if before.at else "", was_place=before.place)


def _known(arguments: Mapping[str, str | int]) -> Moment:
    """What the one it is for knew before this letter."""
    was = str(arguments["was"])
    return Moment(dt.datetime.fromisoformat(was) if was else None, str(arguments["was_place"]))


def _take_back(conversation: Conversation) -> Mapping[int, Untold]:
    """Whatever waits about its day leaves the outbox; by person, what was never even tried."""
    about = concerns(conversation.id)
    untried = db.session.execute(select(Message.template, Message.arguments).where(
        Message.organisation_id == conversation.organisation_id, Message.concerns == about, Message.attempts == 0,
    ))
    untold = {int(arguments["to"]): Untold(template, _known(arguments)) for template, arguments in untried}
    messages.withdraw(conversation.organisation_id, about)
    return untold


def _addresses(conversation: Conversation) -> list[tuple[int, str]]:
    rows = db.session.execute(
        select(Person.id, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_((conversation.person_id, conversation.partner_id)), Person.active)
        .order_by(Person.id)
    )
    return [(person_id, email) for person_id, email in rows]


def _is_to_be_released(conversation: Conversation, email: str) -> bool:
    """Whether the letter about the profile is still to be written: that will name the day by itself."""
    parts = db.session.scalars(select(Message.arguments).where(
        Message.organisation_id == conversation.organisation_id, Message.template == RELEASED,
        Message.recipient == email, Message.attempts == 0,
    ))
    return any(arguments["part"] == conversation.round_subject_id for arguments in parts)


def _written(message: Message) -> AboutDay | None:
    """None for what is not so any more, for a day that has passed, for what she confirmed herself, and when the two no
    longer work together.
    """
    row = db.session.execute(
        select(Conversation, Organisation.name)
        .join(Organisation, Organisation.id == Conversation.organisation_id)
        .where(
            Conversation.organisation_id == message.organisation_id,
            Conversation.id == message.arguments["conversation"],
            Conversation.fixed_at.is_(None),
        )
        .options(
            joinedload(Conversation.person).selectinload(Person.memberships),
            joinedload(Conversation.partner).selectinload(Person.memberships),
        )
    ).one_or_none()
    if row is None:
        return None
    conversation, organisation = row
    own = message.arguments["to"] == conversation.person_id
    reader = conversation.person if own else conversation.partner
    if message.template == CONFIRMED:
        hers, theirs = conversation.person_confirmed_at, conversation.partner_confirmed_at
        passed = hers is not None or theirs is None if own else theirs is not None or hers is None
    else:
        passed = conversation.planned_at is not None and conversation.planned_at < now()
    off = message.template == CALLED_OFF
    together = conversation.partner.active and can_talk_with(conversation.partner.actor, conversation.person)
    if passed or conversation.called_off != off or not reader.active or not (off or together):
        return None
    return AboutDay(
        organisation=one_line(organisation),
        name=one_line(reader.first_name),
        other=one_line(conversation.other(reader.id).name),
        at=conversation.planned_at,
        place=one_line(conversation.place),
        was=_known(message.arguments).at,
        address=absolute("conversations.talk", conversation_id=conversation.id),
        calendar=absolute("conversations.calendar", conversation_id=conversation.id) if conversation.planned_at else "",
    )
