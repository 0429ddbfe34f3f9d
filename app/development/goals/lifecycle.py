"""The life of a goal as one table: from which state which step leads where. PURE. A step refuses, it never adjusts."""

from __future__ import annotations

import enum


class GoalState(enum.StrEnum):
    IDEA = "idea"
    OPEN = "open"
    PAUSED = "paused"
    DONE = "done"


class Step(enum.StrEnum):
    """What a person can do with a goal; the values stand in the addresses."""

    BEGIN = "begin"
    PAUSE = "zet-stil"
    RESUME = "pak-op"
    FINISH = "rond-af"
    REOPEN = "heropen"
    DROP = "gooi-weg"


GONE = None     # what a goal that was dropped leaves behind

TABLE: dict[tuple[GoalState, Step], GoalState | None] = {
    (GoalState.IDEA, Step.BEGIN): GoalState.OPEN,
    (GoalState.IDEA, Step.DROP): GONE,
    (GoalState.OPEN, Step.PAUSE): GoalState.PAUSED,
    (GoalState.OPEN, Step.FINISH): GoalState.DONE,
    (GoalState.PAUSED, Step.RESUME): GoalState.OPEN,
    (GoalState.PAUSED, Step.FINISH): GoalState.DONE,
    (GoalState.DONE, Step.REOPEN): GoalState.OPEN,
}


class StepRefused(Exception):
    """This step does not exist from this state."""


def after(state: str, step: Step) -> GoalState | None:
    """Where this step leads, None when the goal is gone. Raises StepRefused."""
    try:
        return TABLE[GoalState(state), step]
    except KeyError:
        raise StepRefused(f"{step} from {state}") from None


def steps_from(state: str) -> tuple[Step, ...]:
    """What can be done with a goal in this state, in the order of the table."""
    return tuple(step for before, step in TABLE if before == state)


def may_change(state: str) -> bool:
    """A finished goal stays as it was, until it is reopened."""
    return state != GoalState.DONE
