"""A word of thanks to everyone who was asked: one text, once, the same to all. Who answered is not looked at."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.sql.elements import ColumnElement

from app.conversations.models import Conversation
from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds.invitations import State
from app.rounds.letters import concerns
from app.rounds.models import Invitation
from app.web.formats import now

TEMPLATE = "thanks"


class AlreadyThanked(Exception):
    """It was sent before."""


class NotYet(Exception):
    """The conversation is not fixed, or nobody can be reached."""


@dataclass(frozen=True, slots=True)
class Thanks:
    """What the letter says."""

    name: str
    first_name: str
    text: str
    organisation: str


def how_many(conversation: Conversation) -> int:
    """How many people a word of thanks would reach."""
    if conversation.round_subject_id is None:
        return 0
    return db.session.scalar(select(func.count(Invitation.id)).where(*_asked(conversation))) or 0


def send(conversation: Conversation, text: str) -> int:
    """Puts the letter in the outbox for everyone who was asked, and says for how many. The conversation is held.

    Raises AlreadyThanked or NotYet.
    """
    if conversation.thanked_at is not None:
        raise AlreadyThanked
    emails = db.session.scalars(select(Invitation.email).where(*_asked(conversation)).order_by(Invitation.email)).all()
    if not conversation.fixed or conversation.part is None or not emails:
        raise NotYet
    conversation.thanks, conversation.thanked_at = text, now()
    for email in emails:
        messages.put(conversation.organisation_id, TEMPLATE, str(email),
                     concerns=concerns(conversation.part.round_id), conversation=conversation.id)
    db.session.flush()
    return len(emails)


def teach_thanks() -> None:
    """The outbox keeps the number of the conversation, and forgets the letter once it was delivered."""
    teach(TEMPLATE, _lookup, fleeting=True)


def thanks_of(conversation: Conversation, text: str, organisation: str) -> Thanks:
    return Thanks(conversation.person.name, conversation.person.first_name, one_line(text), organisation)


def _lookup(message: Message) -> Thanks | None:
    row = db.session.execute(
        select(Person.name, Conversation.thanks, Organisation.name)
        .join(Person, Person.id == Conversation.person_id)
        .join(Organisation, Organisation.id == Conversation.organisation_id)
        .where(
            Conversation.id == message.arguments["conversation"],
            Conversation.organisation_id == message.organisation_id,
        )
    ).first()
    if row is None:
        return None
    name, text, organisation = row
    return Thanks(name, name.split()[0], one_line(text), organisation)


def _asked(conversation: Conversation) -> tuple[ColumnElement[bool], ...]:
    """Who was invited at an address, also who would rather not; not who was taken off the list."""
    return (
        Invitation.organisation_id == conversation.organisation_id,
        Invitation.round_subject_id == conversation.round_subject_id,
        Invitation.invited_on.is_not(None),
        Invitation.email.is_not(None),
        Invitation.bounced.is_(None),
        Invitation.state != State.REMOVED,
    )
