"""The form of a sheet: its fields as they stand there, with what is to be mended, known or warned of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Any

from flask_babel import gettext as _

from app.access import Actor
from app.competencies.queries import current_framework
from app.practice import queries
from app.practice.costs import Costs, costs_of
from app.practice.forms.sheet import SentForm
from app.practice.models import PracticeSheet
from app.practice.privacy import Finding, findings
from app.practice.queries import tool_of
from app.practice.reading import evaluation_day, is_time, title_of
from app.practice.services import may_change, to_mend
from app.practice.takeover import left_behind, taken_over
from app.practice.tools import FIRST_PHASE, Field, Phase, Tool
from app.practice.values import LONGEST, LONGEST_CELL, Problem, is_missing, mark_of, stored
from app.practice.words import MOST_TOLD, phase_named, problem_said, said, typed, warning_said
from app.web.formats import date, today

Row = Mapping[str, str]
CHECKED = ("text", "long", "list")      # where a name could be written; a school is no person


@dataclass(frozen=True, slots=True)
class Shown:
    """A field on the form. `value`: as its inputs have it; `rows` of a list, as many as are shown; `costs`: what stands
    below it, where it is the choice of btw.
    """

    field: Field
    value: Any
    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    warning: str
    mark: str
    costs: Costs | None = None

    @property
    def told(self) -> tuple[str, ...]:
        return tuple(problem_said(problem, self.field) for problem in self.problems)

    def wrong_at(self, row: int, column: str) -> bool:
        """Whether this cell (rows from 1) is to be mended."""
        return any((problem.row, problem.column) == (row, column) for problem in self.problems)

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """The points of a scale, each as value and label."""
        return tuple((point, point) for point in self.field.points)

    @property
    def most(self) -> int:
        return LONGEST_CELL if self.field.type == "list" else LONGEST.get(self.field.type, LONGEST["text"])


@dataclass(frozen=True, slots=True)
class ShownPhase:
    """One phase. `fixed`: it can only be read. `folded`: it is not yet time for it."""

    phase: Phase
    name: str
    fields: tuple[Shown, ...]
    fixed: bool
    folded: bool


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What this form has for a field that was changed elsewhere meanwhile; it was not stored."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The earlier sheet that this one goes on from, as long as it is filled in. `taken`: what stands here as it does
    there; `left`: of what something was too long.
    """

    sheet_id: int
    title: str
    taken: tuple[Field, ...]
    left: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class SheetPage:
    sheet: PracticeSheet
    tool: Tool
    phases: tuple[ShownPhase, ...]
    problems: tuple[Problem, ...]
    elsewhere: tuple[Elsewhere, ...]
    schools: tuple[str, ...]
    evaluation_on: dt.date | None
    origin: Origin | None

    @property
    def to_mend(self) -> tuple[tuple[Field, str], ...]:
        """What keeps it from being finished, and what to do about it where that is not just filling it in."""
        return tuple((field, _how(field, self.tool, self.sheet.answers))
                     for field in to_mend(self.tool, self.sheet.answers))

    @property
    def can_change(self) -> bool:
        return any(not phase.fixed for phase in self.phases)


def page_of(actor: Actor, sheet: PracticeSheet, *, more: str = "", sent: SentForm | None = None,
            torn: Mapping[str, Any] | None = None) -> SheetPage:
    """The page of a sheet. `more`: the list that gets an empty row more. `sent`: a form that was refused, shown as it
    came. `torn`: what could not be stored.
    """
    tool = tool_of(sheet)
    schools = tuple(queries.schools_of(actor))
    problems = sent.problems if sent else ()
    asking = _Asking(actor, schools)
    btw = tool.adding.sums.vat if tool.adding and tool.adding.sums else None

    def shown(field: Field) -> Shown:
        kept = sheet.answers.get(field.code)
        as_it_came = sent is not None and field.code in sent.typed
        value = sent.typed[field.code] if sent and as_it_came else _as_typed(field, kept)
        return Shown(
            field, value, _rows(field, value, field.code == more),
            tuple(problem for problem in problems if problem.field == field.code),
            asking.warning(field, value, kept=sent is None),
            (sent.marks.get(field.code) if sent else None) or mark_of(kept),
            costs_of(tool, sheet.answers) if field.code == btw and sent is None else None,
        )

    def part(phase: Phase) -> ShownPhase:
        fields = tuple(shown(field) for field in tool.of_phase(phase))
        fixed = any(not may_change(sheet, one.field) for one in fields)
        begun = any(one.field.code in sheet.answers or one.problems or one.field.code == more for one in fields)
        later = phase != FIRST_PHASE
        return ShownPhase(phase, phase_named(phase), fields, fixed,
                          folded=later and not begun and not is_time(sheet, tool, phase, today()))

    return SheetPage(
        sheet, tool, tuple(part(phase) for phase in (FIRST_PHASE, *tool.later_phases)), problems,
        tuple(Elsewhere(field.label, said(field, stored(torn[field.code])))
              for field in tool.fields if torn and field.code in torn),
        schools, evaluation_day(sheet, tool), _origin(actor, sheet, tool),
    )


