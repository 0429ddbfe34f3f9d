"""Disclosure control of a momentopname: which figures over people are published, carried over, or left out.

A momentopname divides the people who contribute to a *quantity* (a kind of figure about a competency) over *cells*:
one team, crossed with every enabled cut. Each cell of five contributors or more may become one figure; all that HR
sees is a function of these, also the totals of a dienst. Per figure there are three ends:

- it is made anew, when it and everything that was ever published about the quantity isolate nobody (isolation.py);
- else the figure that the cell has already stays, with the date it had; so it does when nothing changed;
- else it is left out. Below five contributors a cell has no figure at all, not even its old one.

This keeps the rule that a figure is renewed only when in every published cell the set of (person, measurement) changed
by none or by at least five: a cell that is carried over changed by none, and of one that is made anew the difference
with each earlier figure of that cell is a combination of two figures, so it rests on five people or on nobody. It keeps
it for every other combination too: of three momentopnamen, of teams that people moved between, of crossing cuts.

It holds as long as what one member brings to a quantity never changes: belang and doelscore count as they stood when a
measurement was counted first. Decided by who contributes alone, never by what: a refusal tells nothing either.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final, TypeAlias

from app.measurement.isolation import FEWEST_PEOPLE, Ledger, Members

TEAM: Final = "team"
"""The cut that every cell has."""

SMALL_TEAMS: Final = "kleine-teams"
"""What stands for the team in the cell of all teams together that have fewer than five contributors there."""

Cell: TypeAlias = tuple[tuple[str, str], ...]
"""(cut, value) pairs by the name of the cut."""


class Fate(enum.Enum):
    """What a momentopname does with a cell, and why."""

    ANEW = enum.auto()       # a figure over who contributes now
    UNCHANGED = enum.auto()  # the figure it has: the same people, the same measurements
    CARRIED = enum.auto()    # the figure it has: a new one would tell about fewer than five people
    TOO_FEW = enum.auto()    # no figure: fewer than five contribute
    TOO_CLOSE = enum.auto()  # no figure: it would tell about fewer than five people, beside other figures


class CountWord(enum.StrEnum):
    """What is said instead of a number of people that tells of one."""

    FEW = "weinig"
    NEARLY_ALL = "bijna allen"


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """What is added up over people. Quantities that are no functions of each other are attacked apart."""

    kind: str
    competency: str


@dataclass(frozen=True, slots=True)
class Contributors:
    """Who contributes to a quantity in one cell, each with the measurement (or goal) that counts."""

    quantity: Quantity
    cell: Cell
    members: Members


@dataclass(frozen=True, slots=True)
class Figure:
    """A base figure, by its members; `snapshot` is the momentopname in which it was made, later ones being higher."""

    quantity: Quantity
    cell: Cell
    members: Members
    snapshot: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of one cell: `figure` is what is shown, if anything, and `members` who contribute now."""

    quantity: Quantity
    cell: Cell
    members: Members
    fate: Fate
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many contributors of `of` no shown figure counts as they are now: too few, too close, or carried over."""

    too_few: int
    too_close: int
    carried: int
    of: int


def cell_of(cuts: Mapping[str, str]) -> Cell:
    """The cell of these cuts. ValueError without a team."""
    if TEAM not in cuts:
        raise ValueError("the team is always among the cuts")
    return tuple(sorted(cuts.items()))


def count_word(number: int, of: int) -> CountWord | None:
    """None, one, all but one and all are words; None when the number itself may be shown."""
    if not 0 <= number <= of:
        raise ValueError(f"{number} of {of}")
    if number <= 1:
        return CountWord.FEW
    return CountWord.NEARLY_ALL if number >= of - 1 else None


def decide(snapshot: int, contributing: Iterable[Contributors], earlier: Iterable[Figure]) -> tuple[Decision, ...]:
    """What the momentopname `snapshot` does with every cell in which somebody contributes, by quantity and cell.

    `earlier`: every figure ever published, of all momentopnamen, also those that are shown no more. Teams below five
    are taken together first. ValueError when somebody contributes twice to a quantity, or a figure is not earlier.
    """
    published: dict[Quantity, list[Figure]] = {}
    for figure in earlier:
        if figure.snapshot >= snapshot:
            raise ValueError(f"{figure.snapshot} is not before {snapshot}")
        published.setdefault(figure.quantity, []).append(figure)
    decisions: list[Decision] = []
    for quantity, of in groupby(sorted(contributing, key=_place), key=lambda one: one.quantity):
        decisions += _decide(snapshot, small_teams_together(of), published.get(quantity, []))
    return tuple(decisions)


def small_teams_together(contributing: Iterable[Contributors]) -> list[Contributors]:
    """The contributors to one quantity, with the teams below five as one cell per combination of the other cuts, where
    that has five; by cell."""
    kept: list[Contributors] = []
    small: dict[Cell, list[Contributors]] = {}
    for one in contributing:
        if len(one.members) >= FEWEST_PEOPLE:
            kept.append(one)
        else:
            small.setdefault(cell_of({**dict(one.cell), TEAM: SMALL_TEAMS}), []).append(one)
    for cell, parts in small.items():
        together = frozenset[tuple[int, int]]().union(*(part.members for part in parts))
        enough = len(together) >= FEWEST_PEOPLE
        kept += [Contributors(parts[0].quantity, cell, together)] if enough else parts
    return sorted(kept, key=_place)


def left_out(decisions: Iterable[Decision]) -> LeftOut:
    """How many people the figures of one quantity leave out, and why."""
    people = dict.fromkeys(Fate, 0)
    for decision in decisions:
        people[decision.fate] += len(decision.members)
    return LeftOut(people[Fate.TOO_FEW], people[Fate.TOO_CLOSE], people[Fate.CARRIED], sum(people.values()))


def _decide(snapshot: int, contributing: list[Contributors], earlier: list[Figure]) -> list[Decision]:
    people = [person for one in contributing for person, _ in one.members]
    if len(set(people)) < len(people):
        raise ValueError(f"somebody contributes twice to {contributing[0].quantity}")
    published = sorted(earlier, key=lambda figure: (figure.snapshot, figure.cell))
    latest = {figure.cell: figure for figure in published}
    ledger = Ledger(figure.members for figure in published)
    return [_of_cell(snapshot, one, latest.get(one.cell), ledger) for one in contributing]


def _of_cell(snapshot: int, now: Contributors, latest: Figure | None, ledger: Ledger) -> Decision:
    if len(now.members) < FEWEST_PEOPLE:
        fate, figure = Fate.TOO_FEW, None
    elif latest is not None and latest.members == now.members:
        fate, figure = Fate.UNCHANGED, latest
    elif ledger.admit(now.members):
        fate, figure = Fate.ANEW, Figure(now.quantity, now.cell, now.members, snapshot)
    else:
        fate, figure = (Fate.CARRIED if latest else Fate.TOO_CLOSE), latest
    return Decision(now.quantity, now.cell, now.members, fate, figure)


def _place(one: Contributors) -> tuple[Quantity, Cell]:
    return one.quantity, one.cell
