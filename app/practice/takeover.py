"""What a new sheet begins with: facts of its traject, proposed days, and what the sheet it follows has. PURE."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from app.practice.tools import Field, Following, NewRow, Taken, Tool
from app.practice.values import Answers, CannotBeKept, read


def taken_over(tool: Tool, following: Following, earlier: Answers) -> Answers:
    """What this tool takes from the answers of the sheet it follows. What does not fit there is left behind."""
    found = {}
    for taken in following.takes:
        field = tool.field(taken.to)
        value = _taken(field, taken, earlier) if field else None
        if field and value is not None and _fits(field, value):
            found[field.code] = value
    return found


def _taken(field: Field, taken: Taken, earlier: Answers) -> Any:
    if taken.rows:
        return [row for new in taken.rows if (row := _row(new, earlier))] or None
    value = earlier.get(taken.frm or "")
    if field.type == "list" and isinstance(value, list):
        rows = ({to: row[frm] for to, frm in taken.columns.items() if row.get(frm)} for row in value)
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
