"""The practice tools: what their seed file may hold.

PURE. A tool is a form described by data: its fields by phase, the closing check, and what a sheet takes along from the
sheet of another tool that it follows. The schema refuses unknown keys; `tool_checks` looks at the file as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field as Limit

from app.competencies.parts import Code, Part, Text

FieldType = Literal[
    "text", "long", "choice", "multiple", "slider", "list", "date", "amount", "scale", "relation"
]
ColumnType = Literal["text", "number", "amount", "date"]
Phase = Literal["before", "after", "evaluation"]
TrajectFact = Literal[
    "case-code", "school", "sector", "kind", "systemic", "resultful", "starts-on", "evaluation-on"
]
Proposal = Literal["start", "evaluation"]

FIRST_PHASE: Phase = "before"
PHASES: tuple[Phase, ...] = ("before", "after", "evaluation")
SLIDER = tuple(range(0, 101, 10))       # the places of a slider
CLOSING = "closing-check"               # the code under which a sheet keeps what was ticked off; no field has it


class Option(Part):
    """`percent`: of a choice of btw, how much comes over the amounts, or with `included` is in them already. Without a
    percent they include it, and how much is not known.
    """

    code: Code
    name: Text
    percent: Annotated[int, Limit(ge=0, le=100)] | None = None
    included: bool = False


class Column(Part):
    code: Code
    name: Text
    type: ColumnType = "text"


class Planned(Part):
    """Another list of the same tool, and its column with the hours that are planned."""

    list: Code
    hours: Code


class Sums(Part):
    """That a list of costs is added up: its columns, the choice of btw, and the hours that it is held beside."""

    hours: Code
    rate: Code
    amount: Code
    vat: Code
    planned: Planned


class Field(Part):
    """One question. What goes with which type, `tool_checks` says.

    `minimum`: rows that a list needs when it is required. `left` and `right`: the poles of a slider or a scale.
    `traject`: the fact of a traject that it tells. `propose`: the day that a new sheet begins with; `default`: the
    option. `sums`: that it is a list which is added up. `heading`: what stands above it in a document, where the
    question itself is for who fills it in.
    """

    code: Code
    label: Text
    type: FieldType
    required: bool = False
    phase: Phase = FIRST_PHASE
    help: Text | None = None
    source: Text | None = None
    options: tuple[Option, ...] = ()
    columns: tuple[Column, ...] = ()
    minimum: Annotated[int, Limit(ge=1, le=10)] | None = None
    left: Text | None = None
    right: Text | None = None
    lowest: Annotated[int, Limit(ge=0, le=10)] | None = None
    highest: Annotated[int, Limit(ge=1, le=10)] | None = None
    traject: TrajectFact | None = None
    propose: Proposal | None = None
    default: Code | None = None
    sums: Sums | None = None
    heading: Text | None = None

    @property
    def rows_needed(self) -> int:
        """How many rows a list must have before the sheet is whole; 0 when it may stay empty."""
        return (self.minimum or 1) if self.type == "list" and self.required else 0

    @property
    def points(self) -> tuple[int, ...]:
        """What can be chosen on a slider or a scale, from left to right."""
        if self.type == "slider":
            return SLIDER
        if self.lowest is None or self.highest is None:
            return ()
        return tuple(range(self.lowest, self.highest + 1))

    def column(self, code: str) -> Column | None:
        return next((column for column in self.columns if column.code == code), None)


class Check(Part):
    """One sentence to tick off before a sheet is finished."""

    code: Code
    text: Text


class NewRow(Part):
    """A row made from single fields of the sheet that is followed: `texts` as they stand, `fields` by column."""

    fields: Annotated[dict[Code, Code], Limit(min_length=1)]
    texts: dict[Code, Text] = Limit(default_factory=dict)


class Taken(Part):
    """What comes into the field `to`: the field `frm` of the sheet that is followed, column by column for a list; or
    rows made from several of its fields.
    """

    to: Code
    frm: Code | None = Limit(default=None, alias="from")
    columns: dict[Code, Code] = Limit(default_factory=dict)     # by column of `to`: the column of `from`
    rows: tuple[NewRow, ...] = ()


class Following(Part):
    """A tool whose sheets this one can go on from."""

    tool: Code
    takes: Annotated[tuple[Taken, ...], Limit(min_length=1)]


class Tool(Part):
    """One hulpmiddel. `pocket_questions`: what to keep in mind in the conversation itself, short. `document`: what a
    sheet is called when it is sent to somebody; without it, it is for whoever filled it in.
    """

    code: Code
    name: Text
    document: Text | None = None
    focus: Code
    when: Text
    result: Text
    fields: Annotated[tuple[Field, ...], Limit(min_length=1)]
    checks: Annotated[tuple[Check, ...], Limit(min_length=1)]
    pocket_questions: Annotated[tuple[Text, ...], Limit(min_length=3, max_length=3)]
    follows: tuple[Following, ...] = ()

    def field(self, code: str) -> Field | None:
        return self._by_code.get(code)

    def of_phase(self, phase: Phase) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.phase == phase)

    @property
    def later_phases(self) -> tuple[Phase, ...]:
        """What comes after the work: additions of these may be made when the sheet is finished."""
        present = {field.phase for field in self.fields}
        return tuple(phase for phase in PHASES if phase != FIRST_PHASE and phase in present)

    def telling(self, fact: TrajectFact) -> Field | None:
        """The field that tells this fact of a traject."""
        return next((field for field in self.fields if field.traject == fact), None)

    def proposing(self, proposal: Proposal) -> Field | None:
        return next((field for field in self.fields if field.propose == proposal), None)

    @property
    def adding(self) -> Field | None:
        """The list that is added up."""
        return next((field for field in self.fields if field.sums is not None), None)

    def following(self, tool: str) -> Following | None:
        return next((following for following in self.follows if following.tool == tool), None)

    @cached_property
    def _by_code(self) -> Mapping[str, Field]:
        return {field.code: field for field in self.fields}


class Toolbox(Part):
    """The whole seed file."""

    tools: Annotated[tuple[Tool, ...], Limit(min_length=1)]

    def __iter__(self) -> Iterator[Tool]:  # type: ignore[override]
        return iter(self.tools)
