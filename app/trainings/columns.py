"""The aanbod as a table in a file: which column is what, and what the rows of a file say. PURE."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from app.papers.sheet_reading import Cell, Row
from app.papers.spreadsheet import Table, Value, as_written
from app.trainings.entries import NUMBERS, Entry, Fault, Known, Wrong, free_code, plain, read

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
    """What a file says. Every entry has a code; there are only entries to use where there are no faults."""

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
    found: list[tuple[int, Entry]] = []
    for row in rows[1:]:
        cells = {field: row.cells[place] for place, field in heading.places.items() if place < len(row.cells)}
        wrong = tuple(_unusable(cells))
        entry, others = read({name: as_written(cell.text) for name, cell in cells.items()}, known)
        named = {fault.field for fault in wrong}
        faults += [RowFault(row.number, fault) for fault in (*wrong, *others) if fault in wrong
                   or fault.field not in named]
        if entry is not None and not wrong:
            found.append((row.number, entry))
    entries = _with_codes(found, existing, faults)
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
            for field, cell in cells.items() if cell.formula or cell.broken or "\ufffd" in cell.text]


def _with_codes(found: Sequence[tuple[int, Entry]], existing: Sequence[Entry],
                faults: list[RowFault]) -> tuple[Entry, ...]:
    """Every entry with the code of the training that it is, or a new one; adds a fault where two are the same one."""
    by_title = {entry.title.casefold(): entry.code for entry in reversed(existing)}
    taken = {entry.code for entry in existing} | {entry.code for _, entry in found}
    rows: dict[str, int] = {}
    new: dict[str, str] = {}
    complete = []
    for number, entry in found:
        title = entry.title.casefold()
        code = entry.code or by_title.get(title) or new.get(title)
        if not code:
            code = new[title] = free_code(entry.title, taken)
            taken.add(code)
        if code in rows:
            faults.append(RowFault(number, Fault("code" if entry.code else "title", Wrong.ELSEWHERE, least=rows[code])))
        rows.setdefault(code, number)
        complete.append(replace(entry, code=code))
    return tuple(complete)
