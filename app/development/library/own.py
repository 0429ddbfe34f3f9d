"""What an organisation adds to the library for its own people. Flushes only. What it takes away is retired: goals that
were made with it keep it.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.seedfile import Document
from app.db import db
from app.development.library import contents as library
from app.development.library.contents import OWN, Action
from app.development.models import LibraryAction
from app.organisations.models import Organisation
from app.web.formats import now

SOURCE = "redactioneel"     # every action names where it comes from; these come from the dienst itself


@dataclass(frozen=True, slots=True)
class OwnAction:
    """An action of the organisation's own, and whether it can still be chosen."""

    action: Action
    retired: bool


def actions_of(actor: Actor) -> Sequence[OwnAction]:
    """Everything that her organisation ever added: what can be chosen first, in the order in which it was made."""
    rows = db.session.scalars(
        select(LibraryAction)
        .where(LibraryAction.organisation_id == actor.organisation_id)
        .order_by(LibraryAction.retired_at.is_not(None), LibraryAction.position)
    )
    return tuple(OwnAction(Action.model_validate(row.document), row.retired_at is not None) for row in rows)


def action_of(actor: Actor, number: int, *, hold: bool = False) -> OwnAction | None:
    """One of them, by the number in its code; held, nobody else can change it until this transaction ends."""
    row = _row(actor, number, hold=hold)
    return None if row is None else OwnAction(Action.model_validate(row.document), row.retired_at is not None)


def problems(document: Document, catalog: Catalog) -> Sequence[tuple[str, str]]:
    """What the library would refuse of an action, as pairs of its key and a message."""
    return library.problems_of(document, catalog.model_dump(mode="json"))


def add(actor: Actor, document: Document) -> str:
    """Its code: a prefix and a number. The same twice is one. The document has no problems, and no code yet."""
    held = select(Organisation.id).where(Organisation.id == actor.organisation_id)
    db.session.execute(held.with_for_update(key_share=True))
    for row in db.session.scalars(_own(actor).where(LibraryAction.retired_at.is_(None))):
        if row.document == _stored({**document, "code": row.code}):
            return row.code
    position = db.session.scalar(select(func.max(LibraryAction.position)).where(
        LibraryAction.organisation_id == actor.organisation_id))
    code = f"{OWN}{secrets.randbelow(2**31 - 1) + 1}"
    db.session.add(LibraryAction(code=code, position=(position or 0) + 1, organisation_id=actor.organisation_id,
                                 document=_stored({**document, "code": code})))
    db.session.flush()
    return code


def change(actor: Actor, number: int, document: Document) -> None:
    """Goals that were made with it keep what was copied. Raises KeyError for what is not hers to change."""
    row = _known(actor, number)
    row.document = _stored({**document, "code": row.code})
    db.session.flush()


def retire(actor: Actor, number: int) -> None:
    """Nobody can choose it any more. Raises KeyError."""
    row = _known(actor, number)
    row.retired_at = row.retired_at or now()
    db.session.flush()


def bring_back(actor: Actor, number: int) -> None:
    """It can be chosen again. Raises KeyError."""
    _known(actor, number).retired_at = None
    db.session.flush()


def _stored(document: Document) -> Document:
    return Action.model_validate(document).model_dump(mode="json")


def _own(actor: Actor) -> Select[LibraryAction]:
    return select(LibraryAction).where(LibraryAction.organisation_id == actor.organisation_id)


def _row(actor: Actor, number: int, *, hold: bool = False) -> LibraryAction | None:
    found = _own(actor).where(LibraryAction.code == f"{OWN}{number}")
    return db.session.scalar(found.with_for_update() if hold else found)


def _known(actor: Actor, number: int) -> LibraryAction:
    row = _row(actor, number)
    if row is None:
        raise KeyError(number)
    return row
