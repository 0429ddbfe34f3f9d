"""Checking and loading the library of actions. Loading is idempotent; what disappeared is retired, never deleted."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import select

from app.competencies import seedfile
from app.competencies.seedfile import Problem
from app.competencies.seeding import FRAMEWORK
from app.db import db
from app.development import library
from app.development.library import Library
from app.development.models import LibraryAction
from app.web.formats import now

LIBRARY = "actions.yaml"


def check(folder: Path) -> list[Problem]:
    """Every problem in the library, also where it does not fit the framework. Needs no database."""
    document, problems = seedfile.read(folder / LIBRARY)
    if document is not None:
        framework, _told_elsewhere = seedfile.read(folder / FRAMEWORK)
        problems += seedfile.validate(Library, document, LIBRARY)[1]
        problems += library.problems(document, framework, LIBRARY)
    return sorted(set(problems))


def load(folder: Path) -> None:
    """Make the library what the folder says. Flushes only. Raises ValueError when it has problems: check first."""
    document, problems = seedfile.read(folder / LIBRARY)
    if document is None:
        raise ValueError(problems[0].message)
    ours = select(LibraryAction).where(LibraryAction.organisation_id.is_(None)).order_by(LibraryAction.code)
    known = {row.code: row for row in db.session.scalars(ours)}
    for position, action in enumerate(Library.model_validate(document).actions):
        row = known.pop(action.code, None)
        if row is None:
            row = LibraryAction(code=action.code)
            db.session.add(row)
        row.position, row.document, row.retired_at = position, action.model_dump(mode="json"), None
    for row in known.values():
        row.retired_at = row.retired_at or now()
    db.session.flush()
