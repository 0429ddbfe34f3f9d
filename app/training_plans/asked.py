"""PURE: what the planner is asked, in published figures only: nothing about a person exists here.

Units, people with a gap and mean gaps come from a momentopname (measurement.md §7) as they were published; everything
else is the aanbod and what HR wishes. So a plan is a function of what HR could see already, and tells nothing beyond.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

CLOSED_PER_LEVEL: Final = Fraction(1, 4)
"""How much of a gap (in points of the score) a place is expected to close, per niveau the training leads up.

Ours, a constant, and no more than a way to compare trainings: a training from niveau 1 to 3 is counted as half a point
on each competency it serves, for everybody who has that gap. Re-estimate when there are momentopnamen of people who
went and people who did not.
"""


@dataclass(frozen=True, slots=True)
class Offer:
    """A training. `hours` per person; costs in whole euros per closed group and per open place, None where that form
    does not exist; a closed group has places_min–places_max people, of open places one can be had alone. `most_runs`:
    so often at most in the period, closed and open together.
    """

    training: str
    competencies: tuple[str, ...]
    level_from: int
    level_to: int
    hours: int
    cost_group: int | None
    cost_person: int | None
    places_min: int
    places_max: int
    most_runs: int

    @property
    def closing(self) -> Fraction:
        """Points that a place closes of a gap that is as large. One that leads no niveau up counts for one."""
        return CLOSED_PER_LEVEL * max(1, self.level_to - self.level_from)


@dataclass(frozen=True, slots=True)
class Unit:
    """A team, or teams published as one. `planned`: hours of its people together that are in another plan already."""

    code: str
    people: int
    planned: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """What a unit needs of one competency: `people` have a gap, it has one of `gap` points (0–4); `importance` 1–5."""

    unit: str
    competency: str
    people: int
    gap: float
    importance: float
    focus_area: str = ""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What HR sets. Weights are 1 where nothing is said; 0 takes something out.

    `fixed`: per training the runs that are held whatever happens, each with its minimum of people; `excluded`: what is
    not held; `promised`: places per (training, unit) that are kept.
    """

    budget: int
    hours_per_person: int
    focus_weights: Mapping[str, float] = field(default_factory=dict, hash=False)
    unit_weights: Mapping[str, float] = field(default_factory=dict, hash=False)
    fixed: Mapping[str, int] = field(default_factory=dict, hash=False)
    excluded: frozenset[str] = frozenset()
    promised: Mapping[tuple[str, str], int] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question to the planner. The order of the parts means nothing."""

    offers: tuple[Offer, ...]
    units: tuple[Unit, ...]
    demands: tuple[Demand, ...]
    wishes: Wishes

    def weight(self, demand: Demand) -> Fraction:
        """How much a point closed for one person counts: belang × the weights of the unit and the focus area."""
        wishes = self.wishes
        of_unit = wishes.unit_weights.get(demand.unit, 1)
        of_area = wishes.focus_weights.get(demand.focus_area, 1)
        return as_written(demand.importance) * as_written(of_unit) * as_written(of_area)

    def hours_of(self, unit: Unit) -> int:
        """Of all its people together, without what is planned already."""
        return max(0, self.wishes.hours_per_person * unit.people - unit.planned)

    def most_places(self, offer: Offer, unit: Unit) -> int:
        """Nobody goes twice, nobody longer than her hours, nobody to what is excluded."""
        if offer.training in self.wishes.excluded or offer.hours > self.wishes.hours_per_person:
            return 0
        return unit.people


def as_written(figure: float) -> Fraction:
    """To three decimals, without the float's error: sums are exact, so that equal plans are equal."""
    return Fraction(round(figure * 1000), 1000)
