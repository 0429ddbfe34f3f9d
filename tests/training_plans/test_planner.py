"""The planner against every plan there is, and what must hold for whatever is asked."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import Phase, assume, example, find, given, settings
from hypothesis import strategies as st

from app.training_plans.asked import Asked, Demand, Unit, Wishes
from app.training_plans.checking import contradictions
from app.training_plans.greedy import greedy, improved
from app.training_plans.keeping import troubles
from app.training_plans.planner import Ending, Found, best, search, together
from app.training_plans.valuing import Holding, Plan, groups, value
from tests.training_plans.questions import (
    allowed,
    every_plan,
    offer,
    question,
    questions,
    runs_cost,
    spent,
    with_wishes,
    worth,
)

CORNERS: dict[str, Callable[[Asked, Plan], bool]] = {
    "something fixed": lambda asked, plan: any(asked.wishes.fixed.values()),
    "something promised": lambda asked, plan: bool(asked.wishes.promised),
    "something excluded": lambda asked, plan: bool(asked.wishes.excluded),
    "nearly all the money spent": lambda asked, plan: 0 < asked.wishes.budget - (spent(asked, plan) or 0) < 100,
    "open places": lambda asked, plan: any(
        not run.closed
        for held in plan.holdings for one in asked.offers if one.training == held.training
        for run in groups(one, held)
    ),
    "two runs of a training": lambda asked, plan: any(held.runs == 2 for held in plan.holdings),
    "better than greedy": lambda asked, plan: value(asked, plan) > value(asked, greedy(asked) or Plan()),
    "gaps closed by more and by less": lambda asked, plan: any(
        len({one.closing for one in asked.offers if need.competency in one.competencies}) > 1
        for need in asked.demands
    ),
}  # fmt: skip


@pytest.mark.parametrize("corner", CORNERS)
def test_the_made_up_questions_reach_every_corner(corner: str) -> None:
    def reached(asked: Asked) -> bool:
        plan = None if contradictions(asked) else best(asked).plan
        return plan is not None and bool(plan.holdings) and CORNERS[corner](asked, plan)

    find(questions(), reached, settings=settings(phases=[Phase.generate], max_examples=400))


def solved(asked: Asked) -> Found:
    """The best there is, of a question that can be answered."""
    assume(not contradictions(asked))
    found = best(asked)
    assume(found.ending is not Ending.IMPOSSIBLE)
    assert found.ending is Ending.BEST
    return found


@settings(max_examples=60)
@given(questions(trainings=2, people=4))
def test_no_plan_of_all_there_are_is_worth_more_or_as_much_for_less(asked: Asked) -> None:
    assume(not contradictions(asked))
    found = best(asked)
    plans = [(worth(asked, plan), -(spent(asked, plan) or 0)) for plan in every_plan(asked)]
    if not plans:
        assert found.ending is Ending.IMPOSSIBLE
        return
    assert found.plan is not None
    assert (found.value, -(spent(asked, found.plan) or 0)) == max(plans)


@given(questions())
def test_never_over_budget_hours_or_places_and_what_is_fixed_is_held(asked: Asked) -> None:
    found = solved(asked)
    for plan in (found.plan, greedy(asked)):
        if plan is not None:
            assert allowed(asked, plan)
            assert troubles(asked, plan) == ()
            assert value(asked, plan) == worth(asked, plan)


@given(questions())
def test_the_best_is_at_least_the_greedy_plan(asked: Asked) -> None:
    quick = greedy(asked)
    found = solved(asked)
    assert quick is None or found.value >= value(asked, quick)


@settings(max_examples=50)
@given(questions(), st.integers(1, 1500))
def test_more_budget_is_never_a_worse_plan(asked: Asked, more: int) -> None:
    richer = with_wishes(asked, budget=asked.wishes.budget + more)
    assert solved(richer).value >= solved(asked).value


@settings(max_examples=50)
@given(questions(), st.integers(1, 12))
def test_more_hours_are_never_a_worse_plan(asked: Asked, more: int) -> None:
    longer = with_wishes(asked, hours_per_person=asked.wishes.hours_per_person + more)
    assert solved(longer).value >= solved(asked).value


@settings(max_examples=50)
@given(questions(), st.randoms())
def test_the_same_question_in_another_order_has_the_same_answer(asked: Asked, chance: random.Random) -> None:
    shuffled = [chance.sample(part, len(part)) for part in (asked.offers, asked.units, asked.demands)]
    other = replace(asked, offers=tuple(shuffled[0]), units=tuple(shuffled[1]), demands=tuple(shuffled[2]))
    assert greedy(other) == greedy(asked)
    assert best(other) == best(asked)


@settings(max_examples=50)
@given(questions(), st.sampled_from([Fraction(1, 2), Fraction(2), Fraction(3)]))
def test_all_weights_times_as_much_is_worth_times_as_much(asked: Asked, times: Fraction) -> None:
    areas = {need.focus_area for need in asked.demands}
    heavier = with_wishes(asked, focus_weights={
        area: float(times) * asked.wishes.focus_weights.get(area, 1) for area in areas
    })  # fmt: skip
    assert solved(heavier).value == times * solved(asked).value
    assert greedy(heavier) == greedy(asked)


@settings(max_examples=50)
@given(questions(), st.integers(2, 7))
def test_prices_and_budget_in_another_coin_are_the_same_plan(asked: Asked, times: int) -> None:
    def dearer(cost: int | None) -> int | None:
        return None if cost is None else cost * times

    other = replace(asked, offers=tuple(
        replace(one, cost_group=dearer(one.cost_group), cost_person=dearer(one.cost_person)) for one in asked.offers
    ))  # fmt: skip
    assert solved(with_wishes(other, budget=asked.wishes.budget * times)).value == solved(asked).value


@given(questions())
def test_improving_loses_nothing_and_stays_allowed(asked: Asked) -> None:
    plan = greedy(asked)
    assume(plan is not None and not contradictions(asked))
    assert plan is not None
    better = improved(asked, plan)
    assert allowed(asked, better)
    assert worth(asked, better) >= worth(asked, plan)


@given(questions())
def test_what_a_plan_costs_is_the_least_over_all_ways_to_fill_its_runs(asked: Asked) -> None:
    for one in asked.offers:
        for runs in range(4):
            for places in range(runs * one.places_max + 2):
                held = Holding(one.training, runs, {"noord": places} if places else {})
                cheapest = runs_cost(one, runs, places)
                if cheapest is None:
                    with pytest.raises(ValueError, match="no room"):
                        groups(one, held)
                    continue
                told = groups(one, held)
                assert (len(told), sum(run.cost for run in told)) == (runs, cheapest)
                assert sum(sum(run.places.values()) for run in told) == places
                assert all(one.places_min <= sum(run.places.values()) for run in told if run.closed)
                assert all(1 <= sum(run.places.values()) <= one.places_max for run in told)


def test_a_team_stays_together_in_a_run_where_it_can() -> None:
    one = offer("a", places_min=2, places_max=6)
    first, second = groups(one, Holding("a", 2, {"noord": 5, "oost": 3, "west": 2}))
    assert (first.places, second.places) == ({"noord": 5}, {"oost": 3, "west": 2})


# --- by hand ---------------------------------------------------------------------------------------------------------


def test_a_place_for_everybody_with_a_gap_and_none_besides() -> None:
    """Six need it, four go in a group: two groups; ½ point each, belang 4: 6 × ½ × 4."""
    found = best(question())
    assert found.plan == Plan((Holding("a", 2, {"noord": 6}),))
    assert (found.value, found.gap, found.progress) == (12, 0, 1)


def test_nothing_is_closed_beyond_the_gap() -> None:
    assert best(question(gap=0.3)).value == Fraction(3, 10) * 6 * 4


def test_one_alone_goes_to_an_open_place() -> None:
    found = best(question(offer(cost_person=300), in_need=1))
    assert found.plan is not None
    (run,) = groups(offer(cost_person=300), found.plan.holdings[0])
    assert (run.closed, run.places, run.cost) == (False, {"noord": 1}, 300)


def test_a_weight_decides_who_goes() -> None:
    units = (Unit("noord", 8), Unit("zuid", 8))
    demands = tuple(Demand(unit.code, "luisteren", 4, 1.0, 3) for unit in units)
    for favoured in ("noord", "zuid"):
        asked = Asked((offer(),), units, demands, Wishes(1000, 20, unit_weights={favoured: 2}))
        found = best(asked)
        assert found.plan is not None
        assert found.plan.holdings[0].places == {favoured: 4}


def test_without_trainings_there_is_an_empty_plan() -> None:
    nothing = replace(question(), offers=())
    assert best(nothing).plan == Plan()
    assert [found.ending for found in search(nothing)] == [Ending.GOING_ON, Ending.BEST]


# --- what cannot be, because of several wishes together --------------------------------------------------------------


def test_wishes_that_cannot_be_together_are_named() -> None:
    """Hours for ten places of thirteen in all, and yet for seven in noord and one in each of the others."""
    asked = question(
        offer("a", hours=13, places_min=4, places_max=6), offer("b", hours=13, places_min=6, places_max=6),
        in_need=0, fixed={"a": 1, "b": 1},
    )  # fmt: skip
    crowded = replace(asked, units=(Unit("noord", 5), Unit("oost", 1), Unit("zuid", 1)), demands=())
    assert contradictions(crowded) == ()
    assert greedy(crowded) is None
    found = best(crowded)
    assert (found.ending, found.plan, found.gap) == (Ending.IMPOSSIBLE, None, None)
    assert {one.figures["wish"] for one in together(crowded)} == {"hours", "fixed"}


@example(question(budget=0))
@given(questions())
def test_what_contradicts_itself_has_no_plan(asked: Asked) -> None:
    if contradictions(asked):
        assert next(every_plan(asked), None) is None
