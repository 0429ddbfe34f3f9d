"""PURE: what cannot be, said before anything is solved, each with the figures it rests on.

A key is not yet a sentence: the page has one for each. What is named here is certain; a question with none of it may
still be impossible, because of several of its wishes together (planner.together).
"""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from app.training_plans.asked import Asked, Offer
from app.training_plans.valuing import cost

MOST_MONEY: Final = 10_000_000
MOST_COST: Final = 1_000_000
MOST_HOURS: Final = 1_000
MOST_PLACES: Final = 500
MOST_RUNS: Final = 1_000
MOST_PEOPLE: Final = 100_000
MOST_WEIGHT: Final = 100
"""Beyond these a figure is a slip of the pen (ours)."""


class Clash(enum.StrEnum):
    """What is wrong. Figures: see where each is made."""

    BUDGET_ABSURD = "budget-absurd"
    HOURS_ABSURD = "hours-absurd"
    WEIGHT_ABSURD = "weight-absurd"
    OFFER_ABSURD = "offer-absurd"
    UNIT_ABSURD = "unit-absurd"
    DEMAND_ABSURD = "demand-absurd"
    TWICE = "twice"
    UNKNOWN = "unknown"
    FIXED_AND_EXCLUDED = "fixed-and-excluded"
    PROMISED_AND_EXCLUDED = "promised-and-excluded"
    TOO_MANY_RUNS = "too-many-runs"
    TOO_LONG = "too-long"                       # one person's hours are not enough for one training that is held
    TOO_FEW_PEOPLE = "too-few-people"           # the places of the runs need more people than there are
    TOO_EXPENSIVE = "too-expensive"
    TOO_MANY_HOURS = "too-many-hours"
    PROMISED_TOO_MANY = "promised-too-many"     # more places promised to a unit than it has people
    NO_ROOM = "no-room"                         # the places do not fit the runs
    FIXED_MISSING = "fixed-missing"
    PROMISED_MISSING = "promised-missing"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One clash; `figures`: what its sentence names, codes and numbers. `trainings`: the codes of those that are
    settled and ask this together.
    """

    clash: Clash
    figures: Mapping[str, str | int | float] = field(default_factory=dict)
    trainings: tuple[str, ...] = ()


def contradictions(asked: Asked) -> tuple[Contradiction, ...]:
    """All that is certain: first what no figure can be, and only without any of that what clashes."""
    return tuple(_absurd(asked)) or tuple(_clashing(asked))


def _absurd(asked: Asked) -> Iterator[Contradiction]:
    wishes = asked.wishes
    if not 0 <= wishes.budget <= MOST_MONEY:
        yield Contradiction(Clash.BUDGET_ABSURD, {"budget": wishes.budget})
    if not 0 <= wishes.hours_per_person <= MOST_HOURS:
        yield Contradiction(Clash.HOURS_ABSURD, {"hours": wishes.hours_per_person})
    for code, weight in (*wishes.focus_weights.items(), *wishes.unit_weights.items()):
        if not 0 <= weight <= MOST_WEIGHT:
            yield Contradiction(Clash.WEIGHT_ABSURD, {"code": code, "weight": weight})
    for offer in asked.offers:
        if not _sound(offer):
            yield Contradiction(Clash.OFFER_ABSURD, {"training": offer.training})
    for unit in asked.units:
        if not 0 <= unit.people <= MOST_PEOPLE or unit.planned < 0:
            yield Contradiction(Clash.UNIT_ABSURD, {"unit": unit.code, "people": unit.people})
    people = {unit.code: unit.people for unit in asked.units}
    for demand in asked.demands:
        within = 0 <= demand.people <= people.get(demand.unit, MOST_PEOPLE)
        if not (within and 0 <= demand.gap <= 4 and 1 <= demand.importance <= 5):
            yield Contradiction(Clash.DEMAND_ABSURD, {"unit": demand.unit, "competency": demand.competency})
    for training, runs in wishes.fixed.items():
        if not 0 <= runs <= MOST_RUNS:
            yield Contradiction(Clash.TOO_MANY_RUNS, {"training": training, "runs": runs, "most": MOST_RUNS})
    for (training, team), places in wishes.promised.items():
        if places < 0:
            yield Contradiction(Clash.PROMISED_TOO_MANY, {"training": training, "unit": team, "places": places})
    yield from _names(asked)


def _sound(offer: Offer) -> bool:
    costs = [price for price in (offer.cost_group, offer.cost_person) if price is not None]
    return (
        bool(costs)
        and all(0 <= price <= MOST_COST for price in costs)
        and 1 <= offer.hours <= MOST_HOURS
        and 1 <= offer.places_min <= offer.places_max <= MOST_PLACES
        and 0 <= offer.most_runs <= MOST_RUNS
        and 1 <= offer.level_from <= offer.level_to <= 5
    )


def _names(asked: Asked) -> Iterator[Contradiction]:
    wishes = asked.wishes
    trainings, units = {offer.training for offer in asked.offers}, {unit.code for unit in asked.units}
    named = [
        *_more_than_once(offer.training for offer in asked.offers),
        *_more_than_once(unit.code for unit in asked.units),
        *_more_than_once(f"{demand.unit} {demand.competency}" for demand in asked.demands),
    ]
    for code in named:
        yield Contradiction(Clash.TWICE, {"code": code})
    used = wishes.fixed.keys() | wishes.excluded | {training for training, _ in wishes.promised}
    placed = wishes.unit_weights.keys() | {unit for _, unit in wishes.promised} | {d.unit for d in asked.demands}
    for code in (*sorted(used - trainings), *sorted(placed - units)):
        yield Contradiction(Clash.UNKNOWN, {"code": code})


def _more_than_once(codes: Iterable[str]) -> list[str]:
    return [code for code, count in Counter(codes).items() if count > 1]


def _clashing(asked: Asked) -> Iterator[Contradiction]:
    wishes = asked.wishes
    everybody = sum(unit.people for unit in asked.units)
    money = hours = 0
    settled, paid = list[str](), list[str]()
    for offer in asked.offers:
        runs, fewest = _fewest(asked, offer)
        if not runs:
            continue
        training = offer.training
        if training in wishes.excluded:
            clash = Clash.FIXED_AND_EXCLUDED if wishes.fixed.get(training) else Clash.PROMISED_AND_EXCLUDED
            yield Contradiction(clash, {"training": training})
            continue
        if runs > offer.most_runs:
            yield Contradiction(Clash.TOO_MANY_RUNS, {"training": training, "runs": runs, "most": offer.most_runs})
        if offer.hours > wishes.hours_per_person:
            yield Contradiction(
                Clash.TOO_LONG, {"training": training, "hours": offer.hours, "allowed": wishes.hours_per_person}
            )
        fewest = min((places for places, _ in _fitting(offer, runs, fewest)), default=fewest)
        if fewest > everybody:
            yield Contradiction(Clash.TOO_FEW_PEOPLE, {"training": training, "places": fewest, "people": everybody})
        price = _fixed_cost(asked, offer)
        settled.append(training)
        if price:
            paid.append(training)
        money += price
        hours += fewest * offer.hours
    if money > wishes.budget:
        yield Contradiction(Clash.TOO_EXPENSIVE, {"cost": money, "budget": wishes.budget}, tuple(paid))
    if hours > (allowed := sum(asked.hours_of(unit) for unit in asked.units)):
        yield Contradiction(Clash.TOO_MANY_HOURS, {"hours": hours, "allowed": allowed}, tuple(settled))
    yield from _promised(asked)


def _promised(asked: Asked) -> Iterator[Contradiction]:
    long = {offer.training: offer.hours for offer in asked.offers}
    for unit in asked.units:
        own = {training: count for (training, of), count in asked.wishes.promised.items() if of == unit.code}
        for training, count in own.items():
            if count > unit.people:
                yield Contradiction(
                    Clash.PROMISED_TOO_MANY,
                    {"training": training, "unit": unit.code, "places": count, "people": unit.people},
                )
        hours, allowed = sum(long[code] * n for code, n in own.items()), asked.hours_of(unit)
        if hours > allowed:
            yield Contradiction(Clash.TOO_MANY_HOURS, {"unit": unit.code, "hours": hours, "allowed": allowed})


def _fixed_cost(asked: Asked, offer: Offer) -> int:
    """The least that the fixed runs and promised places of one training cost."""
    runs, fewest = _fewest(asked, offer)
    return min((price for _, price in _fitting(offer, runs, fewest)), default=0)


def _fewest(asked: Asked, offer: Offer) -> tuple[int, int]:
    """The runs and places that are fixed or promised at the least."""
    fixed = asked.wishes.fixed.get(offer.training, 0)
    promised = sum(count for (training, _), count in asked.wishes.promised.items() if training == offer.training)
    return max(fixed, -(-promised // offer.places_max)), max(promised, fixed * offer.places_min)


def _fitting(offer: Offer, runs: int, fewest: int) -> Iterator[tuple[int, int]]:
    """With how many places, so many or more, the runs can be held, and what they then cost."""
    for places in range(fewest, runs * offer.places_max + 1):
        try:
            yield places, cost(offer, runs, places)
        except ValueError:
            continue
