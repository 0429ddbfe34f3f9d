"""PURE: where a plan, perhaps changed by hand, does not keep to what was asked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from app.training_plans.asked import Asked
from app.training_plans.checking import Clash, Contradiction
from app.training_plans.valuing import Plan, cost


def troubles(asked: Asked, plan: Plan) -> tuple[Contradiction, ...]:
    """Empty for every plan of the planner. The plan has only trainings and units of the question."""
    return tuple(_troubles(asked, plan))


def has_room(asked: Asked, plan: Plan) -> bool:
    """Whether the places of each training fit its runs; without that nobody knows what the plan costs."""
    offers = {offer.training: offer for offer in asked.offers}
    try:
        for held in plan.holdings:
            cost(offers[held.training], held.runs, held.total)
    except ValueError:
        return False
    return True


def _troubles(asked: Asked, plan: Plan) -> Iterator[Contradiction]:
    wishes = asked.wishes
    offers = {offer.training: offer for offer in asked.offers}
    hours: Counter[str] = Counter()
    money = 0
    people = {unit.code: unit.people for unit in asked.units}
    for held in plan.holdings:
        offer = offers[held.training]
        training = held.training
        if training in wishes.excluded:
            yield Contradiction(Clash.FIXED_AND_EXCLUDED, {"training": training})
        if held.runs > offer.most_runs:
            yield Contradiction(Clash.TOO_MANY_RUNS, {"training": training, "runs": held.runs, "most": offer.most_runs})
        if offer.hours > wishes.hours_per_person and held.total:
            yield Contradiction(
                Clash.TOO_LONG, {"training": training, "hours": offer.hours, "allowed": wishes.hours_per_person}
            )
        try:
            money += cost(offer, held.runs, held.total)
        except ValueError:
            yield Contradiction(Clash.NO_ROOM, {"training": training, "places": held.total, "runs": held.runs})
        for unit, count in held.places.items():
            hours[unit] += count * offer.hours
            if not 0 <= count <= people[unit]:
                yield Contradiction(
                    Clash.TOO_FEW_PEOPLE, {"training": training, "unit": unit, "places": count, "people": people[unit]}
                )
    if money > wishes.budget:
        yield Contradiction(Clash.TOO_EXPENSIVE, {"cost": money, "budget": wishes.budget})
    for one in asked.units:
        if (asks := hours[one.code]) > (allowed := asked.hours_of(one)):
            yield Contradiction(Clash.TOO_MANY_HOURS, {"unit": one.code, "hours": asks, "allowed": allowed})
    yield from _missing(asked, plan)


def _missing(asked: Asked, plan: Plan) -> Iterator[Contradiction]:
    runs, places = plan.runs(), plan.places()
    total = {held.training: held.total for held in plan.holdings}
    fewest = {offer.training: offer.places_min for offer in asked.offers}
    for training, fixed in asked.wishes.fixed.items():
        if runs.get(training, 0) < fixed or total.get(training, 0) < fixed * fewest[training]:
            yield Contradiction(Clash.FIXED_MISSING, {"training": training, "runs": fixed})
    for (training, unit), count in asked.wishes.promised.items():
        if places.get((training, unit), 0) < count:
            yield Contradiction(Clash.PROMISED_MISSING, {"training": training, "unit": unit, "places": count})
