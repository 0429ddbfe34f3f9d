"""Where the year of a begeleider stands. PURE."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace

from app.home.facts import Facts
from app.home.next_step import Kind, next_step


class Step(enum.StrEnum):
    """The steps of a year that exist by now."""

    SELF_ASSESSMENT = "self_assessment"
    PROFILE = "profile"
    GOAL = "goal"
    PRACTICE = "practice"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class YearStep:
    step: Step
    done: bool
    now: bool


NOW = {
    Kind.OWN_VIEW: Step.SELF_ASSESSMENT,
    Kind.BEGIN: Step.SELF_ASSESSMENT,
    Kind.CONTINUE: Step.SELF_ASSESSMENT,
    Kind.CHECK: Step.SELF_ASSESSMENT,
    Kind.READ_ROUND: Step.PROFILE,
    Kind.READ_PROFILE: Step.PROFILE,
    Kind.TALK_WAITS: Step.PROFILE,
    Kind.PLAN_WAITS: Step.GOAL,
    Kind.CONFIRM_PLAN: Step.GOAL,
    Kind.MAKE_GOAL: Step.GOAL,
    Kind.ACT: Step.PRACTICE,
    Kind.ACTIONS_ARE_DONE: Step.PRACTICE,
    Kind.GOAL_IS_DUE: Step.PRACTICE,
    Kind.CHOOSE_FOR_PULSE: Step.PRACTICE,
    Kind.READ_PULSE: Step.PRACTICE,
    Kind.CHECK_IN: Step.PRACTICE,
    Kind.CHECK_IN_WAITS: Step.PRACTICE,
    Kind.MEASURE_AGAIN: Step.AGAIN,
}


def _now(facts: Facts) -> Step | None:
    """Where she stands. A training is beside the circle: she is where she would be without it."""
    kind = next_step(facts).kind
    if kind in (Kind.TRAINING_PROPOSED, Kind.EVALUATE):
        without = next_step(replace(facts, proposed=None, to_evaluate=None)).kind
        return NOW.get(without, Step.PRACTICE)
    return NOW.get(kind)


def year(facts: Facts) -> tuple[YearStep, ...]:
    """The steps in order, at most one of them now, and none done that comes after it: a new circle begins empty."""
    now = _now(facts)
    done = {
        Step.SELF_ASSESSMENT: facts.latest is not None,
        Step.PROFILE: facts.goal_made_since,
        Step.GOAL: bool(facts.open_goals or facts.goals_closed),
        Step.PRACTICE: bool(facts.goals_closed) and not facts.open_goals,
        Step.AGAIN: False,
    }
    steps = tuple(Step)
    reached = steps.index(now) if now else len(steps)
    return tuple(YearStep(step, done[step] and place < reached, step is now) for place, step in enumerate(steps))
