"""The aanbod as a table in a file: which column is what, and what the rows of a file say. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from app.papers.sheet_reading import Cell, Row
from app.papers.spreadsheet import Table, Value, as_written
from app.trainings.entries import LOST, NUMBERS, Entry, Fault, Known, Wrong, free_code, plain, read

MOST: Final = 2_000     # trainings in one file
NAMES: Final = MappingProxyType({
    "code": "code", "title": "titel", "form": "vorm", "provider": "aanbieder", "hours": "uren",
    "cost_group": "kosten per groep", "cost_person": "kosten per persoon", "places_min": "plaatsen minimaal",
    "places_max": "plaatsen maximaal", "level_from": "van niveau", "level_to": "naar niveau",
    "competencies": "onderwerpen", "description": "omschrijving", "afterwards": "daarna", "offered": "in het aanbod",
})
"""What the columns are called, by field; also on the screen."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """What is wrong in which row."""

    row: int
    fault: Fault


@dataclass(frozen=True, slots=True)
class Heading:
    """Which field stands in which column. `missing` and `twice` are fields, `unknown` columns as they are called."""

    places: Mapping[int, str]
    missing: tuple[str, ...]
    twice: tuple[str, ...]
    unknown: tuple[str, ...]

    @property
    def usable(self) -> bool:
        return not self.missing and not self.twice


@dataclass(frozen=True, slots=True)
class InFile:
    """What a file says. `entries`: of the rows with nothing wrong in them; each has a code of its own."""

    heading: Heading
    entries: tuple[Entry, ...]
    faults: tuple[RowFault, ...]

    @property
    def usable(self) -> bool:
        return self.heading.usable and not self.faults


def table(name: str, entries: Sequence[Entry], forms: Mapping[str, str]) -> Table:
    """All of them, as `in_file` reads them back."""
    rows = []
    for entry in entries:
        texts = {**entry.texts, "form": forms.get(entry.form, entry.form)}
        rows.append(tuple(_value(entry, field, texts[field]) for field in NAMES))
    return Table(name, tuple(NAMES.values()), tuple(rows))


def in_file(rows: Sequence[Row], known: Known, existing: Sequence[Entry]) -> InFile:
    """What the rows say: a heading, and a training on each. A training without a code is the one with its title."""
    heading = heading_of(rows[0].cells)
    if not heading.usable:
        return InFile(heading, (), ())
    faults: list[RowFault] = []
    lines: list[_Line] = []
    for row in rows[1:]:
        cells = {field: row.cells[place] for place, field in heading.places.items() if place < len(row.cells)}
        wrong = tuple(_unusable(cells))
        texts = {name: as_written(cell.text) for name, cell in cells.items()}
        entry, others = read(texts, known)
        named = {fault.field for fault in wrong}
        faults += [RowFault(row.number, fault) for fault in (*wrong, *others) if fault in wrong
                   or fault.field not in named]
        code, title = (" ".join(plain(texts.get(name, "")).split()) if name not in named else ""
                       for name in ("code", "title"))
        lines.append(_Line(row.number, code, title, None if wrong else entry))
    entries = _with_codes(lines, existing, faults)
    return InFile(heading, entries, tuple(sorted(faults, key=lambda one: one.row)))


def heading_of(cells: Sequence[Cell]) -> Heading:
    """Capitals, underscores and space around a name make no difference."""
    fields = {name: field for field, name in NAMES.items()}
    places: dict[int, str] = {}
    twice, unknown = [], []
    for place, cell in enumerate(cells):
        name = " ".join(plain(as_written(cell.text)).casefold().replace("_", " ").split())
        field = fields.get(name)
        if field is None:
            if name:
                unknown.append(name[:60])
        elif field in places.values():
            twice.append(field)
        else:
            places[place] = field
    missing = tuple(field for field in NAMES if field not in places.values())
    return Heading(places, missing, tuple(dict.fromkeys(twice)), tuple(unknown))


def _value(entry: Entry, field: str, text: str) -> Value:
    return getattr(entry, field) if field in NUMBERS else text


def _unusable(cells: Mapping[str, Cell]) -> list[Fault]:
    return [Fault(field, Wrong.FORMULA if cell.formula else Wrong.BROKEN)
            for field, cell in cells.items() if cell.formula or cell.broken or LOST in cell.text]


@dataclass(frozen=True, slots=True)
class _Line:
    """Which training a row is about. `entry`: None where something is wrong with it."""

    number: int
    code: str
    title: str
    entry: Entry | None


def _with_codes(lines: Sequence[_Line], existing: Sequence[Entry], faults: list[RowFault]) -> tuple[Entry, ...]:
    """Every entry with the code of the training that it is, or a new one; adds a fault where two rows are the same
    one, also where something else is wrong with them.
    """
    by_title = {entry.title.casefold(): entry.code for entry in reversed(existing)}
    taken = {entry.code for entry in existing} | {line.code for line in lines}
    rows: dict[str, int] = {}
    new: dict[str, str] = {}
    complete = []
    for line in lines:
        if not line.code and not line.title:
            continue
        title = line.title.casefold()
        code = line.code or by_title.get(title) or new.get(title)
        if not code:
            code = new[title] = free_code(line.title, taken)
            taken.add(code)
        if code in rows:
            fault = Fault("code" if line.code else "title", Wrong.ELSEWHERE, least=rows[code])
            faults.append(RowFault(line.number, fault))
        elif line.entry is not None:
            complete.append(replace(line.entry, code=code))
        rows.setdefault(code, line.number)
    return tuple(complete)
