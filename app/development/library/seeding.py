"""Checking and loading the library of actions. Loading is idempotent; what disappeared is retired, never deleted."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from app.competencies.seedfile import Problem
from app.competencies.seeding import problems_beside, read_whole
from app.db import db
from app.development.library import contents as library
from app.development.library.contents import Library
from app.development.models import LibraryAction
from app.web.formats import now

LIBRARY = "actions.yaml"


def check(folder: Path) -> list[Problem]:
    """Every problem in the library, also where it does not fit the framework. Needs no database."""
    return problems_beside(folder, LIBRARY, Library, library.problems)


def load(folder: Path) -> None:
    """Make the library what the folder says. Flushes only. Raises ValueError when it has problems: check first."""
    ours = select(LibraryAction).where(LibraryAction.organisation_id.is_(None)).order_by(LibraryAction.code)
    known = {row.code: row for row in db.session.scalars(ours)}
    for position, action in enumerate(read_whole(folder / LIBRARY, Library).actions):
        row = known.pop(action.code, None)
        if row is None:
            row = LibraryAction(code=action.code)
            db.session.add(row)
        row.position, row.document, row.retired_at = position, action.model_dump(mode="json"), None
    for row in known.values():
        row.retired_at = row.retired_at or now()
    db.session.flush()
