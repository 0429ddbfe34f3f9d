"""What people wrote in a round about one person, and who may read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Accompanied, Actor, Readable, can_read_comments
from app.db import db
from app.people.models import Person
from app.profiles.models import Share
from app.profiles.round_comments import Comment
from app.rating.models import Comment as StoredComment
from app.rounds.models import RoundSubject
from app.web.formats import today


@dataclass(frozen=True, slots=True)
class Rules:
    """What was told beforehand, and what the subject decided afterwards; see access.Written."""

    lead_reads_comments: bool
    comments_kept: bool
    comments_shared_with: frozenset[int]


def may_read(actor: Actor, measurement_id: int, profile: Readable) -> bool:
    """Whether the actor may read what people wrote; False for a measurement that did not come out of a round."""
    if (part := _part_of(measurement_id, actor.organisation_id)) is None:
        return False
    subject: Accompanied = part.person
    rules = Rules(
        part.round.lead_reads_comments, part.comments_kept, _shared_with(measurement_id, actor.organisation_id, today())
    )
    return can_read_comments(actor, profile, rules, subject, today())


def comments_of(measurement_id: int, organisation_id: int) -> tuple[Comment, ...]:
    """All of them, by their random keys: an order that tells nothing, and the same each time."""
    rows = db.session.execute(
        select(StoredComment.rater_group, StoredComment.question, StoredComment.text)
        .where(StoredComment.measurement_id == measurement_id, StoredComment.organisation_id == organisation_id)
        .order_by(StoredComment.id)
    )
    return tuple(Comment(group, question, text) for group, question, text in rows)


def _part_of(measurement_id: int, organisation_id: int) -> RoundSubject | None:
    return db.session.scalar(
        select(RoundSubject)
        .where(RoundSubject.measurement_id == measurement_id, RoundSubject.organisation_id == organisation_id)
        .options(
            joinedload(RoundSubject.round), joinedload(RoundSubject.person).options(selectinload(Person.memberships))
        )
    )


def _shared_with(measurement_id: int, organisation_id: int, day: dt.date) -> frozenset[int]:
    """With whom the subject shares them on this day."""
    return frozenset(
        db.session.scalars(
            select(Share.reader_id).where(
                Share.measurement_id == measurement_id,
                Share.organisation_id == organisation_id,
                Share.with_comments,
                Share.until >= day,
                Share.withdrawn_at.is_(None),
            )
        )
    )
