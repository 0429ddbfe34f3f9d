"""The ontwikkelplannen of the demo dienst: one of every state, made and agreed on through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.development.goals import services as development
from app.development.goals.lifecycle import GoalState, Step
from app.development.goals.queries import goal_to_change
from app.development.models import Goal, Plan
from app.development.plans import agreeing, planning
from app.development.plans.period import Period
from app.development.plans.queries import plan_to_change, unfinished_plan
from app.people.models import Person
from app.web.formats import AMSTERDAM, as_if, today
from seed.demo.check_ins import build_check_in

BEGUN = 166         # days ago, nearly 24 weeks: the tussenstand after the one halfway is due
MakeGoal = Callable[[Person, Mapping[str, Any]], Goal]


def build_plans(lead: Actor, noor: Person, colleagues: Sequence[Person], goals: Mapping[str, Mapping[str, Any]],
                make_goal: MakeGoal, later: Sequence[Mapping[str, Any]]) -> None:
    """Noor's plan runs for half a year, with the goals that she made `later` in it; of four colleagues one waits for
    the teamleider, one is a concept, one was finished, and one is agreed on and not begun.

    `goals`: what each of the colleagues works at, by her name. Flushes only.
    """
    with as_if(_moment(BEGUN + 2)):
        planning.set_period(_held(noor), Period(today(), today() + dt.timedelta(days=364)))
    agree(noor, lead, put=BEGUN + 2)
    begin(noor, days_ago=BEGUN)
    build_check_in(_held(noor), lead, days_ago=BEGUN // 2)
    for one in later:
        make_goal(noor, one)
    _give_more_time(noor)
    waiting, concept, finished, agreed = colleagues[:4]
    make_goal(waiting, {**goals[waiting.name], "made_days_ago": 6, "done": 0})
    with as_if(_moment(4)):
        agreeing.put_before(_held(waiting), lead.person_id)
        agreeing.confirm(_held(waiting), waiting.id, _held(waiting).revision)
    make_goal(concept, {**goals[concept.name], "made_days_ago": 5, "done": 0})
    done = make_goal(finished, {**goals[finished.name], "made_days_ago": 130, "end_days": 100, "done": 0})
    with as_if(_moment(121)):
        planning.set_period(_held(finished), Period(today() - dt.timedelta(days=9), today() + dt.timedelta(days=110)))
    agree(finished, lead, put=120)
    begin(finished, days_ago=118)
    for days_ago, action in zip((80, 45), done.actions, strict=True):
        with as_if(_moment(days_ago)):
            development.mark_action(done, action, done=True)
    with as_if(_moment(15)):
        _finish(finished, done)
        agreeing.finish(_held(finished))
    make_goal(agreed, {**goals[agreed.name], "made_days_ago": 9, "done": 0})
    agree(agreed, lead, put=3)


def agree(person: Person, lead: Actor, *, put: int) -> None:
    """Put before the lead so many days ago, and confirmed by both a day later; its period is not over today."""
    over = _held(person).ends_on < today()
    with as_if(_moment(put)):
        if over:
            planning.set_period(_held(person), Period(today(), today() + dt.timedelta(days=364)))
        agreeing.put_before(_held(person), lead.person_id)
    with as_if(_moment(put - 1)):
        for one in (lead.person_id, person.id):
            agreeing.confirm(_held(person), one, _held(person).revision)


def begin(person: Person, *, days_ago: int) -> None:
    with as_if(_moment(days_ago)):
        agreeing.start(_held(person))


def _give_more_time(person: Person) -> None:
    """After they agreed: three more weeks for what she works at second, and an hour of somebody's help."""
    with as_if(_moment(2)):
        goal = db.session.scalars(
            select(Goal).where(Goal.person_id == person.id, Goal.state == GoalState.OPEN, Goal.place == 2)
        ).one()
        words = development.words_of(goal)
        development.change_goal(goal, replace(words, end_date=words.end_date + dt.timedelta(weeks=3),
                                              support="Een uur met Amira, die dit al vaker deed."))


def _finish(person: Person, goal: Goal) -> None:
    held = goal_to_change(person.actor, goal.id)
    assert held is not None
    development.take_step(held, Step.FINISH)


def _held(person: Person) -> Plan:
    """The plan that somebody is busy with, to change it."""
    found = unfinished_plan(person.id, person.organisation_id)
    assert found is not None
    plan = plan_to_change(person.actor, found.id)
    assert plan is not None
    return plan


def _moment(days_ago: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(11), AMSTERDAM)
