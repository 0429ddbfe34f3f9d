"""Preparing, writing down, confirming and adding to a conversation. Each wants it held, and flushes only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.conversations import letters
from app.conversations.models import Addition, AgreedLevel, Conversation, Preparation
from app.db import db
from app.web.formats import day_of, now, today

Topic = tuple[str, str]     # kind ('aspect' or 'role') and code


class AlreadyFixed(Exception):
    """Both confirmed: it stays as it is."""


class NotFixedYet(Exception):
    """Additions come after the confirming."""


class NothingWritten(Exception):
    """There is nothing to confirm."""


class TooEarly(Exception):
    """Its day has not come."""


@dataclass(frozen=True, slots=True)
class Agreed:
    """What both see: `levels` 1–5, only of what was discussed."""

    notes: str
    appointments: str
    levels: Mapping[Topic, int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """One's own answers to the three questions."""

    recognise: str
    surprises: str
    want: str
    shared: bool


def agreed_in(conversation: Conversation) -> Agreed:
    """What is written down now."""
    return Agreed(conversation.notes, conversation.appointments,
                  {(row.kind, row.code): row.level for row in conversation.levels})


def something_written(conversation: Conversation) -> bool:
    """Whether it holds anything for both."""
    return bool(conversation.notes or conversation.appointments or conversation.levels)


def day_lies_ahead(conversation: Conversation) -> bool:
    """Whether it has a day, and that is after today."""
    at = conversation.planned_at
    return at is not None and day_of(at) > today()


def preparation_of(conversation: Conversation, person_id: int) -> Preparation | None:
    return next((one for one in conversation.preparations if one.person_id == person_id), None)


def prepare(conversation: Conversation, person_id: int, words: Prepared) -> None:
    """Her own preparation. Raises AlreadyFixed."""
    if conversation.fixed:
        raise AlreadyFixed
    own = preparation_of(conversation, person_id)
    if own is None:
        own = Preparation(organisation_id=conversation.organisation_id, person_id=person_id)
        conversation.preparations.append(own)
    own.recognise, own.surprises, own.want = words.recognise, words.surprises, words.want
    own.shared = words.shared
    db.session.flush()


def write_down(conversation: Conversation, agreed: Agreed) -> bool:
    """Keeps this. True when it took somebody's confirmation back. Raises AlreadyFixed."""
    if conversation.fixed:
        raise AlreadyFixed
    if agreed == agreed_in(conversation):
        return False
    conversation.notes, conversation.appointments = agreed.notes, agreed.appointments
    kept = {(row.kind, row.code): row for row in conversation.levels}
    for topic, row in kept.items():
        if topic not in agreed.levels:
            conversation.levels.remove(row)
    for (kind, code), level in agreed.levels.items():
        if (kind, code) in kept:
            kept[kind, code].level = level
        else:
            conversation.levels.append(
                AgreedLevel(organisation_id=conversation.organisation_id, kind=kind, code=code, level=level)
            )
    return changed(conversation)


def changed(conversation: Conversation) -> bool:
    """Counts a change and takes the confirmations back; True when there was one."""
    confirmed = conversation.person_confirmed_at or conversation.partner_confirmed_at
    if confirmed:
        letters.settled(conversation)
    conversation.person_confirmed_at = conversation.partner_confirmed_at = None
    conversation.revision += 1
    db.session.flush()
    return confirmed is not None


def confirm(conversation: Conversation, person_id: int) -> bool:
    """One of the two, who saw all that is written, says that it is right; True when that fixed it. Twice is once.

    Raises AlreadyFixed, NothingWritten or TooEarly. The other is mailed while it waits for her.
    """
    if conversation.fixed:
        raise AlreadyFixed
    if not something_written(conversation):
        raise NothingWritten
    if day_lies_ahead(conversation):
        raise TooEarly
    again = confirmed_by(conversation, person_id)
    if person_id == conversation.person_id:
        conversation.person_confirmed_at = conversation.person_confirmed_at or now()
    else:
        conversation.partner_confirmed_at = conversation.partner_confirmed_at or now()
    if conversation.person_confirmed_at and conversation.partner_confirmed_at:
        conversation.fixed_at = now()
        letters.settled(conversation)
    elif not again:
        letters.confirmed(conversation, person_id)
    db.session.flush()
    return conversation.fixed


def confirmed_by(conversation: Conversation, person_id: int) -> bool:
    own = person_id == conversation.person_id
    return (conversation.person_confirmed_at if own else conversation.partner_confirmed_at) is not None


def add(conversation: Conversation, person_id: int, text: str) -> None:
    """Something that comes after. The same text twice in a row is once. Raises NotFixedYet."""
    if not conversation.fixed:
        raise NotFixedYet
    last = conversation.additions[-1] if conversation.additions else None
    if last is not None and (last.author_id, last.text) == (person_id, text):
        return
    conversation.additions.append(
        Addition(organisation_id=conversation.organisation_id, author_id=person_id, text=text, added_at=now())
    )
    db.session.flush()
