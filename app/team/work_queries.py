"""Reading what the people of a team are busy with, as whoever leads them may know it: rounds, plans, conversations."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from app.access import Actor, can_read_plan
from app.checkins import queries as check_ins
from app.checkins.models import CheckIn
from app.conversations.models import AgreedLevel, Conversation
from app.conversations.topics import ASPECT
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal, Plan
from app.development.plans.lifecycle import PlanState
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject
from app.rounds.queries import course
from app.rounds.queries.sufficient import sufficient_by_part
from app.team.queries import Worker
from app.team.waiting import Planned, Running, Talks, Waits
from app.web.formats import day_of, now, today

GOAL_ORDER = (GoalState.OPEN, GoalState.PAUSED, GoalState.IDEA, GoalState.DONE)


def running_of(actor: Actor, person_ids: Collection[int]) -> Mapping[int, tuple[Running, ...]]:
    """Per person the rounds about her of which no profile was released yet, the latest first; two statements."""
    rows = db.session.execute(
        select(RoundSubject, Round.name, Round.state, Round.choose_until, Round.opens_on, Round.closes_on,
               course.closing_of(Round.id).label("being_made"))
        .join(Round, Round.id == RoundSubject.round_id)
        .where(RoundSubject.organisation_id == actor.organisation_id, RoundSubject.person_id.in_(person_ids),
               RoundSubject.released_at.is_(None), Round.kind == Kind.FULL,
               Round.state.in_((State.CHOOSING, State.OPEN, State.CLOSED)))
        .order_by(Round.opens_on.desc(), RoundSubject.id.desc())
    ).all()
    enough = sufficient_by_part([row.RoundSubject.id for row in rows if row.state == State.OPEN])
    found: dict[int, tuple[Running, ...]] = {}
    for part, name, state, choose_until, opens_on, closes_on, being_made in rows:
        waits, until = _waits(part, state, choose_until, opens_on, closes_on, being_made=being_made)
        if waits is not None:
            told = tuple((one.group, one.reached) for one in enough.get(part.id, ()))
            one = Running(part.id, name, waits, until, opens_on, told)
            found[part.person_id] = (*found.get(part.person_id, ()), one)
    return found


def _waits(part: RoundSubject, state: str, choose_until: dt.date, opens_on: dt.date, closes_on: dt.date, *,
           being_made: bool) -> tuple[Waits | None, dt.date]:
    """None: nothing comes of it any more."""
    if state == State.CLOSED:
        if part.approved_at is None:
            return None, closes_on
        ready = part.measurement_id is not None and not being_made
        return (Waits.RELEASE if ready else Waits.MAKING), closes_on
    if part.approved_at is None:
        if closes_on < today():
            return None, closes_on
        return (Waits.APPROVAL if part.choice_sent_at else Waits.CHOOSING), choose_until
    return (Waits.OPENING, opens_on) if state == State.CHOOSING else (Waits.ANSWERS, closes_on)


def plans_of(actor: Actor, people: Sequence[Worker]) -> Mapping[int, Planned]:
    """Per person the plan she is busy with, else the one she finished last, as far as this actor may read it."""
    known = {one.id: one for one in people}
    rows = db.session.execute(
        select(Plan, CheckIn, Goal.competency_code, Goal.state)
        .select_from(Plan)
        .outerjoin(CheckIn, check_ins.is_latest())
        .outerjoin(Goal, Goal.plan_id == Plan.id)
        .where(Plan.organisation_id == actor.organisation_id, Plan.person_id.in_(known))
        .order_by(Plan.begins_on.desc(), Plan.id.desc(), Goal.place.nulls_last(), Goal.id)
    ).all()
    shown = [row for row in rows if can_read_plan(actor, row[0], known[row[0].person_id])]
    newest: dict[int, Plan] = {}
    for plan, *_ in shown:
        there = newest.setdefault(plan.person_id, plan)
        if there.state == PlanState.FINISHED and plan.state != PlanState.FINISHED:
            newest[plan.person_id] = plan
    found = {}
    for person_id, plan in newest.items():
        mine = [row for row in shown if row[0] is plan]
        goals = [(code, state) for _, _, code, state in mine if code is not None and state is not None]
        goals.sort(key=lambda goal: GOAL_ORDER.index(GoalState(goal[1])))
        found[person_id] = _planned(actor, plan, mine[0][1], tuple(goals))
    return found


def _planned(actor: Actor, plan: Plan, latest: CheckIn | None, goals: tuple[tuple[str, str], ...]) -> Planned:
    mine = plan.partner_id == actor.person_id
    standing = check_ins.standing(plan, latest)
    waits_there = (
        standing is not None and latest is not None and standing.open_id is not None and standing.shown
        and not standing.confirmed_by_other and latest.partner_id == actor.person_id
    )
    return Planned(
        plan.id, plan.state, goals,
        waits=mine and plan.state == PlanState.DISCUSSED and plan.partner_confirmed_at is None,
        turn=standing.next if standing else None,
        check_in_waits=latest.id if waits_there and latest else None,
    )


def talks_of(actor: Actor, person_ids: Collection[int]) -> Mapping[int, Talks]:
    """Per person her conversations with this actor, and what was agreed with anybody; one statement."""
    rows = db.session.execute(
        select(Conversation, AgreedLevel.kind, AgreedLevel.code, AgreedLevel.level)
        .outerjoin(AgreedLevel, AgreedLevel.conversation_id == Conversation.id)
        .where(
            Conversation.organisation_id == actor.organisation_id, Conversation.person_id.in_(person_ids),
            Conversation.called_off_at.is_(None),
            or_(Conversation.fixed_at.is_not(None), Conversation.partner_id == actor.person_id),
        )
        .order_by(Conversation.fixed_at, Conversation.id)
    ).all()
    found: dict[int, _Talks] = {}
    for conversation, kind, code, level in rows:
        of = found.setdefault(conversation.person_id, _Talks({}, {}, {}))
        of.conversations[conversation.id] = conversation
        if conversation.fixed and kind is not None:
            (of.aspects if kind == ASPECT else of.roles)[code] = level       # the later one replaces the earlier
    return {person_id: one.told(actor) for person_id, one in found.items()}


@dataclass(frozen=True, slots=True)
class _Talks:
    """What is being gathered of one person."""

    conversations: dict[int, Conversation]
    aspects: dict[str, int]
    roles: dict[str, int]

    def told(self, actor: Actor) -> Talks:
        mine = [one for one in self.conversations.values() if one.partner_id == actor.person_id]
        held = [one for one in mine if one.fixed]
        coming = sorted((one for one in mine if not one.fixed), key=_moment)
        return Talks(
            last_on=max((_held_on(one) for one in held), default=None),
            next_id=coming[0].id if coming else None,
            next_on=day_of(coming[0].planned_at) if coming and coming[0].planned_at else None,
            aspects=self.aspects,
            roles=self.roles,
            about=frozenset(one.round_subject_id for one in self.conversations.values()
                            if one.fixed and one.round_subject_id is not None),
        )


def _moment(conversation: Conversation) -> tuple[bool, float]:
    at = conversation.planned_at
    return at is None, at.timestamp() if at else 0.0


def _held_on(conversation: Conversation) -> dt.date:
    """The day it was planned for, when that was; else the day it was fixed."""
    fixed_at, planned_at = conversation.fixed_at, conversation.planned_at
    assert fixed_at is not None
    return day_of(planned_at if planned_at is not None and planned_at <= now() else fixed_at)
