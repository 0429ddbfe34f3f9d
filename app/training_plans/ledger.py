"""PURE: a plan while it is being made: what one more place would bring, what it costs, whose hours are left.

Gains are whole numbers of a grid that all worths lie on, so that sums and comparisons are exact and quick.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Mapping
from fractions import Fraction

from app.training_plans.asked import Asked
from app.training_plans.programme import steps_of
from app.training_plans.valuing import Plan, cost


class Ledger:
    """Starts empty, or with a plan that is possible: every holding must have its room (valuing.cost)."""

    def __init__(self, asked: Asked, plan: Plan | None = None) -> None:
        self.asked = asked
        self.offers = {offer.training: offer for offer in sorted(asked.offers, key=lambda offer: offer.training)}
        self.units = {unit.code: unit for unit in sorted(asked.units, key=lambda unit: unit.code)}
        steps = steps_of(asked)
        self.grain = math.lcm(*(step.worth.denominator for step in steps))
        self._worth = [int(step.worth * self.grain) for step in steps]
        self._left = [step.people for step in steps]
        self._steps: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, step in enumerate(steps):
            for training in step.trainings:
                self._steps[training, step.unit].append(number)
        self.hours_left = {code: asked.hours_of(unit) for code, unit in self.units.items()}
        self.runs: dict[str, int] = defaultdict(int)
        self.places: dict[tuple[str, str], int] = defaultdict(int)
        self.total: dict[str, int] = defaultdict(int)
        self.cost: dict[str, int] = defaultdict(int)
        for held in plan.holdings if plan else ():
            self.add(held.training, held.runs, held.places)

    @property
    def money_left(self) -> int:
        return self.asked.wishes.budget - sum(self.cost.values())

    def plan(self) -> Plan:
        return Plan.of(self.runs, self.places)

    def gain(self, training: str, unit: str, already: int = 0) -> int:
        """What one more place brings, after so many more for the same unit: it only ever becomes less."""
        return sum(self._worth[n] for n in self._steps.get((training, unit), ()) if self._left[n] > already)

    def loss(self, training: str, unit: str) -> int:
        """What one place less takes away."""
        return sum(self._worth[n] for n in self._steps.get((training, unit), ()) if self._left[n] >= 0)

    def points(self, gain: int) -> Fraction:
        """A gain in the measure of valuing.value."""
        return Fraction(gain, self.grain)

    def room(self, training: str, unit: str) -> int:
        """How many more of the unit can go: people, and their hours."""
        offer = self.offers[training]
        people = self.asked.most_places(offer, self.units[unit]) - self.places[training, unit]
        return min(people, self.hours_left[unit] // offer.hours)

    def best_places(self, training: str, most: int) -> list[tuple[str, int]]:
        """Up to so many further places, the most useful first: (unit, gain). Where two bring as much, first whose hours
        are left most.
        """
        waiting = [
            (-self.gain(training, unit), -self.hours_left[unit], unit, 0, self.room(training, unit))
            for unit in self.units
        ]
        waiting = [entry for entry in waiting if entry[-1] > 0]
        heapq.heapify(waiting)
        chosen: list[tuple[str, int]] = []
        while waiting and len(chosen) < most:
            gain, hours, unit, taken, room = heapq.heappop(waiting)
            chosen.append((unit, -gain))
            if taken + 1 < room:
                spent = self.offers[training].hours
                again = (-self.gain(training, unit, taken + 1), hours + spent, unit, taken + 1, room)
                heapq.heappush(waiting, again)
        return chosen

    def add(self, training: str, runs: int, places: Mapping[str, int]) -> None:
        """More of a training; negative takes off. ValueError, and nothing changed, where it has no room."""
        more = sum(places.values())
        price = self.price(training, runs, more)
        self.runs[training] += runs
        self.total[training] += more
        self.cost[training] += price
        for unit, count in places.items():
            self.places[training, unit] += count
            self.hours_left[unit] -= count * self.offers[training].hours
            for number in self._steps.get((training, unit), ()):
                self._left[number] -= count

    def price(self, training: str, runs: int, places: int) -> int:
        """What so many more runs and places cost. ValueError where they have no room together with what there is."""
        offer = self.offers[training]
        return cost(offer, self.runs[training] + runs, self.total[training] + places) - self.cost[training]
