"""Reading the library: what can be chosen, and what once was."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import or_, select

from app.db import db
from app.development.library.contents import Action
from app.development.models import LibraryAction


def to_choose(organisation_id: int | None = None) -> tuple[Action, ...]:
    """The actions to choose from, in the order of the library; those that this organisation added come last."""
    whose = LibraryAction.organisation_id
    rows = (
        select(LibraryAction.document)
        .where(LibraryAction.retired_at.is_(None), or_(whose.is_(None), whose == organisation_id))
        .order_by(whose.is_not(None), LibraryAction.position)
    )
    return tuple(Action.model_validate(document) for document in db.session.scalars(rows))


def named(organisation_id: int, codes: Iterable[str]) -> tuple[Action, ...]:
    """These actions, also those that were retired since; none that another organisation added."""
    if not (wanted := sorted(codes)):
        return ()
    whose = LibraryAction.organisation_id
    rows = (
        select(LibraryAction.document)
        .where(LibraryAction.code.in_(wanted), or_(whose.is_(None), whose == organisation_id))
        .order_by(LibraryAction.position)
    )
    return tuple(Action.model_validate(document) for document in db.session.scalars(rows))
