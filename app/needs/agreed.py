"""The niveaus that were agreed in a dienst, for a momentopname, and the words of roles that momentopnamen keep."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import undefer

from app.conversations.models import AgreedLevel, Conversation
from app.conversations.topics import ASPECT
from app.db import db
from app.measurement.coverage import Coverage
from app.needs.models import Snapshot
from app.needs.role_words import Agreed, Moment, Word


def agreed_by(organisation_id: int, people: Iterable[int], at: dt.datetime) -> Mapping[int, Agreed]:
    """What had been agreed with each of these, with whomever; one statement. Not for a page."""
    rows = db.session.execute(
        select(Conversation.person_id, Conversation.fixed_at, Conversation.id, AgreedLevel.kind, AgreedLevel.code,
               AgreedLevel.level)
        .join(AgreedLevel, AgreedLevel.conversation_id == Conversation.id)
        .where(Conversation.organisation_id == organisation_id, Conversation.fixed_at <= at)
        .order_by(Conversation.fixed_at, Conversation.id)
    )
    found: dict[int, tuple[dict[str, tuple[int, Moment]], dict[str, tuple[int, Moment]]]] = {
        person: ({}, {}) for person in people
    }
    for person, fixed_at, conversation, kind, code, level in rows:
        if person in found and fixed_at is not None:
            found[person][kind == ASPECT][code] = level, (fixed_at, conversation)   # the later one replaces the earlier
    return {person: Agreed(roles, aspects) for person, (roles, aspects) in found.items()}


def words_before(organisation_id: int) -> Mapping[str, Sequence[Word]]:
    """Per role every word that was made of people, with these, the oldest first. Not for a page."""
    rows = db.session.scalars(
        select(Snapshot).where(Snapshot.organisation_id == organisation_id)
        .order_by(Snapshot.taken_at, Snapshot.id).options(undefer(Snapshot.role_members))
    )
    found: dict[str, list[Word]] = defaultdict(list)
    for one in rows:
        for role, members in one.role_members.items():
            found[role].append(Word(Coverage(one.roles[role][0]), one.taken_at,
                                    frozenset((person, conversation) for person, conversation in members)))
    return found


def columns(words: Mapping[str, Word]) -> dict[str, Any]:
    """As a momentopname keeps them."""
    return {
        "roles": {role: [str(one.word), one.made_at.isoformat()] for role, one in words.items()},
        "role_members": {role: [list(member) for member in sorted(one.members)]
                         for role, one in words.items() if one.members},
    }
