"""The life of a goal, square by square."""

from __future__ import annotations

import itertools

import pytest

from app.development.goals.lifecycle import GONE, GoalState, Step, StepRefused, after, may_change, steps_from

IDEA, OPEN, PAUSED, DONE = GoalState
LEADS: dict[tuple[GoalState, Step], GoalState | None] = {
    (IDEA, Step.BEGIN): OPEN,
    (IDEA, Step.DROP): GONE,
    (OPEN, Step.PAUSE): PAUSED,
    (OPEN, Step.FINISH): DONE,
    (PAUSED, Step.RESUME): OPEN,
    (PAUSED, Step.FINISH): DONE,
    (DONE, Step.REOPEN): OPEN,
}


@pytest.mark.parametrize(("state", "step"), list(itertools.product(GoalState, Step)))
def test_every_step_from_every_state_leads_somewhere_or_is_refused(state: GoalState, step: Step) -> None:
    if (state, step) in LEADS:
        assert after(state, step) is LEADS[state, step]
        assert step in steps_from(state)
    else:
        with pytest.raises(StepRefused):
            after(state, step)
        assert step not in steps_from(state)


def test_only_an_idea_can_be_thrown_away() -> None:
    assert [state for state in GoalState if Step.DROP in steps_from(state)] == [IDEA]


def test_only_a_finished_goal_stays_as_it_was() -> None:
    assert [state for state in GoalState if not may_change(state)] == [DONE]

