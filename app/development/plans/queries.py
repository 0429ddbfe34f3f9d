"""Reading plans: as she whose plan it is, and as whoever accompanies her."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from app.access import Actor, can_read_plan
from app.conversations.models import Conversation
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal, Plan
from app.development.plans.lifecycle import PlanState
from app.people.models import Membership, Person
from app.rounds.models import RoundSubject
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class Talk:
    """The conversation with somebody that was fixed last."""

    conversation_id: int
    with_whom: str
    fixed_at: dt.datetime

    @property
    def on(self) -> dt.date:
        return day_of(self.fixed_at)


@dataclass(frozen=True, slots=True)
class Talks:
    """`latest`: the conversation fixed last. `missing`: a round was released, and none was fixed since."""

    latest: Talk | None
    missing: bool


def plans_of(actor: Actor) -> list[Plan]:
    """Her own plans with their changes, the newest first."""
    return list(db.session.scalars(
        _own(actor).options(joinedload(Plan.partner), joinedload(Plan.changes))
    ).unique())


def unfinished_plan(person_id: int, organisation_id: int) -> Plan | None:
    """What she is busy with; at most one."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.person_id == person_id, Plan.organisation_id == organisation_id, Plan.state != PlanState.FINISHED)
        .order_by(Plan.begins_on.desc())
        .limit(1)
    ).first()


def plans_with(goal: Goal) -> list[Plan]:
    """The plan that a goal stands in, with what changed; none of an idea."""
    return list(db.session.scalars(
        select(Plan).where(Plan.id == goal.plan_id, Plan.organisation_id == goal.organisation_id)
        .options(joinedload(Plan.changes))
    ).unique())


def plan_to_read(actor: Actor, plan_id: int) -> Plan | None:
    """A plan of this organisation with whose it is, her teams, who she makes it with and what changed."""
    return db.session.scalars(
        select(Plan)
        .where(Plan.organisation_id == actor.organisation_id, Plan.id == plan_id)
        .options(
            joinedload(Plan.person).joinedload(Person.memberships),
            joinedload(Plan.partner).joinedload(Person.memberships),
            joinedload(Plan.changes),
        )
    ).unique().first()


def plan_to_change(actor: Actor, plan_id: int) -> Plan | None:
    """The same, as nobody else can change it, or a goal in it, until this transaction ends."""
    person_id = db.session.scalar(
        select(Plan.person_id).where(Plan.id == plan_id, Plan.organisation_id == actor.organisation_id)
    )
    if person_id is None:
        return None
    hold_goals_of(person_id)
    return plan_to_read(actor, plan_id)


def goals_in(plan: Plan) -> list[Goal]:
    """The goals of a plan with their actions: the open ones by place, then the latest first."""
    return list(db.session.scalars(
        select(Goal)
        .where(Goal.plan_id == plan.id, Goal.organisation_id == plan.organisation_id)
        .options(joinedload(Goal.actions))
        .order_by(Goal.place.nulls_last(), Goal.changed_at.desc(), Goal.id.desc())
    ).unique())


def open_goals_in(plan: Plan) -> int:
    return db.session.scalar(
        select(func.count(Goal.id)).where(Goal.plan_id == plan.id, Goal.state == GoalState.OPEN)
    ) or 0


def talks_with(person_id: int, organisation_id: int) -> Talks:
    """What was talked about with her, as far as a plan rests on it."""
    released_at = (
        select(func.max(RoundSubject.released_at))
        .where(RoundSubject.person_id == person_id, RoundSubject.organisation_id == organisation_id,
               RoundSubject.measurement_id.is_not(None))
        .scalar_subquery()
    )
    partner = aliased(Person)
    fixed = (Conversation.person_id == Person.id) & Conversation.fixed_at.is_not(None)
    row = db.session.execute(
        select(released_at, Conversation.id, partner.name, Conversation.fixed_at)
        .select_from(Person)
        .outerjoin(Conversation, fixed)
        .outerjoin(partner, partner.id == Conversation.partner_id)
        .where(Person.id == person_id, Person.organisation_id == organisation_id)
        .order_by(Conversation.fixed_at.desc().nulls_last(), Conversation.id.desc())
        .limit(1)
    ).first()
    if row is None:
        return Talks(None, missing=False)
    released, talk_id, with_whom, fixed_at = row
    latest = Talk(talk_id, with_whom, fixed_at) if fixed_at is not None else None
    return Talks(latest, released is not None and (latest is None or latest.fixed_at < released))


def shown_plans(actor: Actor, person_id: int | None = None) -> list[Plan]:
    """The plans of others that this actor may read, by name, the newest first, each with who she makes it with and his
    teams; of one person, or of everybody.
    """
    theirs = select(Membership.person_id).where(Membership.team_id.in_(actor.leads), Membership.leads.is_(False))
    found = (
        select(Plan)
        .join(Person, Person.id == Plan.person_id)
        .where(
            Plan.organisation_id == actor.organisation_id,
            Plan.state != PlanState.DRAFT,
            Plan.person_id != actor.person_id,
            Person.active,
            or_(Plan.person_id.in_(theirs), Person.discussion_partner_id == actor.person_id),
        )
        .options(joinedload(Plan.person).selectinload(Person.memberships),
                 joinedload(Plan.partner).selectinload(Person.memberships))
        .order_by(Person.name, Person.id, Plan.begins_on.desc())
    )
    if person_id is not None:
        found = found.where(Plan.person_id == person_id)
    return [plan for plan in db.session.scalars(found) if can_read_plan(actor, plan, plan.person)]


def waits_for(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody's plan waits for this person to confirm it, as part of another statement."""
    return exists().where(Plan.partner_id == person_id, Plan.state == PlanState.DISCUSSED,
                          Plan.partner_confirmed_at.is_(None))


def _own(actor: Actor) -> Select[Plan]:
    return (
        select(Plan)
        .where(Plan.organisation_id == actor.organisation_id, Plan.person_id == actor.person_id)
        .order_by(Plan.begins_on.desc(), Plan.id.desc())
    )
