"""Questions to the planner for the tests, and recounts that share nothing with the code but the question's fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import strategies as st

from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.valuing import Plan

COMPETENCIES = ("luisteren", "netwerken", "mediëren")
AREAS = {"luisteren": "", "netwerken": "acquisitie", "mediëren": "onderhandelen"}


def offer(training: str = "a", *competencies: str, **fields: int | None) -> Offer:
    standard: dict[str, int | None] = {
        "level_from": 1, "level_to": 3, "hours": 10, "cost_group": 1000, "cost_person": None, "places_min": 2,
        "places_max": 4, "most_runs": 2,
    }  # fmt: skip
    return Offer(training, competencies or ("luisteren",), **{**standard, **fields})  # type: ignore[arg-type]


def question(*offers: Offer, people: int = 10, in_need: int = 6, gap: float = 1.0, importance: float = 4,
             **wishes: object) -> Asked:  # fmt: skip
    """One team that needs luisteren."""
    wished = Wishes(**{"budget": 5000, "hours_per_person": 20, **wishes})  # type: ignore[arg-type]
    demand = Demand("noord", "luisteren", in_need, gap, importance)
    return Asked(offers or (offer(),), (Unit("noord", people),), (demand,), wished)


def with_wishes(asked: Asked, **changed: object) -> Asked:
    return replace(asked, wishes=replace(asked.wishes, **changed))  # type: ignore[arg-type]


# --- made up ---------------------------------------------------------------------------------------------------------


@st.composite
def offers(draw: st.DrawFn, code: str) -> Offer:
    prices = draw(st.sampled_from([(600, None), (None, 150), (500, 200), (900, 130), (0, None)]))
    fewest = draw(st.integers(1, 3))
    level = draw(st.integers(1, 4))
    return Offer(
        code, tuple(draw(st.sets(st.sampled_from(COMPETENCIES), min_size=1, max_size=2))), level,
        draw(st.integers(level, 5)), draw(st.sampled_from([5, 8, 12])), *prices, fewest,
        fewest + draw(st.integers(0, 2)), draw(st.integers(1, 2)),
    )  # fmt: skip


@st.composite
def questions(draw: st.DrawFn, trainings: int = 3, people: int = 6) -> Asked:
    """Small ones, with now and then something fixed, promised, excluded or weighed."""
    given = tuple(draw(offers(code)) for code in "abc"[: draw(st.integers(1, trainings))])
    units = tuple(Unit(code, draw(st.integers(1, people)), draw(st.sampled_from([0, 0, 7, 500])))
                  for code in ("noord", "zuid")[: draw(st.integers(1, 2))])
    demands = tuple(
        Demand(unit.code, competency, draw(st.integers(0, unit.people)), draw(st.integers(0, 20)) / 10,
               draw(st.integers(1, 5)), AREAS[competency])
        for unit in units for competency in COMPETENCIES if draw(st.integers(0, 3))
    )  # fmt: skip
    codes = [one.training for one in given]
    fixed = {draw(st.sampled_from(codes)): 1} if not draw(st.integers(0, 3)) else {}
    promised = {(draw(st.sampled_from(codes)), units[0].code): 1} if not draw(st.integers(0, 3)) else {}
    excluded = frozenset(draw(st.sampled_from(codes))) if not draw(st.integers(0, 5)) else frozenset()
    return Asked(given, units, demands, Wishes(
        draw(st.integers(0, 20)) * 150, draw(st.sampled_from([0, 8, 13, 20, 40])),
        {"acquisitie": draw(st.sampled_from([0, 0.5, 1, 2]))}, {"noord": draw(st.sampled_from([0.5, 1, 1.5]))},
        fixed, excluded, promised,
    ))  # fmt: skip


# --- counted again ---------------------------------------------------------------------------------------------------


def runs_cost(one: Offer, runs: int, places: int) -> int | None:
    """The least, over every size that each run could have, closed or open; None where nothing fits."""
    kinds: list[tuple[int, int]] = []
    for size in range(1, one.places_max + 1):
        prices = []
        if one.cost_group is not None and size >= one.places_min:
            prices.append(one.cost_group)
        if one.cost_person is not None:
            prices.append(one.cost_person * size)
        kinds += [(size, min(prices))] if prices else []
    cheapest: dict[int, int] = {0: 0}
    for _ in range(runs):
        after: dict[int, int] = {}
        for (size, price), (before, spent) in product(kinds, cheapest.items()):
            total = before + size
            after[total] = min(spent + price, after.get(total, spent + price))
        cheapest = after
    return cheapest.get(places)


def worth(asked: Asked, plan: Plan) -> Fraction:
    """Person by person: everybody with a gap is handed the best place that is left."""
    total = Fraction(0)
    for need in asked.demands:
        open_places: list[Fraction] = []
        for held in plan.holdings:
            (one,) = (one for one in asked.offers if one.training == held.training)
            if need.competency in one.competencies:
                points = Fraction(max(1, one.level_to - one.level_from), 4)
                open_places += [min(points, Fraction(str(need.gap)))] * held.places.get(need.unit, 0)
        best = sorted(open_places, reverse=True)[: need.people]
        weight = Fraction(str(asked.wishes.unit_weights.get(need.unit, 1)))
        weight *= Fraction(str(asked.wishes.focus_weights.get(need.focus_area, 1))) * Fraction(str(need.importance))
        total += weight * sum(best, Fraction(0))
    return total


def spent(asked: Asked, plan: Plan) -> int | None:
    by_code = {one.training: one for one in asked.offers}
    prices = [runs_cost(by_code[held.training], held.runs, held.total) for held in plan.holdings]
    return None if None in prices else sum(price for price in prices if price is not None)


def allowed(asked: Asked, plan: Plan) -> bool:
    """Whether a plan keeps to everything that was asked."""
    wishes, by_code = asked.wishes, {one.training: one for one in asked.offers}
    money = spent(asked, plan)
    if money is None or money > wishes.budget:
        return False
    for unit in asked.units:
        going = [(by_code[held.training], held.places.get(unit.code, 0)) for held in plan.holdings]
        going_hours = sum(one.hours * count for one, count in going)
        if going_hours and going_hours + unit.planned > wishes.hours_per_person * unit.people:
            return False
        if any(count > unit.people or (count and one.hours > wishes.hours_per_person) for one, count in going):
            return False
    if any(held.training in wishes.excluded or held.runs > by_code[held.training].most_runs for held in plan.holdings):
        return False
    held_of = {held.training: held for held in plan.holdings}
    for training, runs in wishes.fixed.items():
        held = held_of.get(training)
        if runs and (held is None or held.runs < runs or held.total < runs * by_code[training].places_min):
            return False
    return all(
        not count or (training in held_of and held_of[training].places.get(unit, 0) >= count)
        for (training, unit), count in wishes.promised.items()
    )


def every_plan(asked: Asked) -> Iterator[Plan]:
    """All plans that keep to what was asked."""
    choices: list[list[tuple[int, dict[str, int]]]] = []
    for one in asked.offers:
        of_one: list[tuple[int, dict[str, int]]] = [(0, {})]
        for counts in product(*(range(unit.people + 1) for unit in asked.units)):
            places = {unit.code: count for unit, count in zip(asked.units, counts, strict=True) if count}
            of_one += [
                (runs, places) for runs in range(1, one.most_runs + 1)
                if runs_cost(one, runs, sum(counts)) is not None
            ]  # fmt: skip
        choices.append(of_one)
    for chosen in product(*choices):
        runs = {one.training: held for one, (held, _) in zip(asked.offers, chosen, strict=True)}
        places = {
            (one.training, unit): count
            for one, (_, of) in zip(asked.offers, chosen, strict=True) for unit, count in of.items()
        }  # fmt: skip
        plan = Plan.of(runs, places)
        if allowed(asked, plan):
            yield plan
