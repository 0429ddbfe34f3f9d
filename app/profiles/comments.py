"""What people wrote in a round about one person, and whether somebody may read it."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import Actor, can_read_comments, can_view_profile
from app.db import db
from app.people.models import Person
from app.profiles.queries import Heading
from app.profiles.round_comments import Comment
from app.profiles.round_queries import cells_of, invited
from app.profiles.round_waves import published_as
from app.rating.models import Comment as StoredComment
from app.web.formats import today


def may_read(actor: Actor, heading: Heading) -> bool:
    """Whether the actor may read what people wrote; never of a self-assessment, where nobody wrote."""
    if not heading.of_round:
        return False
    if can_view_profile(actor, heading):        # the rule says the same, without asking who leads her
        return heading.released
    subject = db.session.scalars(
        select(Person)
        .where(Person.id == heading.subject_id, Person.organisation_id == actor.organisation_id)
        .options(selectinload(Person.memberships))
    ).one_or_none()
    return subject is not None and can_read_comments(actor, heading, subject, today())


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
