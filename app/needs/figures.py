"""From what people bring to the rows of a momentopname: what is published of each cell, and of cells together. PURE.

Decided by measurement.snapshots, which reads who contributes and nothing else. What a (person, measurement) brings is
what it brought when it was counted first, whatever her function profile or plan says now.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, TypeAlias

from app.measurement.group_needs import GroupNeed, group_need, together
from app.measurement.isolation import Members
from app.measurement.needs import Basis, Contribution
from app.measurement.snapshots import Cell, Contributors, Decision, Fate, Figure, Quantity, decide
from app.needs.cells import EARLIER, MOMENT, Kind, cell_in, text_of, wider

People: TypeAlias = Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Published:
    """A base figure as it was made: in the momentopname of this number, with its stored members and values."""

    cell: Cell
    number: int
    made_at: dt.datetime
    members: Sequence[Sequence[Any]]
    values: Mapping[str, Any]

    @property
    def order(self) -> int:
        """After everything of earlier momentopnamen; what counts an earlier measurement is decided after the rest."""
        return 2 * self.number + _later(self.cell)

    def figure(self, quantity: Quantity) -> Figure:
        return Figure(quantity, self.cell, _members(self.members), self.order)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as it is stored."""

    kind: Kind
    cell: str
    item: str
    made_at: dt.datetime
    values: Mapping[str, Any]
    members: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """The base rows of one quantity, and what became of every cell."""

    rows: tuple[Row, ...]
    decisions: tuple[Decision, ...]

    @property
    def anew(self) -> bool:
        return any(decision.fate is Fate.ANEW for decision in self.decisions)


@dataclass(frozen=True, slots=True)
class Taking:
    """The momentopname that is being taken: its number among those of the dienst, from 0, and when."""

    number: int
    at: dt.datetime


def first_counted(published: Iterable[Published], brings: Mapping[int, Contribution]) -> Mapping[int, Contribution]:
    """What everybody brings, as it was when that measurement of hers was counted first."""
    known: dict[tuple[int, int], Sequence[Any]] = {}
    for figure in sorted(published, key=lambda one: one.order):
        for member in figure.members:
            known.setdefault((member[0], member[1]), member)
    return {
        person: _contribution(known.get((person, one.measurement))) or one for person, one in brings.items()
    }


def decide_needs(
    code: str, taking: Taking, people: People, latest: Mapping[int, Contribution], before: Mapping[int, Contribution],
    published: Sequence[Published],
) -> Decided:
    """The figures about one competency. `latest`: what each brings now; `before`: what she brought with the measurement
    before it, for the cells that show what moved; nothing where the dienst does not ask for these.
    """
    quantity = Quantity(Kind.NEED, code)
    brings = {(one.person, one.measurement): one for one in (*before.values(), *latest.values())}

    def made(members: Members) -> Mapping[str, Any]:
        return asdict(group_need([brings[member] for member in members]))

    def kept(members: Members) -> list[list[Any]]:
        return [_stored(brings[member]) for member in sorted(members)]

    known = {(figure.cell, figure.order): figure for figure in published}
    figures = [figure.figure(quantity) for figure in published]
    decisions: list[Decision] = []
    for later, now in enumerate((latest, before)):
        moment = ((MOMENT, EARLIER),) if later else ()
        found = decide(2 * taking.number + later, _contributing(quantity, people, now, moment), figures)
        figures += [one.figure for one in found if one.figure and one.fate is Fate.ANEW]
        decisions += found
    rows = []
    for decision in decisions:
        if decision.figure is None:
            continue
        old = known.get((decision.cell, decision.figure.snapshot))
        rows.append(
            Row(Kind.NEED, text_of(decision.cell), code, old.made_at, old.values) if old else
            Row(Kind.NEED, text_of(decision.cell), code, taking.at, made(decision.figure.members),
                kept(decision.figure.members))
        )
    return Decided(tuple(rows), tuple(decisions))


def needs_together(rows: Iterable[Row]) -> list[Row]:
    """Of every wider cell the figure that its base figures make together; with `since`: when the oldest was made."""
    parts: dict[tuple[Cell, str], list[Row]] = defaultdict(list)
    for row in rows:
        for cell in wider(cell_in(row.cell)):
            parts[cell, row.item].append(row)
    return [
        Row(Kind.NEED_TOGETHER, text_of(cell), item, max(part.made_at for part in of),
            {**asdict(together([GroupNeed(**part.values) for part in of])),
             "since": min(part.made_at for part in of).isoformat()})
        for (cell, item), of in parts.items()
    ]


def _contributing(
    quantity: Quantity, people: People, brings: Mapping[int, Contribution], moment: Cell
) -> list[Contributors]:
    cells: dict[Cell, set[tuple[int, int]]] = defaultdict(set)
    for person, one in brings.items():
        cells[tuple(sorted((*people[person], *moment)))].add((person, one.measurement))
    return [Contributors(quantity, cell, frozenset(members)) for cell, members in cells.items()]


def _later(cell: Cell) -> bool:
    return (MOMENT, EARLIER) in cell


def _members(stored: Iterable[Sequence[Any]]) -> Members:
    return frozenset((member[0], member[1]) for member in stored)


def _stored(one: Contribution) -> list[Any]:
    return [one.person, one.measurement, one.importance, one.target, one.score, one.basis.value]


def _contribution(member: Sequence[Any] | None) -> Contribution | None:
    if member is None:
        return None
    person, measurement, importance, target, score, basis = member
    return Contribution(person, measurement, importance, target, score, Basis(basis))
