"""PURE: a plan at once: again and again the runs and places that bring most per euro, until nothing more fits.

A gain only ever becomes less by what was already chosen, so that what was once calculated for a training is at most too
high: only the one on top is calculated anew.
"""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction

from app.training_plans.asked import Asked
from app.training_plans.ledger import Ledger
from app.training_plans.valuing import Plan, cost


@dataclass(frozen=True, slots=True)
class Candidate:
    """More of a training: `runs` (0 or 1), a place for each of `units`; `price` in euros, `gain` on the grid."""

    training: str
    runs: int
    units: tuple[str, ...]
    price: int
    gain: int

    @property
    def rank(self) -> tuple[int, Fraction, int]:
        """Lowest first: what is free, then by gain per euro, then by gain."""
        if self.price <= 0:
            return 0, Fraction(0), -self.gain
        return 1, Fraction(-self.gain, self.price), -self.gain


def greedy(asked: Asked) -> Plan | None:
    """What is fixed and promised, and then the best per euro. None where already the first finds no room.

    That need not mean that there is no plan at all: then only the planner can say.
    """
    ledger = _begun(asked)
    return None if ledger is None else _extend(ledger)


def improved(asked: Asked, plan: Plan) -> Plan:
    """A possible plan without the places that bring nothing, and with what still fits: never worth less."""
    ledger = Ledger(asked, plan)
    for held in plan.holdings:
        _trim(ledger, held.training)
    return _extend(ledger)


def candidate(ledger: Ledger, training: str, money: int) -> Candidate | None:
    """The most useful addition to a training for at most so much money, if it brings anything."""
    offer, runs = ledger.offers[training], ledger.runs[training]
    if training in ledger.asked.wishes.excluded:
        return None
    chosen = ledger.best_places(training, offer.places_max)
    best: Candidate | None = None
    for more in (0, 1) if runs < offer.most_runs else (0,):
        gain = 0
        for count, (_, brings) in enumerate(chosen, 1):
            gain += brings
            try:
                price = ledger.price(training, more, count)
            except ValueError:
                continue
            if price > money or not gain or (not brings and best is not None):
                continue
            found = Candidate(training, more, tuple(unit for unit, _ in chosen[:count]), price, gain)
            if best is None or found.rank < best.rank:
                best = found
    return best


def _extend(ledger: Ledger) -> Plan:
    waiting = []
    for training in ledger.offers:
        found = candidate(ledger, training, ledger.money_left)
        if found:
            waiting.append((found.rank, training))
    heapq.heapify(waiting)
    while waiting:
        _, training = heapq.heappop(waiting)
        found = candidate(ledger, training, ledger.money_left)
        if found is None:
            continue
        if not waiting or (found.rank, training) <= waiting[0]:
            ledger.add(training, found.runs, Counter(found.units))
            again = candidate(ledger, training, ledger.money_left)
            if again:
                heapq.heappush(waiting, (again.rank, training))
        else:
            heapq.heappush(waiting, (found.rank, training))
    return ledger.plan()


def _begun(asked: Asked) -> Ledger | None:
    """With what is fixed and promised, the longest trainings first: they are the hardest to find hours for."""
    ledger = Ledger(asked)
    wishes = asked.wishes
    promised: dict[str, dict[str, int]] = {}
    for (training, unit), count in wishes.promised.items():
        if count:
            promised.setdefault(training, {})[unit] = count
    begun = {training for training, runs in wishes.fixed.items() if runs} | promised.keys()
    for training in sorted(begun, key=lambda code: (-ledger.offers[code].hours, code)):
        if not _begin(ledger, training, promised.get(training, {})):
            return None
    within = ledger.money_left >= 0 and min(ledger.hours_left.values(), default=0) >= 0
    return ledger if within else None


def _begin(ledger: Ledger, training: str, promised: dict[str, int]) -> bool:
    """The fewest runs and places that keep to what is fixed and promised; whether there is room."""
    offer, fixed = ledger.offers[training], ledger.asked.wishes.fixed.get(training, 0)
    places = Counter(promised)
    for unit, count in places.items():
        if ledger.room(training, unit) < count:
            return False
    runs = max(fixed, -(-places.total() // offer.places_max))
    fewest = max(places.total(), fixed * offer.places_min)
    wanted = next((n for n in range(fewest, runs * offer.places_max + 1) if _fits(ledger, training, runs, n)), None)
    if wanted is None or runs > offer.most_runs:
        return False
    while places.total() < wanted:
        free = [
            (unit, gain) for unit in ledger.units
            if ledger.room(training, unit) > places[unit]
            for gain in [ledger.gain(training, unit, places[unit])]
        ]  # fmt: skip
        if not free:
            return False
        unit, _ = max(free, key=lambda one: (one[1], ledger.hours_left[one[0]] - places[one[0]] * offer.hours))
        places[unit] += 1
    ledger.add(training, runs, places)
    return True


def _fits(ledger: Ledger, training: str, runs: int, places: int) -> bool:
    try:
        ledger.price(training, runs, places)
    except ValueError:
        return False
    return True


def _trim(ledger: Ledger, training: str) -> None:
    """Places that bring nothing go, and runs that then cost more than they need to."""
    offer, wishes = ledger.offers[training], ledger.asked.wishes
    fixed = wishes.fixed.get(training, 0)
    for unit in ledger.units:
        kept = wishes.promised.get((training, unit), 0)
        while ledger.places[training, unit] > kept and not ledger.loss(training, unit):
            if ledger.total[training] - 1 < fixed * offer.places_min:
                return
            fewer = _fewer_runs(ledger, training, fixed)
            if fewer is None:
                return
            ledger.add(training, fewer - ledger.runs[training], {unit: -1})


def _fewer_runs(ledger: Ledger, training: str, fixed: int) -> int | None:
    """In how many runs one place less costs least and no more than now; None where it would cost more."""
    offer = ledger.offers[training]
    runs, places = ledger.runs[training], ledger.total[training] - 1
    prices: list[tuple[int, int]] = []
    for count in (runs, runs - 1):
        if count >= fixed and count >= 0:
            try:
                prices.append((cost(offer, count, places), -count))
            except ValueError:
                continue
    if not prices or min(prices)[0] > ledger.cost[training]:
        return None
    return -min(prices)[1]