def inputs_of(sheet: PracticeSheet) -> Mapping[str, Any]:
    """Everything that is filled in, as the inputs of the form have it: for the script of a page that is behind."""
    return {field.code: _as_typed(field, sheet.answers[field.code])
            for field in tool_of(sheet).fields if field.code in sheet.answers}


def warnings_of(actor: Actor, sheet: PracticeSheet, codes: Mapping[str, object]) -> Mapping[str, str]:
    """For each of these fields what looks like a person in it; empty where nothing does."""
    asking = _Asking(actor, None)
    fields = ((code, tool_of(sheet).field(code)) for code in codes)
    return {code: asking.warning(field, sheet.answers.get(code)) for code, field in fields if field}


def warning_of(actor: Actor, *texts: str) -> str:
    """What looks like a person in texts of another room; empty where nothing does."""
    return _Asking(actor, None).told(texts)


def _how(field: Field, tool: Tool, answers: Mapping[str, Any]) -> str:
    if is_missing(field, answers):
        return _("ten minste %(count)s rijen", count=field.rows_needed) if field.rows_needed > 1 else ""
    if field == tool.adding and (costs := costs_of(tool, answers)):
        return " ".join(costs.without_amount)
    start = tool.proposing("start")
    day = dt.date.fromisoformat(answers[start.code]) if start else today()
    return _("De evaluatie ligt voor de start. Kies een dag na %(day)s.", day=date(day))


def _origin(actor: Actor, sheet: PracticeSheet, tool: Tool) -> Origin | None:
    earlier = queries.sheet_of(actor, sheet.follows_id) if sheet.follows_id and sheet.finished_at is None else None
    following = tool.following(tool_of(earlier).code) if earlier else None
    if earlier is None or following is None:
        return None
    taken = taken_over(tool, following, earlier.answers)
    same = {code for code, value in taken.items() if sheet.answers.get(code) == value}
    return Origin(
        earlier.id, title_of(earlier), tuple(field for field in tool.fields if field.code in same),
        left_behind(tool, following, earlier.answers),
    )


class _Asking:
    """Looks for people in texts; the terms and schools that are none are read when the first one seems found."""

    def __init__(self, actor: Actor, schools: tuple[str, ...] | None) -> None:
        self.actor, self.schools = actor, schools
        self.known: tuple[str, ...] = ()

    def warning(self, field: Field, value: Any, *, kept: bool = True) -> str:
        """`kept`: what is looked at is stored."""
        if field.type not in CHECKED or not value:
            return ""
        texts = [value] if isinstance(value, str) else [text for row in value for text in row.values()]
        return self.told(texts, kept=kept)

    def told(self, texts: Iterable[str], *, kept: bool = True) -> str:
        found: dict[Finding, None] = {}
        for text in texts:
            if len(found) < MOST_TOLD and findings(text, today()):
                found |= dict.fromkeys(findings(text, today(), self._known()))
        return warning_said(found, kept=kept)

    def _known(self) -> tuple[str, ...]:
        if not self.known:
            if self.schools is None:
                self.schools = tuple(queries.schools_of(self.actor))
            catalog = current_framework().catalog
            named = ((one.name for one in kind) for kind in (catalog.aspects, catalog.competencies, catalog.roles))
            self.known = (*self.schools, *chain.from_iterable(named))
        return self.known


def _as_typed(field: Field, value: Any) -> Any:
    if field.type == "list":
        return [_row_as_typed(field, row) for row in value or ()]
    if field.type == "amount" and isinstance(value, str):
        return typed("amount", value)
    return value


def _row_as_typed(field: Field, row: Row) -> Row:
    return {column.code: typed(column.type, row[column.code]) for column in field.columns if row.get(column.code)}


def _rows(field: Field, value: Any, one_more: bool) -> tuple[Row, ...]:
    """The rows to show: what there is, one more when that is asked, and as many as are needed; at least one."""
    if field.type != "list":
        return ()
    rows = value or []
    empty: Row = {}
    room = max(len(rows) + one_more, field.rows_needed, 1)
    return (*rows, *[empty] * (room - len(rows)))
