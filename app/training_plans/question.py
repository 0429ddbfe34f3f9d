"""PURE: from published figures, the aanbod and what HR wishes to a question for the planner.

Of a momentopname only this is read: per unit (a team, or the small teams together) and competency how many people the
figure is about, how many have a gap, how large that of the unit is, and the belang. Where a figure is missing, or the
unit as a whole has no gap, it has no demand. Of how many people a unit consists is the most that any of its figures is
about.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from app.measurement.snapshots import TEAM
from app.needs.cells import cell_in
from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.valuing import Plan, closings

MOST_RUNS: Final = 10
"""So often one training is held in a period at most (ours): nobody organises more."""

NORMAL: Final = 1.0


@dataclass(frozen=True, slots=True)
class Figure:
    """What is published of one competency in one cell."""

    cell: str
    competency: str
    people: int
    with_gap: int
    gap: float
    importance: float


@dataclass(frozen=True, slots=True)
class Wish:
    """All that HR says of a plan. Weights: only those that are not ordinary. `fixed`: runs per training."""

    name: str
    begins_on: dt.date
    ends_on: dt.date
    budget: int
    hours_per_person: int
    focus_weights: Mapping[str, float] = field(default_factory=dict)
    unit_weights: Mapping[str, float] = field(default_factory=dict)
    fixed: Mapping[str, int] = field(default_factory=dict)
    excluded: frozenset[str] = frozenset()

    @property
    def priorities(self) -> dict[str, dict[str, float]]:
        """As it is stored."""
        return {"focus": dict(sorted(self.focus_weights.items())), "units": dict(sorted(self.unit_weights.items()))}


def unit_in(cell: str) -> str | None:
    """The unit that a cell is about; None where it is a part of one, or more than one."""
    pairs = cell_in(cell)
    return pairs[0][1] if len(pairs) == 1 and pairs[0][0] == TEAM else None


def units_of(figures: Iterable[Figure]) -> tuple[Unit, ...]:
    """By code."""
    people: dict[str, int] = {}
    for figure in figures:
        unit = unit_in(figure.cell)
        if unit is not None:
            people[unit] = max(people.get(unit, 0), figure.people)
    return tuple(Unit(code, count) for code, count in sorted(people.items()))


def most_runs(places_min: int, everybody: int) -> int:
    """As often as there are people for, within reason."""
    return max(1, min(MOST_RUNS, everybody // places_min))


def question(figures: Sequence[Figure], offers: Sequence[Offer], wish: Wish, focus_of: Mapping[str, str]) -> Asked:
    """`focus_of`: the focus area of each competency that is in one. Weights of units without figures are dropped."""
    units = units_of(figures)
    known, offered = {unit.code for unit in units}, {offer.training for offer in offers}
    demands = [
        Demand(unit, figure.competency, figure.with_gap, figure.gap, figure.importance,
               focus_of.get(figure.competency, ""))
        for figure in figures
        if (unit := unit_in(figure.cell)) is not None and figure.with_gap and figure.gap > 0
    ]
    return Asked(
        tuple(sorted(offers, key=lambda offer: offer.training)),
        units,
        tuple(sorted(demands, key=lambda demand: (demand.unit, demand.competency))),
        Wishes(
            wish.budget, wish.hours_per_person, dict(wish.focus_weights),
            {code: weight for code, weight in wish.unit_weights.items() if code in known},
            {code: runs for code, runs in wish.fixed.items() if code in offered and runs},
            frozenset(wish.excluded & offered),
        ),
    )  # fmt: skip


def less(asked: Asked, euros: int, hours: Mapping[str, int]) -> Asked:
    """The same question with so much less money, and hours per unit, than HR wishes for the whole period: that much is
    in other plans already. Of units that the question does not know nothing is taken.
    """
    units = tuple(replace(unit, planned=hours.get(unit.code, 0)) for unit in asked.units)
    return replace(asked, units=units, wishes=replace(asked.wishes, budget=max(0, asked.wishes.budget - euros)))


def without(asked: Asked, planned: Plan, offers: Sequence[Offer]) -> Asked:
    """The same question about the people for whom nothing is planned yet: who has a place in what is `planned` counts
    no more among those with a gap. `offers`: its trainings, also what is not on offer any more.
    """
    known = replace(asked, offers=tuple(offers))
    served = {(one.demand.unit, one.demand.competency): one.people for one in closings(known, planned)}
    left = (replace(one, people=one.people - served.get((one.unit, one.competency), 0)) for one in asked.demands)
    return replace(asked, demands=tuple(one for one in left if one.people))
