"""The statements of a rater who answers and sends, built once: they run more often than all others together."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Delete, Select, Update, bindparam, delete, select, update

from app.assessments.statements import insert
from app.db import Base
from app.rating.models import CommentEnvelope, Draft, Envelope
from app.rounds.models import Invitation, Round, RoundSubject

_draft, _envelope, _comments, _invitation, _part, _round = (
    Base.metadata.tables[model.__tablename__]
    for model in (Draft, Envelope, CommentEnvelope, Invitation, RoundSubject, Round)
)


@cache
def hold(*, to_send: bool) -> Select[*tuple[Any, ...]]:
    """Holds the invitation `of` until the commit, and tells how it stands: see queries.check.

    Those who save may do so beside each other; who sends is alone, and holds the round's state with it. The round is
    not held while saving: everybody who answers would write in that one row.
    """
    held = (
        select(
            _invitation.c.answered,
            _invitation.c.state.label("invitation_state"),
            _round.c.state.label("round_state"),
            _round.c.closes_on,
        )
        .join(_part, _part.c.id == _invitation.c.round_subject_id)
        .join(_round, _round.c.id == _part.c.round_id)
        .where(_invitation.c.id == bindparam("of"))
    )
    return held.with_for_update(of=_invitation, read=not to_send)


@cache
def hold_round() -> Select[*tuple[Any, ...]]:
    """Keeps the round `of` in its state until the commit."""
    return select(_round.c.id).where(_round.c.id == bindparam("of")).with_for_update(read=True)


@cache
def put_draft(dialect: str) -> Any:
    """Keeps an answer, whether there was one or not."""
    put = insert(dialect, _draft)
    return put.on_conflict_do_update(index_elements=["invitation_id", "item"], set_={"box": put.excluded.box})


@cache
def drafts() -> Select[*tuple[Any, ...]]:
    return select(_draft.c.item, _draft.c.box).where(_draft.c.invitation_id == bindparam("of"))


@cache
def drop_drafts() -> Delete:
    return delete(_draft).where(_draft.c.invitation_id == bindparam("of"))


@cache
def put_envelope() -> Any:
    return _envelope.insert()


@cache
def put_comments() -> Any:
    return _comments.insert()


@cache
def mark_answered() -> Update:
    return update(_invitation).where(_invitation.c.id == bindparam("of")).values(answered=True)
