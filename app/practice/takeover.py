"""What a new sheet begins with: facts of its traject, proposed days, and what the sheet it follows has. PURE."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from app.practice.tools import Field, Following, NewRow, Taken, Tool
from app.practice.values import Answers, CannotBeKept, read


def taken_over(tool: Tool, following: Following, earlier: Answers) -> Answers:
    """What this tool takes from the answers of the sheet it follows. What does not fit there is left behind."""
    found = {field.code: _fitting(field, value) for field, value in _takes(tool, following, earlier)}
    return {code: value for code, value in found.items() if value is not None}


def left_behind(tool: Tool, following: Following, earlier: Answers) -> tuple[Field, ...]:
    """The fields for which something did not fit, all of it or some rows."""
    return tuple(field for field, value in _takes(tool, following, earlier) if _fitting(field, value) != value)


def _takes(tool: Tool, following: Following, earlier: Answers) -> Iterator[tuple[Field, Any]]:
    for taken in following.takes:
        field = tool.field(taken.to)
        value = _taken(field, taken, earlier) if field else None
        if field is not None and value is not None:
            yield field, value


def _fitting(field: Field, value: Any) -> Any:
    """The value, or of a list the rows that fit; None when nothing does."""
    if field.type == "list" and isinstance(value, list):
        return [row for row in value if _fits(field, [row])] or None
    return value if _fits(field, value) else None


def _taken(field: Field, taken: Taken, earlier: Answers) -> Any:
    if taken.rows:
        return [row for new in taken.rows if (row := _row(new, earlier))] or None
    value = earlier.get(taken.frm or "")
    if field.type == "list" and isinstance(value, list):
        rows = ({to: row[frm] for to, frm in taken.columns.items() if row.get(frm)} for row in value
                if isinstance(row, dict))
        return [row for row in rows if row] or None
    return value


def _row(new: NewRow, earlier: Answers) -> Mapping[str, str]:
    """A row with what was filled in; none of it, and its fixed words make no row either."""
    told = {column: earlier[source] for column, source in new.fields.items() if isinstance(earlier.get(source), str)}
    return {**new.texts, **told} if told else {}


def _fits(field: Field, value: Any) -> bool:
    """A text that is longer than its new place stays behind, whole: half a text would say something else."""
    try:
        return read(field, value) is not None
    except CannotBeKept:
        return False
