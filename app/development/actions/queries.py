"""Reading actions: one with its goal, those with a date, and who offers to do one together."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import selectinload

from app.access import Actor
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal, GoalAction


@dataclass(frozen=True, slots=True)
class DatedAction:
    """An action that is not done yet, of an open goal, with its date."""

    id: int
    title: str
    due_on: dt.date
    changed_at: dt.datetime
    if_then: str


def goal_with(actor: Actor, action_id: int) -> Goal | None:
    """One of her own goals, with its actions: the one that this action is for."""
    return db.session.scalar(
        select(Goal)
        .join(GoalAction, GoalAction.goal_id == Goal.id)
        .where(
            Goal.organisation_id == actor.organisation_id, Goal.person_id == actor.person_id,
            GoalAction.id == action_id,
        )
        .options(selectinload(Goal.actions))
    )


def goal_with_to_change(actor: Actor, action_id: int) -> Goal | None:
    """The same, as nobody else can change it until this transaction ends."""
    hold_goals_of(actor.person_id)
    return goal_with(actor, action_id)


def dated_actions(person_id: int, organisation_id: int) -> list[DatedAction]:
    """What she still has to do on a day, the first day first."""
    rows = db.session.execute(
        select(GoalAction.id, GoalAction.title, GoalAction.due_on, Goal.changed_at, GoalAction.if_then)
        .join(Goal, Goal.id == GoalAction.goal_id)
        .where(
            Goal.organisation_id == organisation_id,
            Goal.person_id == person_id,
            is_to_do(),
        )
        .order_by(GoalAction.due_on, GoalAction.id)
    )
    return [DatedAction(id_, title, due_on, changed, if_then)
            for id_, title, due_on, changed, if_then in rows if due_on is not None]


def is_to_do() -> ColumnElement[bool]:
    """With a date, not done, and for a goal that is open."""
    return (Goal.state == GoalState.OPEN) & GoalAction.due_on.is_not(None) & GoalAction.done_at.is_(None)
