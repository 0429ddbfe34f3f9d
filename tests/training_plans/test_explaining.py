"""Why a plan is as it is: every figure against a recount, for the planner's plan and for one made by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from app.training_plans import explaining
from app.training_plans.asked import Asked, Demand, Unit
from app.training_plans.checking import contradictions
from app.training_plans.explaining import Because, left_out, sums, why
from app.training_plans.greedy import greedy, improved
from app.training_plans.keeping import troubles
from app.training_plans.planner import best
from app.training_plans.valuing import Closed, Going, Holding, Plan, closing_of
from tests.training_plans.questions import offer, question, questions, spent, with_wishes, worth


def planned(asked: Asked) -> Plan:
    assume(not contradictions(asked))
    plan = greedy(asked)
    assume(plan is not None)
    assert plan is not None
    return plan


@st.composite
def by_hand(draw: st.DrawFn) -> tuple[Asked, Plan]:
    """Any plan at all, whether or not it is allowed."""
    asked = draw(questions())
    places = {
        (one.training, unit.code): draw(st.integers(0, unit.people)) for one in asked.offers for unit in asked.units
    }
    return asked, Plan.of({one.training: draw(st.integers(0, 2)) for one in asked.offers}, places)


@given(by_hand())
def test_the_sums_of_any_plan_are_those_of_a_recount(made: tuple[Asked, Plan]) -> None:
    asked, plan = made
    told = sums(asked, plan)
    hours = {one.training: one.hours for one in asked.offers}
    assert told.value == worth(asked, plan)
    assert told.places == sum(held.total for held in plan.holdings)
    assert told.hours == sum(hours[held.training] * held.total for held in plan.holdings)
    assert told.left == asked.wishes.budget - told.cost
    money = spent(asked, plan)
    if money is not None:
        assert told.cost == money


@given(by_hand())
def test_a_run_brings_what_the_plan_is_worth_less_without_it(made: tuple[Asked, Plan]) -> None:
    asked, plan = made
    for reason in why(asked, plan):
        rest = Plan(tuple(held for held in plan.holdings if held.training != reason.held.training))
        assert reason.brings == worth(asked, plan) - worth(asked, rest)
        assert reason.per_euro is None or reason.per_euro * (reason.cost or 0) == reason.brings
        assert sum(one.worth for one in reason.serves) == worth(asked, Plan((reason.held,)))
        for one in reason.serves:
            assert one.people <= min(one.demand.people, reason.held.places[one.demand.unit])


@given(questions())
def test_with_so_many_euros_more_what_was_left_out_can_really_be_held(asked: Asked) -> None:
    plan = planned(asked)
    for one in left_out(asked, plan):
        if one.because is Because.MONEY:
            richer = with_wishes(asked, budget=asked.wishes.budget + one.more)
            assert any(
                worth(richer, other) >= worth(asked, plan) + one.brings and troubles(richer, other) == ()
                for other in (improved(richer, plan), best(richer).plan)
                if other is not None
            )
        else:
            assert one.because is not Because.FITS, "the greedy plan goes on until nothing fits"
            assert (one.more, one.places, one.brings) == (0, 0, 0)


@given(questions(), st.integers(0, 1000))
def test_more_money_adds_to_the_plan_within_that_money(asked: Asked, extra: int) -> None:
    plan = planned(asked)
    richer = with_wishes(asked, budget=asked.wishes.budget + extra)
    more = improved(richer, plan)
    assert troubles(richer, more) == ()
    assert worth(asked, more) >= worth(asked, plan)
    assert sums(asked, more).cost - sums(asked, plan).cost <= sums(asked, plan).left + extra
    assert best(richer).value >= worth(asked, more)


# --- by hand ---------------------------------------------------------------------------------------------------------

TWO_TEAMS = replace(
    question(offer("a"), offer("b", "netwerken", cost_group=1700), offer("c", hours=21), offer("d"), budget=2500,
             excluded=frozenset("d")),
    units=(Unit("noord", 8), Unit("zuid", 8)),
    demands=(Demand("noord", "luisteren", 4, 1.0, 5), Demand("zuid", "netwerken", 4, 0.4, 2)),
)  # fmt: skip


def test_what_each_euro_brings_and_for_whom() -> None:
    plan = best(TWO_TEAMS).plan
    assert plan is not None
    (reason,) = why(TWO_TEAMS, plan)
    assert reason.held == Holding("a", 1, {"noord": 4})
    assert (reason.cost, reason.hours, reason.brings) == (1000, 40, 10)
    assert reason.per_euro == Fraction(1, 100)
    (one,) = reason.serves
    assert (one.demand, one.people, one.points) == (TWO_TEAMS.demands[0], 4, 2)


def test_what_was_left_out_and_what_it_would_take() -> None:
    plan = best(TWO_TEAMS).plan
    assert plan is not None
    told = {one.training: one for one in left_out(TWO_TEAMS, plan)}
    assert (told["b"].because, told["b"].more, told["b"].places) == (Because.MONEY, 200, 4)
    assert told["b"].brings == Fraction(4, 10) * 4 * 2
    assert {code: told[code].because for code in "acd"} == {
        "a": Because.NO_NEED, "c": Because.NO_NEED, "d": Because.EXCLUDED,
    }
    richer = with_wishes(TWO_TEAMS, budget=TWO_TEAMS.wishes.budget + told["b"].more)
    more = improved(richer, plan)
    assert worth(TWO_TEAMS, more) - worth(TWO_TEAMS, plan) == told["b"].brings
    assert sums(TWO_TEAMS, more).cost - sums(TWO_TEAMS, plan).cost == 1700
    assert more == best(richer).plan


def test_what_is_too_long_has_no_room() -> None:
    asked = question(offer("c", hours=21))
    assert [one.because for one in left_out(asked, Plan())] == [Because.NO_ROOM]


def test_a_plan_from_which_something_was_taken_says_that_it_fits() -> None:
    (one,) = left_out(question(), Plan())
    assert (one.because, one.more, one.places, one.brings) == (Because.FITS, 0, 4, 8)


def test_what_fits_now_comes_before_what_would_with_more_money() -> None:
    """Of six who need it five can go for € 800 at € 150 each."""
    asked = question(offer("a", cost_group=None, cost_person=150, places_max=8), budget=800)
    (one,) = left_out(asked, Plan())
    assert (one.because, one.more, one.places, one.brings) == (Because.FITS, 0, 5, 10)


def test_two_that_serve_the_same_people_bring_little_each() -> None:
    asked = question(in_need=4, hours_per_person=40)
    asked = replace(asked, offers=(offer("a"), offer("b")))
    both = Plan((Holding("a", 1, {"noord": 4}), Holding("b", 1, {"noord": 4})))
    assert [reason.brings for reason in why(asked, both)] == [0, 0]
    assert sums(asked, both).value == 8
    assert sums(asked, both).people == 4


# --- how much is valued ----------------------------------------------------------------------------------------------


def many(count: int) -> tuple[Asked, Plan]:
    """So many trainings and teams, each with a competency of its own."""
    codes = [f"{number:03}" for number in range(count)]
    asked = replace(
        question(*(offer(code, code) for code in codes)),
        units=tuple(Unit(code, 4) for code in codes),
        demands=tuple(Demand(code, about, 4, 1.0, 3) for code in codes for about in codes),
    )
    return asked, Plan(tuple(Holding(code, 1, {code: 4}) for code in codes))


def test_of_each_training_only_what_it_serves_is_valued(monkeypatch: pytest.MonkeyPatch) -> None:
    valued: list[Demand] = []

    def counted(asked: Asked, demand: Demand, going: Iterable[Going]) -> Closed | None:
        valued.append(demand)
        return closing_of(asked, demand, going)

    monkeypatch.setattr(explaining, "closing_of", counted)
    counts = []
    for size in (5, 10):
        valued.clear()
        assert [reason.brings for reason in why(*many(size))] == [6] * size
        counts.append(len(valued))
    assert counts[1] == 2 * counts[0] <= 4 * 5
