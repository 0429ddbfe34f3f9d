"""What cannot be is named before anything is solved, with its figures; and so is where a plan by hand goes too far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.training_plans.asked import Asked, Demand, Unit
from app.training_plans.checking import Clash, contradictions
from app.training_plans.greedy import greedy
from app.training_plans.keeping import troubles
from app.training_plans.valuing import Holding, Plan
from tests.training_plans.questions import offer, question, with_wishes

PLAIN = question()


def of_team(**fields: float) -> Asked:
    demand = replace(PLAIN.demands[0], **fields)  # type: ignore[arg-type]
    return replace(PLAIN, demands=(demand,))


CLASHING: dict[str, tuple[Asked, Clash, dict[str, object]]] = {
    "fixed costs more": (
        question(budget=1999, fixed={"a": 2}), Clash.TOO_EXPENSIVE, {"cost": 2000, "budget": 1999}),
    "fixed costs more, at its cheapest": (
        question(offer(cost_person=300), budget=599, fixed={"a": 1}), Clash.TOO_EXPENSIVE,
        {"cost": 600, "budget": 599}),
    "fixed takes more hours than all have": (
        question(offer(), offer("b"), people=3, in_need=0, hours_per_person=10, fixed={"a": 1, "b": 1}),
        Clash.TOO_MANY_HOURS, {"hours": 40, "allowed": 30}),
    "fixed is longer than anybody may go": (
        question(offer(hours=22), fixed={"a": 1}), Clash.TOO_LONG, {"training": "a", "hours": 22, "allowed": 20}),
    "fixed needs more people than there are": (
        question(people=3, in_need=0, fixed={"a": 2}, hours_per_person=40), Clash.TOO_FEW_PEOPLE,
        {"training": "a", "places": 4, "people": 3}),
    "fixed and excluded": (
        question(fixed={"a": 1}, excluded=frozenset("a")), Clash.FIXED_AND_EXCLUDED, {"training": "a"}),
    "promised and excluded": (
        question(promised={("a", "noord"): 1}, excluded=frozenset("a")), Clash.PROMISED_AND_EXCLUDED,
        {"training": "a"}),
    "fixed more often than it is given": (
        question(fixed={"a": 3}), Clash.TOO_MANY_RUNS, {"training": "a", "runs": 3, "most": 2}),
    "promised to more than there are": (
        question(people=3, in_need=0, promised={("a", "noord"): 4}), Clash.PROMISED_TOO_MANY,
        {"training": "a", "unit": "noord", "places": 4, "people": 3}),
    "promised more hours than a team has": (
        question(offer(), offer("b"), people=3, in_need=0, hours_per_person=19,
                 promised={("a", "noord"): 3, ("b", "noord"): 3}),
        Clash.TOO_MANY_HOURS, {"unit": "noord", "hours": 60, "allowed": 57}),
    "promised five where groups are of four": (
        question(offer(places_min=4), people=7, promised={("a", "noord"): 5}), Clash.TOO_FEW_PEOPLE,
        {"training": "a", "places": 8, "people": 7}),
    "a budget below nothing": (question(budget=-1), Clash.BUDGET_ABSURD, {"budget": -1}),
    "a budget of billions": (question(budget=10**9), Clash.BUDGET_ABSURD, {"budget": 10**9}),
    "more hours than a year of work": (
        question(hours_per_person=1001), Clash.HOURS_ABSURD, {"hours": 1001}),
    "a weight below nothing": (
        question(unit_weights={"noord": -0.5}), Clash.WEIGHT_ABSURD, {"code": "noord", "weight": -0.5}),
    "a weight that is no number": (
        question(focus_weights={"acquisitie": float("inf")}), Clash.WEIGHT_ABSURD,
        {"code": "acquisitie", "weight": float("inf")}),
    "a cost below nothing": (question(offer(cost_group=-1)), Clash.OFFER_ABSURD, {"training": "a"}),
    "an absurd cost": (question(offer(cost_person=1_000_001)), Clash.OFFER_ABSURD, {"training": "a"}),
    "no price at all": (question(offer(cost_group=None)), Clash.OFFER_ABSURD, {"training": "a"}),
    "no hours": (question(offer(hours=0)), Clash.OFFER_ABSURD, {"training": "a"}),
    "more at the least than at the most": (question(offer(places_min=5)), Clash.OFFER_ABSURD, {"training": "a"}),
    "leading down": (question(offer(level_to=1, level_from=2)), Clash.OFFER_ABSURD, {"training": "a"}),
    "more in need than people": (of_team(people=11), Clash.DEMAND_ABSURD, {"unit": "noord", "competency": "luisteren"}),
    "a gap beyond the scale": (of_team(gap=4.1), Clash.DEMAND_ABSURD, {"unit": "noord", "competency": "luisteren"}),
    "no belang": (of_team(importance=0), Clash.DEMAND_ABSURD, {"unit": "noord", "competency": "luisteren"}),
    "a team below nothing": (
        replace(PLAIN, units=(Unit("noord", -1),), demands=()), Clash.UNIT_ABSURD, {"unit": "noord", "people": -1}),
    "a training twice": (question(offer(), offer()), Clash.TWICE, {"code": "a"}),
    "a team twice": (replace(PLAIN, units=PLAIN.units * 2), Clash.TWICE, {"code": "noord"}),
    "a demand twice": (replace(PLAIN, demands=PLAIN.demands * 2), Clash.TWICE, {"code": "noord luisteren"}),
    "fixed what is not there": (question(fixed={"z": 1}), Clash.UNKNOWN, {"code": "z"}),
    "excluded what is not there": (question(excluded=frozenset("z")), Clash.UNKNOWN, {"code": "z"}),
    "promised to who is not there": (question(promised={("a", "oost"): 1}), Clash.UNKNOWN, {"code": "oost"}),
    "needed by who is not there": (
        replace(PLAIN, demands=(Demand("oost", "luisteren", 1, 1.0, 4),)), Clash.UNKNOWN, {"code": "oost"}),
    "fixed less than nothing": (
        question(fixed={"a": -1}), Clash.TOO_MANY_RUNS, {"training": "a", "runs": -1, "most": 1000}),
}  # fmt: skip


@pytest.mark.parametrize("what", CLASHING)
def test_it_is_named_with_its_figures(what: str) -> None:
    asked, clash, figures = CLASHING[what]
    assert (clash, figures) in [(one.clash, dict(one.figures)) for one in contradictions(asked)]


def test_what_is_no_number_is_absurd() -> None:
    asked = question(unit_weights={"noord": float("nan")})
    assert [one.clash for one in contradictions(asked)] == [Clash.WEIGHT_ABSURD]


def test_a_question_without_contradictions() -> None:
    assert contradictions(PLAIN) == ()
    assert contradictions(question(budget=0, hours_per_person=0)) == ()


BY_HAND: dict[str, tuple[Plan, Clash]] = {
    "too dear": (Plan((Holding("a", 2, {"noord": 4}),)), Clash.TOO_EXPENSIVE),
    "too full": (Plan((Holding("a", 1, {"noord": 5}),)), Clash.NO_ROOM),
    "too empty": (Plan((Holding("a", 1, {"noord": 1}),)), Clash.NO_ROOM),
    "too often": (Plan((Holding("a", 3, {"noord": 6}),)), Clash.TOO_MANY_RUNS),
    "more than there are": (Plan((Holding("a", 3, {"noord": 11}),)), Clash.TOO_FEW_PEOPLE),
    "more hours than there are": (Plan((Holding("a", 1, {"noord": 4}), Holding("b", 1, {"noord": 4}))),
                                  Clash.TOO_MANY_HOURS),
    "excluded": (Plan((Holding("b", 1, {"noord": 4}),)), Clash.FIXED_AND_EXCLUDED),
    "too long": (Plan((Holding("c", 1, {"noord": 2}),)), Clash.TOO_LONG),
    "nothing fixed is held": (Plan(), Clash.FIXED_MISSING),
    "fixed, and held too small": (Plan((Holding("a", 1, {"noord": 1}),)), Clash.FIXED_MISSING),
    "nobody got what was promised": (Plan((Holding("a", 1, {"noord": 2}),)), Clash.PROMISED_MISSING),
}  # fmt: skip


@pytest.mark.parametrize("what", BY_HAND)
def test_a_plan_by_hand_that_goes_too_far(what: str) -> None:
    asked = question(
        offer(), offer("b"), offer("c", hours=21), people=10, budget=1500, hours_per_person=7, in_need=0,
        fixed={"a": 1}, promised={("a", "noord"): 3}, excluded=frozenset("b"),
    )  # fmt: skip
    asked = with_wishes(asked, hours_per_person=7 if what == "more hours than there are" else 20)
    plan, clash = BY_HAND[what]
    assert clash in [one.clash for one in troubles(asked, plan)]


def test_a_plan_within_everything_has_no_troubles() -> None:
    asked = question(fixed={"a": 1}, promised={("a", "noord"): 3})
    plan = greedy(asked)
    assert plan is not None
    assert troubles(asked, plan) == ()
