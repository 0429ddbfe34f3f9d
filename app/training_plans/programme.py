"""PURE: a question as an integer programme, and its answer as a plan. Plain numbers, no library.

Whole numbers: closed groups and open runs per training, places per training and unit. Besides: open places per
training, and per demand and step of closing how many people count. A demand that is served by trainings which close ½
and ¼ point has two steps: n people of whom anything is closed (¼), and of those the ones of whom more is (another ¼).
Steps make the measure of valuing.py a sum, with as few numbers as possible: none per training, unit and competency.

Everything is put in the order of the codes, so that the same question in another order is the same programme.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from app.training_plans.asked import Asked, Offer, Unit, as_written
from app.training_plans.valuing import Plan

LARGEST: Final = 1_000_000
"""The objective stays below this, or the solver's absolute tolerances would be felt in it."""


@dataclass(frozen=True, slots=True)
class Programme:
    """Maximise worth·x, where low ≤ rows·x ≤ high, 0 ≤ lower ≤ x ≤ upper, and x whole where `whole` says so.

    `rows`: (row, column, figure). `factor`: a plan's value is its worth / factor, but for a preference for the
    cheapest of equals that decides nothing else; it takes at most `preference`.
    """

    worth: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    rows: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)
    runs_at: dict[str, tuple[int, int]] = field(default_factory=dict)
    places_at: dict[tuple[str, str], int] = field(default_factory=dict)
    factor: float = 1.0
    preference: float = 0.0

    def plan(self, found: Sequence[float]) -> Plan:
        """What the numbers found say, whole."""
        runs = {code: round(found[closed]) + round(found[opened]) for code, (closed, opened) in self.runs_at.items()}
        return Plan.of(runs, {key: round(found[column]) for key, column in self.places_at.items()})

    def variable(self, upper: float, *, worth: float = 0.0, lower: float = 0.0, whole: bool = True) -> int:
        self.worth.append(worth)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return len(self.worth) - 1

    def row(self, terms: Sequence[tuple[int, float]], low: float = -math.inf, high: float = math.inf) -> None:
        self.rows.extend((len(self.low), column, figure) for column, figure in terms if figure)
        self.low.append(low)
        self.high.append(high)


@dataclass(frozen=True, slots=True)
class Step:
    """A demand's `people`, each worth `worth` more when they go to one of `trainings`."""

    unit: str
    people: int
    worth: Fraction
    trainings: tuple[str, ...]


def programme_of(asked: Asked) -> Programme:
    """The programme of a question that was checked."""
    steps = steps_of(asked)
    factor, per_euro = _scale(steps, asked.wishes.budget)
    built = Programme(factor=float(factor), preference=per_euro * asked.wishes.budget)
    offers = sorted(asked.offers, key=lambda offer: offer.training)
    units = sorted(asked.units, key=lambda unit: unit.code)
    spent: list[tuple[int, float]] = []
    for offer in offers:
        spent += _training(built, asked, offer, units, per_euro)
    built.row(spent, high=asked.wishes.budget)
    for unit in units:
        hours = [(built.places_at[offer.training, unit.code], float(offer.hours)) for offer in offers]
        built.row(hours, high=asked.hours_of(unit))
    for step in steps:
        counted = built.variable(step.people, worth=float(step.worth * factor), whole=False)
        built.row([(counted, 1.0), *((built.places_at[code, step.unit], -1.0) for code in step.trainings)], high=0.0)
    return built


def steps_of(asked: Asked) -> list[Step]:
    """Every demand that something can be done about, divided into steps."""
    serving = _serving(asked)
    steps = []
    for demand in sorted(asked.demands, key=lambda demand: (demand.unit, demand.competency)):
        by_size: dict[Fraction, list[str]] = defaultdict(list)
        gap = as_written(demand.gap)
        for closing, trainings in serving.get(demand.competency, {}).items():
            by_size[min(closing, gap)] += trainings
        reached: list[str] = []
        sizes = sorted(by_size, reverse=True)
        for size, smaller in zip(sizes, [*sizes, Fraction(0)][1:], strict=True):
            reached += by_size[size]
            worth = asked.weight(demand) * (size - smaller)
            if worth and demand.people:
                steps.append(Step(demand.unit, demand.people, worth, tuple(sorted(reached))))
    return steps


def _serving(asked: Asked) -> dict[str, dict[Fraction, list[str]]]:
    """Which trainings serve a competency, by what they close of it."""
    serving: dict[str, dict[Fraction, list[str]]] = defaultdict(lambda: defaultdict(list))
    for offer in asked.offers:
        closing = offer.closing
        for competency in dict.fromkeys(offer.competencies):
            serving[competency][closing].append(offer.training)
    return serving


def _training(
    built: Programme, asked: Asked, offer: Offer, units: Sequence[Unit], per_euro: float
) -> list[tuple[int, float]]:
    """The numbers of one training and what binds them; returns what they cost."""
    wishes = asked.wishes
    most = 0 if offer.training in wishes.excluded else offer.most_runs
    group, single = float(offer.cost_group or 0), float(offer.cost_person or 0)
    in_groups = built.variable(most if offer.cost_group is not None else 0, worth=-per_euro * group)
    opened = built.variable(most if offer.cost_person is not None else 0)
    alone = built.variable(math.inf, worth=-per_euro * single, whole=False)
    places = []
    for unit in units:
        promised = wishes.promised.get((offer.training, unit.code), 0)
        places.append(built.variable(asked.most_places(offer, unit), lower=promised))
        built.places_at[offer.training, unit.code] = places[-1]
    built.runs_at[offer.training] = in_groups, opened
    everybody = [(place, 1.0) for place in places]
    fixed = wishes.fixed.get(offer.training, 0)
    built.row([(in_groups, 1.0), (opened, 1.0)], fixed, most)
    built.row([*everybody, (alone, -1.0), (in_groups, -float(offer.places_max))], high=0.0)
    built.row([*everybody, (alone, -1.0), (in_groups, -float(offer.places_min))], low=0.0)
    built.row([(alone, 1.0), (opened, -float(offer.places_max))], high=0.0)
    built.row([(alone, 1.0), (opened, -1.0)], low=0.0)
    if fixed:
        built.row(everybody, low=float(fixed * offer.places_min))
    return [(in_groups, group), (alone, single)]


def _scale(steps: Sequence[Step], budget: int) -> tuple[Fraction, float]:
    """What worth is multiplied by, and what a euro takes from it.

    Two plans differ by a multiple of the grid of all worths, which becomes 1 where the numbers stay small enough;
    the whole budget takes less than half a grid step.
    """
    if not steps:
        return Fraction(1), 0.5 / (budget + 1)
    worths = [step.worth for step in steps]
    grid = Fraction(math.gcd(*(worth.numerator for worth in worths)),
                    math.lcm(*(worth.denominator for worth in worths)))  # fmt: skip
    most = sum((step.worth * step.people for step in steps), Fraction(0))
    factor = min(1 / grid, LARGEST / most)
    return factor, float(grid * factor) / 2 / (budget + 1)
