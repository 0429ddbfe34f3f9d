"""Reminding somebody of her actions by mail: a week before the day, and on the day. Each once.

All of a person's day come in one letter. What it says is found out when it is written: an action that was done
meanwhile, or got another day, is left out, and a letter about nothing never leaves.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, or_, select

from app.access import Role
from app.accounts.models import Account
from app.background import one_by_one
from app.db import db
from app.development.actions.queries import is_to_do
from app.development.actions.services import AHEAD
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal, GoalAction, PlanWishes
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.web.addresses import absolute
from app.web.formats import today

DUE = "actions_due"     # template


@dataclass(frozen=True, slots=True)
class DueAction:
    title: str
    due_on: dt.date
    address: str


@dataclass(frozen=True, slots=True)
class AboutActions:
    """All that such a letter may say: what she called her actions herself, and where to read on."""

    organisation: str
    name: str
    actions: Sequence[DueAction]
    settings: str


def remind_due() -> int:
    """Puts what is due today, and what nobody was there to put on earlier days; says how many. Commits per person."""
    waiting = db.session.scalars(
        select(Goal.person_id)
        .join(GoalAction, GoalAction.goal_id == Goal.id)
        .join(Person, Person.id == Goal.person_id)
        .outerjoin(PlanWishes, PlanWishes.person_id == Goal.person_id)
        .where(_due(today()), _wants_mails())
        .distinct()
        .order_by(Goal.person_id)
    ).all()
    db.session.rollback()
    put: list[int] = []
    one_by_one(waiting, lambda person_id: put.append(_remind(person_id)), "person %s could not be reminded")
    return sum(put)


def teach_letter() -> None:
    """How it is written; it does not stay in the outbox once it was delivered."""
    teach(DUE, _written, fleeting=True)


def _due(day: dt.date) -> ColumnElement[bool]:
    """A week ahead, and on the day. `reminded_on` is the last day on which a mail about this date was put, or on which
    she chose it within the week.
    """
    week_ahead = and_(
        GoalAction.due_on > day, GoalAction.due_on <= day + AHEAD,
        or_(GoalAction.reminded_on.is_(None), GoalAction.reminded_on < day - AHEAD),
    )
    on_the_day = and_(
        GoalAction.due_on == day, or_(GoalAction.reminded_on.is_(None), GoalAction.reminded_on < day)
    )
    return and_(is_to_do(), or_(week_ahead, on_the_day))


def _wants_mails() -> ColumnElement[bool]:
    """Who works here as a begeleider, and did not switch them off."""
    return and_(Person.active, Person.plays(Role.BEGELEIDER), or_(PlanWishes.mails.is_(None), PlanWishes.mails))


def _remind(person_id: int) -> int:
    """Holds the person: what she changes at the same moment waits for this, or this for her."""
    hold_goals_of(person_id)
    due = db.session.scalars(
        select(GoalAction)
        .join(Goal, Goal.id == GoalAction.goal_id)
        .where(Goal.person_id == person_id, _due(today()))
        .order_by(GoalAction.due_on, GoalAction.id)
    ).all()
    row = db.session.execute(
        select(Account.email, Account.organisation_id)
        .join(Person, Person.account_id == Account.id)
        .outerjoin(PlanWishes, PlanWishes.person_id == Person.id)
        .where(Person.id == person_id, _wants_mails())
    ).first()
    if not due or row is None:
        return 0
    for action in due:
        action.reminded_on = today()
    told = " ".join(f"{action.id}:{action.due_on}" for action in due)
    messages.put(row.organisation_id, DUE, row.email, concerns=f"actions of {person_id}", person=person_id, told=told)
    return 1


def _written(message: Message) -> AboutActions | None:
    """None when nothing of it is to be done any more, when she left, or wants no such mails."""
    row = db.session.execute(
        select(Person, Organisation.name)
        .join(Organisation, Organisation.id == Person.organisation_id)
        .outerjoin(PlanWishes, PlanWishes.person_id == Person.id)
        .where(
            Person.id == message.arguments["person"], Person.organisation_id == message.organisation_id,
            _wants_mails(),
        )
    ).one_or_none()
    if row is None:
        return None
    told = dict(one.split(":") for one in str(message.arguments["told"]).split())
    found = db.session.scalars(
        select(GoalAction)
        .join(Goal, Goal.id == GoalAction.goal_id)
        .where(Goal.person_id == row[0].id, GoalAction.id.in_([int(action_id) for action_id in told]), is_to_do())
        .order_by(GoalAction.due_on, GoalAction.id)
    )
    actions = [
        DueAction(one_line(action.title), action.due_on, absolute("development.action", action_id=action.id))
        for action in found
        if action.due_on is not None and told[str(action.id)] == str(action.due_on) and action.due_on >= today()
    ]
    if not actions:
        return None
    return AboutActions(one_line(row[1]), one_line(row[0].first_name), actions, absolute("development.wishes"))
