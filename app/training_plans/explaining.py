"""PURE: why a plan is as it is, and what it leaves out: for any plan, the planner's or one changed by hand.

"Brings" is always the same: what the plan would be worth less without it (valuing.value). Two trainings that serve the
same people can each bring less than they close together; so the parts need not add up to the whole, and the page does
not add them.
"""

from __future__ import annotations

import enum
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from app.training_plans.asked import Asked, Demand, Offer
from app.training_plans.checking import MOST_MONEY
from app.training_plans.greedy import candidate
from app.training_plans.ledger import Ledger
from app.training_plans.valuing import Closed, Holding, Plan, closing_of, closings, cost, going_of


@dataclass(frozen=True, slots=True)
class Sums:
    """What a plan asks and brings. `cost` counts no holding that has no room in its runs: see keeping.troubles."""

    cost: int
    left: int                   # of the budget; below zero when it is passed
    hours: int                  # of all people together
    runs: int
    places: int
    value: Fraction
    people: int                 # (person, competency) pairs of which something is closed
    points: Fraction            # closed for them together, without weights


@dataclass(frozen=True, slots=True)
class Why:
    """One training of a plan: what it costs, what it brings, per euro too (None when it is free), and for what."""

    held: Holding
    cost: int | None            # None where it has no room in its runs
    hours: int
    brings: Fraction
    per_euro: Fraction | None
    serves: tuple[Closed, ...]  # what it closes taken by itself, the most worth first


class Because(enum.Enum):
    """Why no more is held of a training."""

    EXCLUDED = enum.auto()
    NO_NEED = enum.auto()       # it serves no gap that is still open
    NO_ROOM = enum.auto()       # no hours or people left, or no runs
    MONEY = enum.auto()         # `more` euros would bring it
    FITS = enum.auto()          # some of it still fits: only in a plan that was changed by hand


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What could be held beside a plan, and what it would take: so many euros `more` than the budget, and what that
    run or those places then bring. Zero without a possible addition.
    """

    training: str
    because: Because
    more: int
    places: int
    brings: Fraction


def sums(asked: Asked, plan: Plan) -> Sums:
    """The sums of any plan, also while it is being changed."""
    offers = _offers(asked)
    spent = sum(_cost(offers[held.training], held) or 0 for held in plan.holdings)
    closed = list(closings(asked, plan))
    return Sums(
        spent,
        asked.wishes.budget - spent,
        sum(held.total * offers[held.training].hours for held in plan.holdings),
        sum(held.runs for held in plan.holdings),
        sum(held.total for held in plan.holdings),
        sum((one.worth for one in closed), Fraction(0)),
        sum(one.people for one in closed),
        sum((one.points for one in closed), Fraction(0)),
    )


def why(asked: Asked, plan: Plan) -> tuple[Why, ...]:
    """Per training that is held, in the order of the plan."""
    return tuple(_why(asked, plan))


def left_out(asked: Asked, plan: Plan) -> tuple[LeftOut, ...]:
    """What more could be held of every training, the most per euro first; those that cannot come last.

    The plan keeps to what was asked (keeping.troubles is empty).
    """
    ledger = Ledger(asked, plan)
    told = [_left_out(ledger, training) for training in ledger.offers]
    return tuple(sorted(told, key=lambda one: (-_per_euro(one), one.training)))


def _why(asked: Asked, plan: Plan) -> Iterator[Why]:
    """What a training brings is felt only where its places are, in what it serves: the rest is not looked at."""
    offers, going = _offers(asked), going_of(asked, plan)
    of_place: dict[tuple[str, str], list[Demand]] = defaultdict(list)
    for demand in asked.demands:
        of_place[demand.unit, demand.competency].append(demand)
    for held in plan.holdings:
        offer = offers[held.training]
        places = sorted({(unit, code) for unit in held.places for code in offer.competencies})
        brings, serves = Fraction(0), []
        for demand in (demand for where in places for demand in of_place.get(where, ())):
            place = demand.unit, demand.competency
            alone = closing_of(asked, demand, [one for one in going[place] if one.training == held.training])
            if alone is None:
                continue
            serves.append(alone)
            others = [one for one in going[place] if one.training != held.training]
            together = closing_of(asked, demand, going[place]) if others else alone
            brings += _worth(together) - _worth(closing_of(asked, demand, others))
        price = _cost(offer, held)
        yield Why(held, price, held.total * offer.hours, brings, brings / price if price else None,
                  tuple(sorted(serves, key=lambda one: -one.worth)))


def _worth(found: Closed | None) -> Fraction:
    return found.worth if found else Fraction(0)


def _left_out(ledger: Ledger, training: str) -> LeftOut:
    asked = ledger.asked
    nothing = LeftOut(training, Because.NO_NEED, 0, 0, Fraction(0))
    if training in asked.wishes.excluded:
        return replace(nothing, because=Because.EXCLUDED)
    if not any(ledger.gain(training, unit) for unit in ledger.units):
        return nothing
    found = candidate(ledger, training, ledger.money_left) or candidate(ledger, training, MOST_MONEY)
    if found is None:
        return replace(nothing, because=Because.NO_ROOM)
    more = max(0, found.price - ledger.money_left)
    because = Because.MONEY if more else Because.FITS
    return LeftOut(training, because, more, len(found.units), ledger.points(found.gain))


def _per_euro(one: LeftOut) -> Fraction:
    if not one.places:
        return Fraction(-1)
    return one.brings / max(1, one.more)


def _offers(asked: Asked) -> dict[str, Offer]:
    return {offer.training: offer for offer in asked.offers}


def _cost(offer: Offer, held: Holding) -> int | None:
    try:
        return cost(offer, held.runs, held.total)
    except ValueError:
        return None
