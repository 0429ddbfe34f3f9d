"""Making and changing goals. A goal to change comes from `queries.goal_to_change`, so that two requests never cross."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass, fields

from sqlalchemy import select

from app.access import Actor
from app.competencies.services import pin
from app.db import db
from app.development.goals import lifecycle
from app.development.goals.lifecycle import GoalState, Step, StepRefused
from app.development.goals.queries import Beginning, goals_of, hold_goals_of
from app.development.library import queries as library
from app.development.models import Goal, GoalAction
from app.development.plans.changing import Kind, note_goal
from app.development.plans.planning import place_in_plan
from app.web.formats import now

PLACES = (1, 2, 3)
NOTED = {
    Step.PAUSE: Kind.GOAL_PAUSED, Step.RESUME: Kind.GOAL_RESUMED, Step.FINISH: Kind.GOAL_FINISHED,
    Step.REOPEN: Kind.GOAL_REOPENED,
}


class NoPlaceLeft(Exception):
    """She has three open goals already."""


class LastAction(Exception):
    """A goal keeps at least one action."""


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What a person says about her goal."""

    reason: str
    behaviour: str
    noticed_by: str
    level_now: int
    level_target: int
    end_date: dt.date
    if_then: str
    support: str = ""
    hours: float | None = None      # none: the sum of its actions
    budget: int | None = None       # euro
    training_wish: str = ""


@dataclass(frozen=True, slots=True)
class ChosenActions:
    """Codes of the library, and titles she wrote herself."""

    codes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()


def words_of(goal: Goal) -> GoalWords:
    """What she says about it now. Of a goal that has everything: one that was made through `make_goal`."""
    return GoalWords(**{field.name: getattr(goal, field.name) for field in fields(GoalWords)})


def make_goal(actor: Actor, beginning: Beginning, words: GoalWords, chosen: ChosenActions) -> Goal:
    """A new goal: open when there is a place left, otherwise an idea. The same words twice are one goal."""
    hold_goals_of(actor.person_id)
    goal = _twin(actor, beginning.competency.code, words)
    if goal is None:
        start = beginning.start
        goal = Goal(
            organisation_id=actor.organisation_id,
            person_id=actor.person_id,
            framework_version_id=beginning.framework.version_id,
            competency_code=beginning.competency.code,
            measurement_id=start.measurement_id if start else None,
            start_score=start.score if start else None,
            start_score_from=start.group if start else None,
            start_measured_at=start.measured_at if start else None,
            start_people=start.people if start else None,
            state=GoalState.IDEA,
            created_at=now(),
            changed_at=now(),
            actions=[],
            **asdict(words),
        )
        db.session.add(goal)
        db.session.flush()
        pin(beginning.framework.version_id)
    if goal.state == GoalState.IDEA and (place := _free_place(actor.person_id)):
        goal.state, goal.place = GoalState.OPEN, place
        db.session.flush()
        place_in_plan(goal)
    _add(goal, chosen)
    db.session.flush()
    return goal


def change_goal(goal: Goal, words: GoalWords) -> None:
    """Raises StepRefused when the goal is finished."""
    refuse_finished(goal)
    for name, value in asdict(words).items():
        before = getattr(goal, name)
        if before != value:
            setattr(goal, name, value)
            note_goal(goal, Kind(name), before, value)
    touch(goal)


def take_step(goal: Goal, step: Step) -> None:
    """Raises StepRefused when this state has no such step, NoPlaceLeft when a fourth goal would be open."""
    state = lifecycle.after(goal.state, step)
    if state is lifecycle.GONE:
        db.session.delete(goal)
        db.session.flush()
        return
    place = _free_place(goal.person_id) if state == GoalState.OPEN else None
    if state == GoalState.OPEN and place is None:
        raise NoPlaceLeft
    goal.state, goal.place = state, place
    goal.closed_at = now() if state == GoalState.DONE else None
    touch(goal)
    present = goal.plan_id
    if state == GoalState.OPEN:
        place_in_plan(goal)
    if goal.plan_id == present and step in NOTED:
        note_goal(goal, NOTED[step], after=goal.behaviour)


def add_actions(goal: Goal, chosen: ChosenActions) -> None:
    """What the goal has already is not added again. Raises StepRefused when the goal is finished."""
    refuse_finished(goal)
    known = set(goal.actions)
    _add(goal, chosen)
    for action in goal.actions:
        if action not in known:
            note_goal(goal, Kind.ACTION_ADDED, after=action.title)
    touch(goal)


def mark_action(goal: Goal, action: GoalAction, *, done: bool) -> None:
    """Done keeps its first date, however often it is said. Raises StepRefused when the goal is finished."""
    refuse_finished(goal)
    action.done_at = (action.done_at or now()) if done else None
    touch(goal)


def remove_action(goal: Goal, action: GoalAction) -> None:
    """Raises StepRefused when the goal is finished, LastAction when nothing would be left."""
    refuse_finished(goal)
    if len(goal.actions) == 1:
        raise LastAction
    goal.actions.remove(action)
    note_goal(goal, Kind.ACTION_REMOVED, before=action.title)
    touch(goal)


def refuse_finished(goal: Goal) -> None:
    """Raises StepRefused."""
    if not lifecycle.may_change(goal.state):
        raise StepRefused("a finished goal stays as it was")


def touch(goal: Goal) -> None:
    """Something of the goal, or of an action of it, was changed."""
    goal.changed_at = now()
    db.session.flush()


def _free_place(person_id: int) -> int | None:
    taken = set(db.session.scalars(select(Goal.place).where(Goal.person_id == person_id, Goal.place.is_not(None))))
    return next((place for place in PLACES if place not in taken), None)


def _twin(actor: Actor, competency_code: str, words: GoalWords) -> Goal | None:
    """The goal that a double click, a reloaded page or the back button would make again."""
    return next(
        (
            goal
            for goal in goals_of(actor)
            if goal.competency_code == competency_code
            and goal.state in (GoalState.IDEA, GoalState.OPEN)
            and all(getattr(goal, name) == value for name, value in asdict(words).items())
        ),
        None,
    )


def _add(goal: Goal, chosen: ChosenActions) -> None:
    position = max((action.position for action in goal.actions), default=-1)
    codes = {action.library_code for action in goal.actions}
    titles = {action.title for action in goal.actions}
    wanted = [
        GoalAction(library_code=a.code, title=a.title, learning_form=a.learning_form, hours=a.hours,
                   if_then=a.if_then, steps=list(a.steps))
        for a in library.named(goal.organisation_id, (code for code in chosen.codes if code not in codes))
    ]
    wanted += [GoalAction(title=title) for title in dict.fromkeys(chosen.titles) if title not in titles]
    for number, action in enumerate(wanted, position + 1):
        action.organisation_id, action.position, action.steps_done = goal.organisation_id, number, []
        action.steps = action.steps or []
        goal.actions.append(action)
