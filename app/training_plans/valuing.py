"""PURE: a training plan and what it is worth. One measure for the greedy plan, the planner's and one made by hand.

Worth = Σ over (unit, competency) of belang × weights × the points that are expected to be closed there. Of those people
who go to something that serves the competency at most as many count as have a gap, each once, by what closes most, and
none by more than the mean gap.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from app.training_plans.asked import CLOSED_PER_LEVEL, Asked, Demand, Offer, as_written

_GRAIN: Final = math.lcm(1000, CLOSED_PER_LEVEL.denominator)
"""Points are whole numbers of this part of one (as_written), and quick to add."""


@dataclass(frozen=True, slots=True)
class Holding:
    """A training that is held so many times, with so many places per unit in all its runs together."""

    training: str
    runs: int
    places: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(self.places.values())


@dataclass(frozen=True, slots=True)
class Plan:
    """What is held: in the order of the training codes, without empty entries."""

    holdings: tuple[Holding, ...] = ()

    @classmethod
    def of(cls, runs: Mapping[str, int], places: Mapping[tuple[str, str], int]) -> Plan:
        """From runs per training and places per (training, unit)."""
        of_training: dict[str, dict[str, int]] = defaultdict(dict)
        for (training, unit), count in sorted(places.items()):
            if count:
                of_training[training][unit] = count
        held = sorted({training for training, count in runs.items() if count} | of_training.keys())
        return cls(tuple(Holding(code, runs.get(code, 0), of_training.get(code, {})) for code in held))

    def places(self) -> dict[tuple[str, str], int]:
        return {(held.training, unit): count for held in self.holdings for unit, count in held.places.items()}

    def runs(self) -> dict[str, int]:
        return {held.training: held.runs for held in self.holdings}


@dataclass(frozen=True, slots=True)
class Group:
    """One run: a closed group, or open places. `cost` in whole euros."""

    closed: bool
    places: Mapping[str, int]
    cost: int


@dataclass(frozen=True, slots=True)
class Closed:
    """What a plan does about one demand: so many `people` counted, `points` closed for them together, and its worth."""

    demand: Demand
    people: int
    points: Fraction
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Going:
    """So many `places` of a unit in a training, each of which closes so many grains of a gap that is as large."""

    training: str
    closing: int
    places: int


def value(asked: Asked, plan: Plan) -> Fraction:
    """What the plan is worth, whether or not it keeps to the wishes."""
    return sum((one.worth for one in closings(asked, plan)), Fraction(0))


def closings(asked: Asked, plan: Plan) -> Iterator[Closed]:
    """Per demand that the plan does something about, in the order of the question."""
    going = going_of(asked, plan)
    for demand in asked.demands:
        found = closing_of(asked, demand, going.get((demand.unit, demand.competency), ()))
        if found is not None:
            yield found


def going_of(asked: Asked, plan: Plan) -> dict[tuple[str, str], list[Going]]:
    """Per (unit, competency) the trainings of the plan that serve it there, what closes most first."""
    offers = {offer.training: offer for offer in asked.offers}
    going: dict[tuple[str, str], list[Going]] = defaultdict(list)
    for held in plan.holdings:
        if held.training in offers:
            offer = offers[held.training]
            closing = int(offer.closing * _GRAIN)
            for competency in dict.fromkeys(offer.competencies):
                for unit, count in held.places.items():
                    going[unit, competency].append(Going(held.training, closing, count))
    for of_one in going.values():
        of_one.sort(key=lambda one: -one.closing)
    return going


def closing_of(asked: Asked, demand: Demand, going: Iterable[Going]) -> Closed | None:
    """What these do about a demand, in this order; None where that is nothing."""
    gap = int(as_written(demand.gap) * _GRAIN)
    people = points = 0
    for one in going:
        counted = min(one.places, demand.people - people)
        people += counted
        points += counted * min(one.closing, gap)
    if not points:
        return None
    closed = Fraction(points, _GRAIN)
    return Closed(demand, people, closed, closed * asked.weight(demand))


def cost(offer: Offer, runs: int, places: int) -> int:
    """The least that so many runs with so many places cost in whole euros.

    ValueError where no division into closed groups and open runs has room for exactly these.
    """
    return _division(offer, runs, places)[1]


def groups(offer: Offer, held: Holding) -> tuple[Group, ...]:
    """The runs one by one, the closed ones first; filled evenly, and a unit stays together where it can.

    ValueError as `cost`.
    """
    in_groups, _ = _division(offer, held.runs, held.total)
    open_places = _open_places(offer, held.runs, held.total, in_groups)
    sizes = [*_evenly(held.total - open_places, in_groups), *_evenly(open_places, held.runs - in_groups)]
    rooms: list[dict[str, int]] = [{} for _ in sizes]
    for unit, count in sorted(held.places.items(), key=lambda item: (-item[1], item[0])):
        while count:
            free = [size - sum(room.values()) for size, room in zip(sizes, rooms, strict=True)]
            fitting = [number for number, left in enumerate(free) if left >= count]
            number = min(fitting, key=lambda n: free[n]) if fitting else max(range(len(free)), key=lambda n: free[n])
            taken = min(free[number], count)
            rooms[number][unit] = taken
            count -= taken
    return tuple(
        Group(number < in_groups, room, _price(offer, number < in_groups, size))
        for number, (size, room) in enumerate(zip(sizes, rooms, strict=True))
    )


def _division(offer: Offer, runs: int, places: int) -> tuple[int, int]:
    """How many of the runs are closed groups, and what all of them cost; the fewest open runs where that is equal."""
    found: tuple[int, int] | None = None
    for in_groups in range(runs, -1, -1):
        if (in_groups and offer.cost_group is None) or (in_groups < runs and offer.cost_person is None):
            continue
        open_places = _open_places(offer, runs, places, in_groups)
        if open_places > offer.places_max * (runs - in_groups) or places - open_places < offer.places_min * in_groups:
            continue
        price = in_groups * (offer.cost_group or 0) + open_places * (offer.cost_person or 0)
        if found is None or price < found[1]:
            found = in_groups, price
    if found is None:
        raise ValueError(f"no room for {places} places in {runs} runs of {offer.training}")
    return found


def _open_places(offer: Offer, runs: int, places: int, in_groups: int) -> int:
    """The fewest that do not go with a closed group: one per open run, and what the groups have no room for."""
    return max(runs - in_groups, places - offer.places_max * in_groups)


def _evenly(places: int, runs: int) -> list[int]:
    return [places // runs + (number < places % runs) for number in range(runs)]


def _price(offer: Offer, in_group: bool, size: int) -> int:
    return (offer.cost_group or 0) if in_group else (offer.cost_person or 0) * size
