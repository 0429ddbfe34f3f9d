"""Reading tussenstanden: as she whose plan it is, and as whoever accompanies her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from app.access import Actor, Role, can_agree_plan
from app.checkins.models import CheckIn, CheckInGoal, Reaction
from app.checkins.rhythm import Turn, turn
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal, Plan
from app.development.plans.lifecycle import PlanState
from app.people.models import Person
from app.web.formats import day_of

KEPT_IN = (PlanState.AGREED, PlanState.RUNNING)
"""The states of a plan in which tussenstanden are made and changed."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a plan that is kept stands. `open_id`: the tussenstand that is not fixed yet, with whether she showed it and
    who confirmed it. `number`, `next`: of the one to come; no `next` while one is open, and after the closing one.
    """

    plan_id: int
    started_on: dt.date
    open_id: int | None
    shown: bool
    confirmed: bool
    confirmed_by_other: bool
    number: int
    next: Turn | None


def check_in_of(actor: Actor, check_in_id: int) -> CheckIn | None:
    """One of this organisation, with the plan, whose it is, her teams, to whom she showed it, and what it says."""
    return db.session.scalar(
        select(CheckIn)
        .where(CheckIn.organisation_id == actor.organisation_id, CheckIn.id == check_in_id)
        .options(
            joinedload(CheckIn.plan).joinedload(Plan.person).selectinload(Person.memberships),
            joinedload(CheckIn.partner).selectinload(Person.memberships),
            selectinload(CheckIn.goals).joinedload(CheckInGoal.goal),
        )
    )


def check_in_to_change(actor: Actor, check_in_id: int) -> CheckIn | None:
    """The same, as nobody else can change it, or its plan, until this transaction ends."""
    person_id = db.session.scalar(
        select(Plan.person_id)
        .join(CheckIn, CheckIn.plan_id == Plan.id)
        .where(CheckIn.id == check_in_id, CheckIn.organisation_id == actor.organisation_id)
    )
    if person_id is None:
        return None
    hold_goals_of(person_id)
    return check_in_of(actor, check_in_id)


def reactions_before(check_in: CheckIn, partner_id: int | None = None) -> list[tuple[str, str]]:
    """What was written by whoever was her partner before, with their names; empty for who is not there any more.

    `partner_id`: who is so now, where that is another than who wrote last.
    """
    written = list(check_in.reactions_before or ())
    if check_in.reaction and partner_id is not None and partner_id != check_in.partner_id:
        written.append(Reaction(by=check_in.partner_id, text=check_in.reaction))
    if not written:
        return []
    ids = {one["by"] for one in written}
    people = select(Person).where(Person.id.in_(ids), Person.organisation_id == check_in.organisation_id)
    names = {one.id: one.name for one in db.session.scalars(people)}
    return [(names.get(one["by"] or 0, ""), one["text"]) for one in written]


def goals_for(check_in: CheckIn, sent: Collection[int] = ()) -> list[Goal]:
    """The goals that it is about: the open ones of its plan by place, then those it says something of already, and
    those of the plan that were `sent`. Of a fixed one only what it says something of.
    """
    of_now = {row.goal_id: row.goal for row in check_in.goals}
    if not check_in.fixed:
        found = select(Goal).where(
            Goal.organisation_id == check_in.organisation_id, Goal.plan_id == check_in.plan_id,
        )
        of_now |= {goal.id: goal for goal in db.session.scalars(found)
                   if goal.state == GoalState.OPEN or goal.id in sent}
    return sorted(of_now.values(), key=lambda goal: (goal.place is None, goal.place or 0, goal.id))


def tiles_before(check_in: CheckIn) -> list[CheckInGoal]:
    """What the fixed tussenstand before this one said of each goal."""
    number = (
        select(func.max(CheckIn.number))
        .where(CheckIn.plan_id == check_in.plan_id, CheckIn.number < check_in.number, CheckIn.fixed_at.is_not(None))
        .scalar_subquery()
    )
    return list(db.session.scalars(
        select(CheckInGoal)
        .join(CheckIn, CheckIn.id == CheckInGoal.check_in_id)
        .where(CheckIn.plan_id == check_in.plan_id, CheckIn.number == number, CheckInGoal.tile.is_not(None))
    ))


def check_ins_of(plan: Plan) -> list[CheckIn]:
    """Those of a plan, the newest first."""
    return list(db.session.scalars(
        select(CheckIn)
        .where(CheckIn.organisation_id == plan.organisation_id, CheckIn.plan_id == plan.id)
        .order_by(CheckIn.number.desc())
    ))


def is_kept_by(person_id: int, organisation_id: int) -> ColumnElement[bool]:
    """Whether this is the plan that she keeps, as part of another statement; there is at most one."""
    return and_(Plan.person_id == person_id, Plan.organisation_id == organisation_id, Plan.state.in_(KEPT_IN))


def is_latest() -> ColumnElement[bool]:
    """Whether this is the latest tussenstand of a plan, to join it with."""
    other = CheckIn.__table__.alias()
    number = select(func.max(other.c.number)).where(other.c.plan_id == Plan.id).correlate(Plan).scalar_subquery()
    return and_(CheckIn.plan_id == Plan.id, CheckIn.number == number)


def own_standing(person_id: int, organisation_id: int) -> Standing | None:
    """Of the plan that she keeps; in one statement."""
    row = db.session.execute(
        select(Plan, CheckIn)
        .outerjoin(CheckIn, is_latest())
        .where(is_kept_by(person_id, organisation_id))
        .order_by(Plan.begins_on.desc())
        .limit(1)
    ).first()
    return standing(row[0], row[1]) if row else None


def kept_standings() -> list[Standing]:
    """Of every plan that is kept, in every organisation, of somebody who still works there as a begeleider."""
    rows = db.session.execute(
        select(Plan, CheckIn)
        .join(Person, Person.id == Plan.person_id)
        .outerjoin(CheckIn, is_latest())
        .where(Plan.state.in_(KEPT_IN), Person.active, Person.plays(Role.BEGELEIDER))
        .order_by(Plan.id)
    ).all()
    return [found for plan, latest in rows if (found := standing(plan, latest)) is not None]


def standing(plan: Plan, latest: CheckIn | None) -> Standing | None:
    """`latest`: the tussenstand of the plan with the highest number. None for a plan that is not kept."""
    began_at = plan.started_at or plan.agreed_at
    if plan.state not in KEPT_IN or began_at is None:
        return None
    started_on = day_of(began_at)
    is_open = latest is not None and not latest.fixed
    last_on = day_of(latest.held_at) if latest else None
    return Standing(
        plan_id=plan.id,
        started_on=started_on,
        open_id=latest.id if latest and is_open else None,
        shown=latest is not None and latest.shown,
        confirmed=latest is not None and latest.person_confirmed_at is not None,
        confirmed_by_other=latest is not None and latest.partner_confirmed_at is not None,
        number=(latest.number if latest else 0) + 1,
        next=None if is_open else turn(started_on, plan.ends_on, last_on),
    )


def waiting(actor: Actor) -> list[CheckIn]:
    """What others showed to this actor and she has not confirmed, the longest waiting first."""
    found = (
        select(CheckIn)
        .join(CheckIn.plan)
        .join(Plan.person)
        .where(CheckIn.organisation_id == actor.organisation_id, _waits(CheckIn.partner_id == actor.person_id),
               Plan.state.in_(KEPT_IN), Person.active)
        .options(contains_eager(CheckIn.plan).contains_eager(Plan.person).selectinload(Person.memberships))
        .order_by(CheckIn.shared_at, CheckIn.id)
    )
    return [one for one in db.session.scalars(found) if can_agree_plan(actor, one, one.plan.person)]


def waits_for(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody's tussenstand waits for this person, as part of another statement."""
    return exists().where(_waits(CheckIn.partner_id == person_id))


def said_of(goal_id: int) -> list[tuple[CheckIn, str]]:
    """The tussenstanden in which a tile was chosen for this goal, with the tile."""
    rows = db.session.execute(
        select(CheckIn, CheckInGoal.tile)
        .join(CheckInGoal, CheckInGoal.check_in_id == CheckIn.id)
        .where(CheckInGoal.goal_id == goal_id, CheckInGoal.tile.is_not(None))
        .order_by(CheckIn.number)
    )
    return [(check_in, tile) for check_in, tile in rows if tile is not None]


def _waits(for_her: ColumnElement[bool]) -> ColumnElement[bool]:
    return and_(for_her, CheckIn.shared_at.is_not(None), CheckIn.fixed_at.is_(None),
                CheckIn.partner_confirmed_at.is_(None))
