"""What people wrote in a round about one person, and whether somebody may read it."""

from __future__ import annotations

from sqlalchemy import select

from app.access import Actor, can_read_comments
from app.db import db
from app.profiles.queries import Heading
from app.profiles.round_comments import Comment
from app.profiles.round_queries import cells_of, invited
from app.profiles.round_waves import published_as
from app.rating.models import Comment as StoredComment
from app.web.formats import today


def may_read(actor: Actor, heading: Heading) -> bool:
    """Whether the actor, for whom the heading was read, may read what people wrote.

    Never of a self-assessment, where nobody wrote.
    """
    return heading.of_round and can_read_comments(actor, heading, heading.subject, today())


def comments_of(heading: Heading) -> tuple[Comment, ...]:
    """All of them, by their random keys: an order that tells nothing, and the same each time."""
    rows = db.session.execute(
        select(StoredComment.rater_group, StoredComment.question, StoredComment.text)
        .where(
            StoredComment.measurement_id == heading.id, StoredComment.organisation_id == heading.organisation_id
        )
        .order_by(StoredComment.id)
    )
    return tuple(Comment(group, question, text) for group, question, text in rows)


def asked_groups(heading: Heading) -> frozenset[str]:
    """The groups that were invited, under the names they are published by."""
    there = invited((heading,))[heading.id]
    published = published_as(cells_of((heading,))[heading.id], small_circle=there.small_circle)
    return frozenset(published.get(kind.group, kind.group) for kind in there.kinds)
