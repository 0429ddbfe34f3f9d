"""What a change of a plan, or of a goal in it, brings about. Whoever calls holds the plan's person. Flushes only.

A concept changes freely. While it lies before both, a change takes the confirmations back. What both agreed on once
remembers every change, for both to see.
"""

from __future__ import annotations

import enum

from app.db import db
from app.development.models import Goal, Plan, PlanChange
from app.development.plans import letters
from app.development.plans.lifecycle import PlanState
from app.web.formats import now


class Kind(enum.StrEnum):
    """What changed. Of a field of a goal: its name, with before and after."""

    GOAL_ADDED = "goal-added"
    GOAL_PAUSED = "goal-paused"
    GOAL_RESUMED = "goal-resumed"
    GOAL_FINISHED = "goal-finished"
    GOAL_REOPENED = "goal-reopened"
    REASON = "reason"
    BEHAVIOUR = "behaviour"
    NOTICED_BY = "noticed_by"
    LEVEL_NOW = "level_now"
    LEVEL_TARGET = "level_target"
    END_DATE = "end_date"
    IF_THEN = "if_then"
    SUPPORT = "support"
    HOURS = "hours"
    BUDGET = "budget"
    TRAINING_WISH = "training_wish"
    ACTION_ADDED = "action-added"
    ACTION_REMOVED = "action-removed"
    ACTION_DAY = "action-day"           # before and after: the day, or a dash, and the title
    PERIOD = "period"
    STARTED = "started"
    FINISHED = "finished"
    REOPENED = "reopened"           # `after`: the reason
    AGREED_AGAIN = "agreed-again"
    REMARK = "remark"               # of whoever accompanies her, before they agree; `after`: what he said


def plan_of(goal: Goal) -> Plan | None:
    """The plan that a goal stands in."""
    return db.session.get(Plan, goal.plan_id) if goal.plan_id is not None else None


def note_goal(goal: Goal, kind: Kind, before: object = "", after: object = "") -> None:
    """Something changed in a goal of hers; she did it herself. An idea stands in no plan."""
    plan = plan_of(goal)
    if plan is not None:
        note(plan, kind, by=goal.person_id, goal=goal, before=before, after=after)


def note(
    plan: Plan, kind: Kind, *, by: int, goal: Goal | None = None, before: object = "", after: object = ""
) -> None:
    """Something changed in a plan; what that takes back or writes down."""
    if plan.state == PlanState.DISCUSSED:
        had_confirmed = plan.partner_confirmed_at is not None
        unconfirm(plan)
        if had_confirmed and by == plan.person_id:
            letters.put_before(plan)
    if plan.agreed_at is not None:
        write_down(plan, kind, by=by, goal=goal, before=before, after=after)
    db.session.flush()


def unconfirm(plan: Plan) -> None:
    """Another version of the plan: nobody confirmed it yet."""
    plan.person_confirmed_at = plan.partner_confirmed_at = None
    plan.revision += 1


def write_down(
    plan: Plan, kind: Kind, *, by: int, goal: Goal | None = None, before: object = "", after: object = ""
) -> None:
    """For both to see, and to stay."""
    db.session.add(PlanChange(
        organisation_id=plan.organisation_id, plan_id=plan.id, author_id=by, goal_id=goal.id if goal else None,
        kind=kind, before=_kept(before), after=_kept(after), changed_at=now(),
    ))


def _kept(value: object) -> str:
    """As it is stored: a day as 2027-03-12, nothing as an empty text."""
    return "" if value is None else str(value)
