"""Making a plan, its period, and what she does not want as a goal now. Each wants her held, and flushes only."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select, update

from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal, Plan
from app.development.plans import changing
from app.development.plans.changing import Kind
from app.development.plans.lifecycle import PlanState
from app.development.plans.period import Period, next_period
from app.development.plans.queries import unfinished_plan
from app.web.formats import now, today


class PeriodTaken(Exception):
    """Another plan of hers begins on that day."""


class PlanIsFinished(Exception):
    """A finished plan stays as it was, until it is reopened."""


def plan_for(person_id: int, organisation_id: int) -> Plan:
    """The plan that a goal of hers belongs to when it is begun: what she is busy with, else a new one.

    A new one takes with it whatever she was working at without a plan.
    """
    plan = unfinished_plan(person_id, organisation_id)
    if plan is not None:
        return plan
    earlier = db.session.execute(select(Plan.begins_on, Plan.ends_on).where(Plan.person_id == person_id))
    period = next_period(today(), [Period(*row) for row in earlier])
    plan = Plan(organisation_id=organisation_id, person_id=person_id, begins_on=period.begins_on,
                ends_on=period.ends_on, state=PlanState.DRAFT, revision=0, created_at=now())
    db.session.add(plan)
    db.session.flush()
    db.session.execute(
        update(Goal)
        .where(Goal.person_id == person_id, Goal.plan_id.is_(None),
               Goal.state.in_((GoalState.OPEN, GoalState.PAUSED)))
        .values(plan_id=plan.id)
    )
    return plan


def place_in_plan(goal: Goal) -> None:
    """A goal that is begun stands in the plan of now. Whoever reads that plan sees that it came."""
    plan = plan_for(goal.person_id, goal.organisation_id)
    if goal.plan_id != plan.id:
        goal.plan_id = plan.id
        db.session.flush()
        changing.note(plan, Kind.GOAL_ADDED, by=goal.person_id, goal=goal, after=goal.behaviour)


def set_period(plan: Plan, period: Period) -> None:
    """Another period. Raises PeriodTaken, or PlanIsFinished."""
    if plan.state == PlanState.FINISHED:
        raise PlanIsFinished
    before = Period(plan.begins_on, plan.ends_on)
    if before == period:
        return
    taken = db.session.scalar(select(Plan.id).where(
        Plan.person_id == plan.person_id, Plan.id != plan.id, Plan.begins_on == period.begins_on,
    ))
    if taken is not None:
        raise PeriodTaken
    plan.begins_on, plan.ends_on = period.begins_on, period.ends_on
    changing.note(plan, Kind.PERIOD, by=plan.person_id, before=_written(before), after=_written(period))
    db.session.flush()


def _written(period: Period) -> str:
    """As a change keeps it: 2026-08-01/2027-07-31."""
    return f"{period.begins_on}/{period.ends_on}"


def read_period(text: str) -> Period:
    """What `_written` wrote."""
    begins_on, _, ends_on = text.partition("/")
    return Period(dt.date.fromisoformat(begins_on), dt.date.fromisoformat(ends_on))
