"""What the start page shows of conversations: those that are to come, and those that wait to be fixed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, exists, or_, select
from sqlalchemy.orm import aliased

from app.access import Actor
from app.conversations.models import Conversation, Preparation
from app.db import db
from app.people.models import Membership, Person
from app.web.formats import now


@dataclass(frozen=True, slots=True)
class TalkCard:
    """A conversation that is not fixed. `at`: None while no day is chosen; `prepared`: by her who reads
    this; `waits`: the other confirmed it, and she did not; `confirmed`: she did; `passed`: its moment was.
    """

    id: int
    name: str
    at: dt.datetime | None
    place: str
    about_round: bool
    prepared: bool
    waits: bool
    confirmed: bool
    passed: bool

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


def open_talks(actor: Actor) -> tuple[TalkCard, ...]:
    """Of this actor, with whoever she works with now: what waits for her, then what was, then what is to come."""
    other, person = aliased(Person), aliased(Person)
    hers = Conversation.person_id == actor.person_id
    prepared = exists().where(Preparation.conversation_id == Conversation.id, Preparation.person_id == actor.person_id)
    rows = db.session.execute(
        select(Conversation, other.name, prepared.label("prepared"))
        .join(person, person.id == Conversation.person_id)
        .join(other, other.id == case((hers, Conversation.partner_id), else_=Conversation.person_id))
        .where(
            Conversation.organisation_id == actor.organisation_id,
            or_(hers, Conversation.partner_id == actor.person_id),
            Conversation.fixed_at.is_(None),
            Conversation.called_off_at.is_(None),
            other.active,
            or_(person.discussion_partner_id == Conversation.partner_id, _leads()),
        )
    ).all()
    cards = [_card(conversation, name, actor.person_id, prepared=made) for conversation, name, made in rows]
    return tuple(sorted(cards, key=_place))


def _leads() -> ColumnElement[bool]:
    """Whether the partner leads a team in which she works (app.access.can_talk_with)."""
    leads, works = aliased(Membership), aliased(Membership)
    return exists().where(
        leads.person_id == Conversation.partner_id, leads.leads.is_(True),
        works.person_id == Conversation.person_id, works.leads.is_(False), works.team_id == leads.team_id,
    )


def _card(conversation: Conversation, name: str, me: int, *, prepared: bool) -> TalkCard:
    own, theirs = conversation.person_confirmed_at, conversation.partner_confirmed_at
    if me != conversation.person_id:
        own, theirs = theirs, own
    at = conversation.planned_at
    return TalkCard(
        id=conversation.id, name=name, at=at, place=conversation.place, prepared=prepared,
        about_round=conversation.round_subject_id is not None, waits=theirs is not None and own is None,
        confirmed=own is not None, passed=at is not None and at <= now(),
    )


def _place(card: TalkCard) -> tuple[bool, bool, bool, float, int]:
    return not card.waits, not card.passed, card.at is None, card.at.timestamp() if card.at else 0.0, card.id
