"""A sheet as it is read: on its page, on paper, and by the rooms above as labels with their text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.practice.costs import Costs, costs_of
from app.practice.models import PracticeSheet
from app.practice.queries import tool_of
from app.practice.tools import Field, Phase, Tool
from app.practice.values import Answers, missing
from app.practice.words import phase_named, said, text_said
from app.web.formats import date


@dataclass(frozen=True, slots=True)
class Line:
    """A question and what was filled in, in words. `text` has a line for every row of a list."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Read:
    """One field on the page that shows a sheet; `rows` only of a list, each with a text for every column; `costs` only
    of a list that is added up.
    """

    field: Field
    text: str
    rows: tuple[tuple[str, ...], ...]
    costs: Costs | None = None


@dataclass(frozen=True, slots=True)
class ReadPhase:
    name: str
    fields: tuple[Read, ...]


def lines_of(tool: Tool, answers: Answers) -> tuple[Line, ...]:
    """What was filled in, in the order of the tool. Nothing of what is empty."""
    costs = costs_of(tool, answers)
    told = [Line(field.label, said(field, answers.get(field.code))) for field in tool.fields]
    if costs is not None and costs.lines:
        told.append(Line(_("Opgeteld"), "\n".join(f"{label}: {amount}" for label, amount in costs.totals)))
    return tuple(line for line in told if line.text)


def title_of(sheet: PracticeSheet) -> str:
    """How a sheet is called in a list: the tool, and the case code or what else tells it from others."""
    tool = tool_of(sheet)
    return _called(tool, told_apart(sheet, tool))


def title_in(tool: Tool, answers: Answers) -> str:
    """The same for what stood on a sheet, which may be gone."""
    return _called(tool, _apart(tool, answers))


def told_apart(sheet: PracticeSheet, tool: Tool) -> str:
    """What tells this sheet from others of its tool: its case code, its school, or the first thing it says."""
    if sheet.traject is not None:
        return sheet.traject.case_code
    return _apart(tool, sheet.answers)


def _called(tool: Tool, told: str) -> str:
    return f"{tool.name}: {told}" if told else tool.name


def _apart(tool: Tool, answers: Answers) -> str:
    for field in (tool.telling("case-code"), tool.telling("school"), tool.fields[0]):
        if field and (text := said(field, answers.get(field.code))):
            return text if len(text) <= 80 else f"{text[:79].rstrip()}…"
    return ""


def read(tool: Tool, answers: Mapping[str, object], phase: Phase) -> ReadPhase:
    """One phase of a sheet, with its empty fields too."""
    return ReadPhase(phase_named(phase), tuple(read_field(tool, field, answers) for field in tool.of_phase(phase)))


def read_field(tool: Tool, field: Field, answers: Mapping[str, object]) -> Read:
    value = answers.get(field.code)
    costs = costs_of(tool, answers) if field.sums else None
    return Read(field, said(field, value), _rows(field, value, costs), costs)


def _rows(field: Field, value: object, costs: Costs | None) -> tuple[tuple[str, ...], ...]:
    """Every row with a text for every column, and with its amount also where that was worked out."""
    if field.type != "list" or not isinstance(value, list):
        return ()
    added = {(number, field.sums.amount): line.amount for number, line in enumerate(costs.lines)} \
        if costs and field.sums else {}
    return tuple(tuple(added.get((number, column.code)) or
                       (text_said(column.type, row[column.code]) if row.get(column.code) else "")
                       for column in field.columns) for number, row in enumerate(value))


def evaluation_day(sheet: PracticeSheet, tool: Tool) -> dt.date | None:
    """When it is time to evaluate: as the sheet says, or its traject."""
    field = tool.proposing("evaluation")
    day = sheet.answers.get(field.code) if field else None
    if isinstance(day, str):
        return dt.date.fromisoformat(day)
    return sheet.traject.evaluation_on if sheet.traject else None


def is_time(sheet: PracticeSheet, tool: Tool, phase: Phase, today: dt.date) -> bool:
    """Whether a later phase is due: what comes after the work when the sheet is finished, an evaluation on its day."""
    day = evaluation_day(sheet, tool) if phase == "evaluation" else None
    return day <= today if day else sheet.finished_at is not None


def still_open(sheet: PracticeSheet, tool: Tool) -> Phase | None:
    """The first later phase of a finished sheet in which something is missing."""
    return next((phase for phase in tool.later_phases if missing(tool.of_phase(phase), sheet.answers)), None)


def is_busy(sheet: PracticeSheet, today: dt.date) -> bool:
    """Whether there is something to do: it is not finished, or what comes after the work is due."""
    tool = tool_of(sheet)
    later = still_open(sheet, tool)
    return sheet.finished_at is None or (later is not None and is_time(sheet, tool, later, today))


def standing(sheet: PracticeSheet, today: dt.date) -> str:
    """How far a sheet is, in a few words."""
    if sheet.finished_at is None:
        return _("bezig, laatst bewaard op %(day)s", day=date(sheet.changed_at))
    tool = tool_of(sheet)
    finished = _("afgerond op %(day)s", day=date(sheet.finished_at))
    later, day = still_open(sheet, tool), evaluation_day(sheet, tool)
    if later is None:
        return finished
    if is_time(sheet, tool, later, today):
        return _("%(finished)s · vul nu de %(phase)s in", finished=finished, phase=phase_named(later).lower())
    return _("%(finished)s · %(phase)s vanaf %(day)s", finished=finished, phase=phase_named(later).lower(),
             day=date(day or today))
