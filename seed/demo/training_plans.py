"""Opleidingsplannen of the demo dienst: of this year one that was adopted, of the next what the planner found."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import Actor, Role
from app.db import db
from app.development.plans.period import school_year
from app.people.models import Person
from app.training_plans import adopting, planner, services
from app.training_plans.models import TrainingPlan
from app.training_plans.question import Wish
from app.training_plans.stored import packed_plan
from app.web.formats import AMSTERDAM, as_if, today

ADOPTED, THOUGHT_OF = 8, 3      # days ago
PATIENCE = 20.0     # seconds for the planner, which needs one; where it needs more, the gap says how much is left


def build_training_plans(organisation_id: int) -> None:
    """After the momentopnamen. Flushes only."""
    people = db.session.scalars(select(Person).where(Person.organisation_id == organisation_id)
                                .order_by(Person.id).options(selectinload(Person.memberships)))
    hr = next(person.actor for person in people if Role.HR in person.roles)
    year = school_year(today())
    following = school_year(year.ends_on + dt.timedelta(days=1))
    with as_if(_at(ADOPTED)):
        plan = _make(hr, Wish(f"Opleidingsplan {year.begins_on.year}–{year.ends_on.year}", year.begins_on, year.ends_on,
                              14_000, 16, {"relatiemanagement": 2.0}, {}, {"evalueren-vijf-vragen": 1}))
        asked = services.question_on(plan)
        adopting.adopt(hr, plan, asked, services.versions_of(plan, asked)["snel"], plan.revision)
    with as_if(_at(THOUGHT_OF)):
        _solve(_make(hr, Wish(f"Opleidingsplan {following.begins_on.year}–{following.ends_on.year}",
                              following.begins_on, following.ends_on, 16_500, 80)))


def _make(hr: Actor, wish: Wish) -> TrainingPlan:
    """With the quick plan alone: nobody waited for the planner."""
    plan = services.create(hr, wish)
    services.stop(plan)
    return plan


def _solve(plan: TrainingPlan) -> None:
    """As the worker does it, without transactions of its own: the planner really runs."""
    found = planner.best(services.question_on(plan), seconds=PATIENCE)
    if found.plan is not None:
        plan.best, plan.gap, plan.progress = packed_plan(found.plan), found.gap, 1.0
    db.session.flush()


def _at(days_ago: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(14), AMSTERDAM)
