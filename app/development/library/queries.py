"""Reading the library: what can be chosen, and what once was."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.db import db
from app.development.library.contents import Action
from app.development.models import LibraryAction


@dataclass(frozen=True, slots=True)
class Shelf:
    """The actions to choose from, and by its code every one that was named, also what was retired since."""

    to_choose: tuple[Action, ...]
    named: Mapping[str, Action]


def shelf(organisation_id: int | None = None, codes: Collection[str] = ()) -> Shelf:
    """In the order of the library; what this organisation added comes last, and nothing of another one is in it."""
    whose = LibraryAction.organisation_id
    retired = LibraryAction.retired_at.is_not(None)
    rows = db.session.execute(
        select(LibraryAction.document, retired)
        .where(or_(~retired, LibraryAction.code.in_(sorted(codes))), or_(whose.is_(None), whose == organisation_id))
        .order_by(whose.is_not(None), LibraryAction.position)
    )
    found = [(Action.model_validate(document), gone) for document, gone in rows]
    return Shelf(tuple(action for action, gone in found if not gone),
                 {action.code: action for action, _gone in found if action.code in codes})


def to_choose(organisation_id: int | None = None) -> tuple[Action, ...]:
    """What is on the shelf, where nothing is named."""
    return shelf(organisation_id).to_choose


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
