"""What changes in one action. Its goal comes from `queries.goal_with_to_change`, so that two requests never cross.

All raise StepRefused when the goal is finished.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.development.actions.lifecycle import ActionState, state_of
from app.development.goals.services import refuse_finished, touch
from app.development.models import Goal, GoalAction
from app.development.plans.changing import Kind, note_goal
from app.web.formats import now, today

AHEAD: Final = dt.timedelta(days=7)
"""So long before its date somebody is reminded of an action."""


@dataclass(frozen=True, slots=True)
class ActionWords:
    """What a person says about an action. Hours are the whole effort."""

    title: str
    if_then: str
    steps: tuple[str, ...]
    hours: float | None
    due_on: dt.date | None
    note: str


def change(goal: Goal, action: GoalAction, words: ActionWords) -> None:
    """Steps that stay the same stay done. Another day is a change of the plan that both agreed on."""
    refuse_finished(goal)
    if words.due_on != action.due_on:
        note_goal(goal, Kind.ACTION_DAY, f"{action.due_on or '-'} {action.title}",
                  f"{words.due_on or '-'} {words.title}")
        action.due_on, action.reminded_on = words.due_on, _knows_already(words.due_on)
    action.steps_done = _still_done(action, words.steps)
    action.steps = list(words.steps)
    action.title, action.if_then, action.hours, action.note = words.title, words.if_then, words.hours, words.note
    touch(goal)


def move(goal: Goal, action: GoalAction, state: ActionState) -> None:
    """To another state; the moment of the first time stays, however often it is said."""
    refuse_finished(goal)
    if state == state_of(action.begun_at, action.done_at):
        return
    if state == ActionState.TODO:
        action.begun_at = None
    else:
        action.begun_at = action.begun_at or now()
    action.done_at = now() if state == ActionState.DONE else None
    touch(goal)


def tick(goal: Goal, action: GoalAction, number: int, *, done: bool) -> None:
    """A step (from 0) was done, or was not. With the first one she is busy. Raises IndexError for no step of it."""
    refuse_finished(goal)
    if not 0 <= number < len(action.steps):
        raise IndexError(number)
    ticked = set(action.steps_done) | {number} if done else set(action.steps_done) - {number}
    if ticked == set(action.steps_done):
        return
    action.steps_done = sorted(ticked)
    if done:
        action.begun_at = action.begun_at or now()
    touch(goal)


def do_with(goal: Goal, action: GoalAction, person_id: int, kind: str, competency_code: str) -> None:
    """She asks this colleague, who said nothing yet."""
    refuse_finished(goal)
    action.with_id, action.with_kind, action.with_competency = person_id, kind, competency_code
    action.with_answer = None
    touch(goal)


def do_alone(goal: Goal, action: GoalAction) -> None:
    """With nobody in particular."""
    refuse_finished(goal)
    action.with_id = action.with_kind = action.with_competency = action.with_answer = None
    touch(goal)


def _knows_already(due_on: dt.date | None) -> dt.date | None:
    """Who chooses a day of this week needs no mail that says so."""
    return today() if due_on is not None and due_on - AHEAD <= today() else None


def _still_done(action: GoalAction, steps: Iterable[str]) -> list[int]:
    """The numbers of the steps whose words were done before; of the same words, as many as were."""
    done = [action.steps[number] for number in action.steps_done if number < len(action.steps)]
    found = []
    for number, step in enumerate(steps):
        if step in done:
            done.remove(step)
            found.append(number)
    return found
