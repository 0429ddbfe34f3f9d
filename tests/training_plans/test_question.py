"""From published figures, the aanbod and wishes to a question, by tables."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given

from app.training_plans.asked import Asked, Demand, Unit
from app.training_plans.greedy import greedy
from app.training_plans.question import MOST_RUNS, Figure, Wish, most_runs, question, unit_in, units_of
from app.training_plans.stored import packed_plan, packed_question, plan_in, question_in, within
from app.training_plans.valuing import Plan
from tests.training_plans.questions import offer, questions, with_wishes

FIGURES = (
    Figure("team=1", "luisteren", 8, 6, 1.2, 4.0),
    Figure("team=1", "netwerken", 9, 0, 0.0, 3.0),          # nobody, or one: no demand
    Figure("team=kleine-teams", "luisteren", 5, 5, 0.4, 4.5),
    Figure("", "luisteren", 13, 11, 0.9, 4.2),              # the whole dienst is no unit
    Figure("sector=po&team=1", "luisteren", 5, 4, 1.0, 4.0),
    Figure("moment=eerder&team=1", "luisteren", 7, 7, 2.0, 4.0),
    Figure("team=1", "vragen", 8, 3, 0.0, 4.0),             # three are behind; the team as a whole is not: no demand
)
WISH = Wish("Plan", dt.date(2026, 8, 1), dt.date(2027, 7, 31), 5000, 40, {"acquisitie": 2.0},
            {"1": 0.5, "77": 3.0}, {"a": 2, "weg": 1}, frozenset({"b", "ook-weg"}))


@pytest.mark.parametrize(("cell", "unit"), [
    ("team=3", "3"), ("team=kleine-teams", "kleine-teams"), ("team=zonder", "zonder"), ("", None),
    ("sector=po", None), ("sector=po&team=3", None), ("moment=eerder&team=3", None),
])  # fmt: skip
def test_a_unit_is_one_team_or_the_small_ones(cell: str, unit: str | None) -> None:
    assert unit_in(cell) == unit


def test_units_are_as_large_as_their_largest_figure() -> None:
    assert units_of(FIGURES) == (Unit("1", 9), Unit("kleine-teams", 5))


def test_only_published_gaps_of_units_are_asked_about() -> None:
    asked = question(FIGURES, [offer("b"), offer("a")], WISH, {"luisteren": "acquisitie"})
    assert asked.demands == (
        Demand("1", "luisteren", 6, 1.2, 4.0, "acquisitie"),
        Demand("kleine-teams", "luisteren", 5, 0.4, 4.5, "acquisitie"),
    )
    assert [one.training for one in asked.offers] == ["a", "b"]
    wishes = asked.wishes
    assert (wishes.budget, wishes.hours_per_person) == (5000, 40)
    assert wishes.focus_weights == {"acquisitie": 2.0}
    assert (wishes.unit_weights, wishes.fixed, wishes.excluded) == ({"1": 0.5}, {"a": 2}, {"b"})    # what is there


def test_where_a_figure_is_missing_there_is_no_demand() -> None:
    assert question(FIGURES[3:6], [offer()], WISH, {}) == Asked(
        (offer(),), (), (), question((), [offer()], WISH, {}).wishes)


@pytest.mark.parametrize(("places_min", "everybody", "most"), [(4, 23, 5), (4, 3, 1), (1, 200, MOST_RUNS), (6, 0, 1)])
def test_how_often_a_training_is_held_at_most(places_min: int, everybody: int, most: int) -> None:
    assert most_runs(places_min, everybody) == most


@given(questions())
def test_a_question_and_a_plan_come_back_as_they_were_stored(asked: Asked) -> None:
    asked = with_wishes(asked, promised={})
    assert question_in(json.loads(json.dumps(packed_question(asked)))) == asked
    plan = greedy(asked)
    if plan is not None:
        assert plan_in(json.loads(json.dumps(packed_plan(plan)))) == plan
        assert within(asked, plan) == plan


def test_of_a_plan_only_what_is_still_there_stays() -> None:
    asked = question(FIGURES, [offer("a")], WISH, {})
    plan = Plan.of({"a": 1, "weg": 1}, {("a", "1"): 3, ("a", "77"): 2, ("weg", "1"): 3})
    assert within(asked, plan) == Plan.of({"a": 1}, {("a", "1"): 3})
