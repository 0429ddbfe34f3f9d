"""Reminding somebody of her tussenstand: once, a week before it is overdue."""

from __future__ import annotations

from app.background import one_by_one
from app.checkins import letters
from app.checkins.models import CheckInReminder
from app.checkins.queries import kept_standings, own_standing
from app.db import db
from app.development.goals.queries import hold_goals_of
from app.development.models import Plan
from app.web.formats import now, today


def remind_due() -> int:
    """Puts what is to be put today; says how many. Commits per plan."""
    waiting = [standing.plan_id for standing in kept_standings()
               if standing.next is not None and standing.next.wants_reminder(today())]
    db.session.rollback()
    put: list[bool] = []
    one_by_one(waiting, lambda plan_id: put.append(_remind(plan_id)), "plan %s: no reminder of its tussenstand")
    return sum(put)


def _remind(plan_id: int) -> bool:
    """Holds the person: a tussenstand that she begins at the same moment waits for this, or this for her."""
    plan = db.session.get_one(Plan, plan_id)
    hold_goals_of(plan.person_id)
    standing = own_standing(plan.person_id, plan.organisation_id)
    if standing is None or standing.plan_id != plan_id or standing.next is None:
        return False
    if not standing.next.wants_reminder(today()):
        return False
    if db.session.get(CheckInReminder, (plan_id, standing.number)) is not None:
        return False
    if not letters.remind(plan, standing.number):
        return False
    db.session.add(CheckInReminder(organisation_id=plan.organisation_id, plan_id=plan_id, number=standing.number,
                                   put_at=now()))
    return True
