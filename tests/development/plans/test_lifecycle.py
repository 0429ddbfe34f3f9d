"""The life of a plan, square by square: who may do what, what stands in the way, and its period."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.development.plans.lifecycle import (
    Move,
    MoveRefused,
    Obstacle,
    PlanFacts,
    PlanState,
    Side,
    after,
    moves_from,
    obstacles,
)
from app.development.plans.period import SHORTEST, Period, next_period, school_year
from app.development.plans.planning import read_period

DRAFT, DISCUSSED, AGREED, RUNNING, FINISHED = PlanState
OWN, OTHER = Side
FINE = PlanFacts(open_goals=0)      # of a move that asks for no goal
WITH_GOAL = PlanFacts(open_goals=1)

# state, move, who, where it leads
LEADS: dict[tuple[PlanState, Move, Side], PlanState] = {
    (DRAFT, Move.PUT, OWN): DISCUSSED,
    (DISCUSSED, Move.TAKE_BACK, OWN): DRAFT,
    (DISCUSSED, Move.CONFIRM, OWN): DISCUSSED,      # the first of the two
    (DISCUSSED, Move.CONFIRM, OTHER): DISCUSSED,
    (AGREED, Move.START, OWN): RUNNING,
    (AGREED, Move.REOPEN, OWN): DISCUSSED,
    (AGREED, Move.REOPEN, OTHER): DISCUSSED,
    (RUNNING, Move.FINISH, OWN): FINISHED,
    (RUNNING, Move.REOPEN, OWN): DISCUSSED,
    (RUNNING, Move.REOPEN, OTHER): DISCUSSED,
    (FINISHED, Move.REOPEN, OWN): RUNNING,
    (FINISHED, Move.REOPEN, OTHER): RUNNING,
}


@pytest.mark.parametrize(("state", "move", "side"), list(itertools.product(PlanState, Move, Side)))
def test_every_move_leads_somewhere_or_is_refused(state: PlanState, move: Move, side: Side) -> None:
    facts = WITH_GOAL if move in (Move.PUT, Move.CONFIRM) else FINE
    if (state, move, side) in LEADS:
        assert after(state, move, side, facts) is LEADS[state, move, side]
        assert move in moves_from(state, side)
    else:
        with pytest.raises(MoveRefused) as refusal:
            after(state, move, side, facts)
        assert refusal.value.obstacles == ()
        assert move not in moves_from(state, side)


@pytest.mark.parametrize(("first", "second"), [(OWN, OTHER), (OTHER, OWN)])
def test_with_both_confirmations_it_is_agreed(first: Side, second: Side) -> None:
    facts = replace(WITH_GOAL, confirmed=frozenset({first}))
    assert after(DISCUSSED, Move.CONFIRM, second, facts) is AGREED
    assert after(DISCUSSED, Move.CONFIRM, first, facts) is DISCUSSED


def test_what_ran_before_runs_again_when_it_is_agreed_on_again() -> None:
    facts = replace(WITH_GOAL, agreed_before=True, started_before=True, confirmed=frozenset({OWN}))
    assert after(DISCUSSED, Move.CONFIRM, OTHER, facts) is RUNNING


# what stands in the way of a move that the table has
WAY: list[tuple[PlanState, Move, Side, PlanFacts, Obstacle]] = [
    (DRAFT, Move.PUT, OWN, PlanFacts(open_goals=0), Obstacle.NO_GOAL),
    (DRAFT, Move.PUT, OWN, PlanFacts(has_partner=False), Obstacle.NOBODY),
    (DISCUSSED, Move.CONFIRM, OWN, PlanFacts(open_goals=0), Obstacle.NO_GOAL),
    (DISCUSSED, Move.CONFIRM, OWN, PlanFacts(talk_missing=True), Obstacle.NOT_TALKED),
    (DISCUSSED, Move.CONFIRM, OTHER, PlanFacts(talk_missing=True), Obstacle.NOT_TALKED),
    (DISCUSSED, Move.TAKE_BACK, OWN, PlanFacts(agreed_before=True), Obstacle.AGREED_BEFORE),
    (RUNNING, Move.FINISH, OWN, PlanFacts(open_goals=2), Obstacle.GOALS_OPEN),
    (FINISHED, Move.REOPEN, OTHER, PlanFacts(other_unfinished=True), Obstacle.OTHER_PLAN),
]


@pytest.mark.parametrize(("state", "move", "side", "facts", "obstacle"), WAY)
def test_what_stands_in_the_way_is_named(
    state: PlanState, move: Move, side: Side, facts: PlanFacts, obstacle: Obstacle
) -> None:
    assert obstacles(state, move, facts) == (obstacle,)
    with pytest.raises(MoveRefused) as refusal:
        after(state, move, side, facts)
    assert refusal.value.obstacles == (obstacle,)


def test_a_plan_can_be_put_before_somebody_before_they_talked() -> None:
    """They talk about it with the plan between them; only agreeing waits for the conversation."""
    assert after(DRAFT, Move.PUT, OWN, PlanFacts(talk_missing=True)) is DISCUSSED


def test_from_every_state_somebody_can_go_on() -> None:
    assert all(moves_from(state, OWN) for state in PlanState)


# --- the period ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "begins", "ends"), [
    ((2026, 8, 1), (2026, 8, 1), (2027, 7, 31)),
    ((2027, 7, 31), (2026, 8, 1), (2027, 7, 31)),
    ((2026, 12, 31), (2026, 8, 1), (2027, 7, 31)),
    ((2028, 2, 29), (2027, 8, 1), (2028, 7, 31)),
])
def test_a_school_year(day: tuple[int, int, int], begins: tuple[int, int, int], ends: tuple[int, int, int]) -> None:
    year = school_year(dt.date(*day))
    assert (year.begins_on, year.ends_on) == (dt.date(*begins), dt.date(*ends))


@pytest.mark.parametrize(("day", "earlier", "begins", "ends"), [
    ("2026-09-10", [], "2026-08-01", "2027-07-31"),
    ("2026-09-10", ["2025-08-01/2026-07-31"], "2026-08-01", "2027-07-31"),
    ("2027-03-01", ["2026-08-01/2027-07-31"], "2027-03-01", "2027-07-31"),
    ("2027-07-01", ["2026-08-01/2027-07-31"], "2027-07-01", "2028-07-31"),      # hardly anything left of this year
    ("2027-03-01", ["2026-08-01/2027-07-31", "2027-03-01/2027-07-31"], "2027-03-02", "2027-07-31"),
    ("2027-03-01", ["2026-09-15/2027-07-31"], "2027-03-01", "2027-07-31"),      # she had chosen its days herself
    ("2027-03-01", ["2026-06-20/2027-07-31"], "2027-03-01", "2027-07-31"),      # and this one took the year with it
    ("2027-03-01", ["2026-02-01/2026-08-01"], "2027-03-01", "2027-07-31"),
])
def test_the_period_of_a_new_plan(day: str, earlier: list[str], begins: str, ends: str) -> None:
    made = next_period(dt.date.fromisoformat(day), [read_period(one) for one in earlier])
    assert (str(made.begins_on), str(made.ends_on)) == (begins, ends)


DAYS = st.builds(lambda day, days: Period(day, day + dt.timedelta(days=days)),
                 st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), st.integers(27, 731))


@given(day=st.dates(dt.date(2000, 1, 1), dt.date(2100, 1, 1)), earlier=st.lists(DAYS, max_size=5),
       year_taken=st.booleans())
def test_a_new_period_is_free_and_worth_it(day: dt.date, earlier: list[Period], year_taken: bool) -> None:
    if year_taken:
        earlier = [*earlier, school_year(day)]
    made = next_period(day, earlier)
    assert made.begins_on not in {one.begins_on for one in earlier}
    assert made.ends_on >= day
    assert made.length >= SHORTEST
