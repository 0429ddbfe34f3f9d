"""Planning a conversation. Flushes only."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import can_talk_with
from app.competencies.services import pin
from app.conversations.agreeing import AlreadyFixed, changed
from app.conversations.models import Conversation
from app.db import db
from app.people.models import Person
from app.rounds.models import RoundSubject


class TakenOn(Exception):
    """Somebody else holds the conversation about this part."""


def plan(
    person: Person, partner_id: int, framework_version_id: int, planned_at: dt.datetime | None, place: str,
    part: RoundSubject | None = None,
) -> Conversation:
    """A conversation with this person, who is held and has her teams. The same twice is one; about a part there is one.

    About a part that has one with the same partner: that one gets this day and place. When its partner works with her
    no longer, it stays with her alone, and a new one is made. Raises TakenOn, or AlreadyFixed.
    """
    present = _present(person, partner_id, planned_at, place, part)
    if present is not None and part is not None and present.partner_id != partner_id:
        if present.fixed:
            raise AlreadyFixed
        if can_talk_with(present.partner.actor, person) and present.partner.active:
            raise TakenOn
        present.round_subject_id = None
        db.session.flush()
        present = None
    if present is not None:
        move(present, planned_at, place)
        return present
    conversation = Conversation(
        organisation_id=person.organisation_id,
        round_subject_id=part.id if part else None,
        person_id=person.id,
        partner_id=partner_id,
        framework_version_id=framework_version_id,
        planned_at=planned_at,
        place=place,
    )
    db.session.add(conversation)
    db.session.flush()
    pin(framework_version_id)
    return conversation


def move(conversation: Conversation, planned_at: dt.datetime | None, place: str) -> None:
    """Another day or place. Raises AlreadyFixed."""
    if (conversation.planned_at, conversation.place) == (planned_at, place):
        return
    if conversation.fixed:
        raise AlreadyFixed
    conversation.planned_at, conversation.place = planned_at, place
    changed(conversation)


def _present(
    person: Person, partner_id: int, planned_at: dt.datetime | None, place: str, part: RoundSubject | None
) -> Conversation | None:
    """The one about this part; about none, the one that a double click would make again."""
    found = select(Conversation).where(
        Conversation.organisation_id == person.organisation_id, Conversation.person_id == person.id
    )
    if part is not None:
        found = found.where(Conversation.round_subject_id == part.id)
    else:
        found = found.where(
            Conversation.round_subject_id.is_(None), Conversation.partner_id == partner_id,
            Conversation.planned_at == planned_at, Conversation.place == place, Conversation.fixed_at.is_(None),
            Conversation.revision == 0,
        )
    return db.session.scalars(
        found.options(joinedload(Conversation.partner).selectinload(Person.memberships)).limit(1)
    ).first()
