"""The statements that save an answer, built once: they run more often than all others together.

Core statements, so that a save costs no unit of work; each names the one self-assessment that the caller may change.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Delete, Table, Update, bindparam, delete, update
from sqlalchemy.dialects import postgresql, sqlite

from app.assessments.models import SelfAnswer, SelfAssessment, SelfNote
from app.db import Base

_assessment, _answer, _note = (
    Base.metadata.tables[table.__tablename__] for table in (SelfAssessment, SelfAnswer, SelfNote)
)


def insert(dialect: str, table: type[Any] | Table) -> Any:
    """INSERT … ON CONFLICT, in the database's own words."""
    return (sqlite if dialect == "sqlite" else postgresql).insert(table)


@cache
def hold() -> Update:
    """Returns a row when the self-assessment `of` still runs, and holds it until the commit."""
    return (
        update(_assessment)
        .where(_assessment.c.id == bindparam("of"), _assessment.c.finished_at.is_(None))
        .values(saved_at=bindparam("at"))
        .returning(_assessment.c.id)
    )


@cache
def put_answer(dialect: str) -> Any:
    """Keeps an answer, whether there was one or not."""
    put = insert(dialect, _answer)
    return put.on_conflict_do_update(
        index_elements=["assessment_id", "indicator_code"],
        set_={"score": put.excluded.score, "cannot_say": put.excluded.cannot_say},
    )


@cache
def clear_answers() -> Delete:
    return delete(_answer).where(
        _answer.c.assessment_id == bindparam("of"), _answer.c.indicator_code.in_(bindparam("codes", expanding=True))
    )


@cache
def put_note(dialect: str, *named: str) -> Any:
    """Counts a change on a page, with the columns that it names, and returns the page's new revision."""
    put = insert(dialect, _note).values(revision=1)
    return put.on_conflict_do_update(
        index_elements=["assessment_id", "competency_code"],
        set_={"revision": _note.c.revision + 1, **{column: put.excluded[column] for column in named}},
    ).returning(_note.c.revision)
