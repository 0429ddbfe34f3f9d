"""HR asks for a plan, stops the planner, changes a plan by hand. Flushes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.access import Actor
from app.competencies.queries import current_framework
from app.db import db, mark
from app.needs.models import Snapshot
from app.training_plans.asked import Asked
from app.training_plans.checking import Contradiction, contradictions
from app.training_plans.greedy import greedy
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.queries import latest_snapshot, offer_of, on_offer, planned_over, question_of
from app.training_plans.question import Wish, less, without
from app.training_plans.solving import ASKED, is_free
from app.training_plans.stored import packed_plan, packed_question, plan_in, question_in, within
from app.training_plans.valuing import Plan
from app.trainings.queries import everything_of
from app.trainings.services import hold
from app.web.formats import now

DOUBLE_CLICK = dt.timedelta(minutes=1)


class NoFigures(Exception):
    """There is no momentopname to plan on."""


class Clashing(Exception):
    """What is wished does not fit together; `asked` names what the contradictions are about."""

    def __init__(self, asked: Asked, found: Sequence[Contradiction]) -> None:
        super().__init__(found)
        self.asked, self.found = asked, found


class ChangedMeanwhile(Exception):
    """Somebody else changed the plan since it was looked at."""


class NotNow(Exception):
    """What was asked does not fit how the plan stands."""


def wish_of(plan: TrainingPlan) -> Wish:
    """What was said of a plan."""
    return Wish(plan.name, plan.begins_on, plan.ends_on, plan.budget, plan.hours_per_person,
                plan.priorities.get("focus", {}), plan.priorities.get("units", {}), plan.fixed,
                frozenset(plan.excluded))


def waits(plan: TrainingPlan) -> bool:
    """Whether nobody is at it yet."""
    return is_free(plan)


def create(actor: Actor, wish: Wish) -> TrainingPlan:
    """A new plan, and the planner is asked. The same twice within a minute is one. Raises Clashing or NoFigures."""
    hold(actor)
    recent = db.session.scalars(
        select(TrainingPlan).where(TrainingPlan.organisation_id == actor.organisation_id,
                                   TrainingPlan.name == wish.name, TrainingPlan.created_at > now() - DOUBLE_CLICK)
    ).all()
    for one in recent:
        if wish_of(one) == wish:
            return one
    plan = TrainingPlan(organisation_id=actor.organisation_id, created_at=now(), revision=0, by_hand=None)
    _ask(actor, plan, wish)
    db.session.add(plan)
    db.session.flush()
    return plan


def ask(actor: Actor, plan: TrainingPlan, wish: Wish, seen: int) -> None:
    """Ask the planner anew, by the newest figures and the aanbod of now. What HR made by hand stays, as far as it is
    still there. The plan is held; twice at once is once.

    Raises ChangedMeanwhile, NotNow, Clashing or NoFigures; then everything stays as it was.
    """
    if plan.state == PlanState.ADOPTED:
        raise NotNow
    if plan.revision != seen:
        recently = plan.asked_at is not None and plan.asked_at > now() - DOUBLE_CLICK
        if recently and plan.revision == seen + 1 and plan.state == PlanState.SOLVING and wish_of(plan) == wish:
            return
        raise ChangedMeanwhile
    _ask(actor, plan, wish)
    plan.revision += 1
    db.session.flush()


def stop(plan: TrainingPlan) -> None:
    """HR has seen enough: the best so far is the best. Twice is once; the plan is held."""
    if plan.state != PlanState.SOLVING:
        return
    plan.stop_asked = True
    if is_free(plan):       # nobody is at it who could hear this
        plan.state = PlanState.READY if plan.best or plan.quick else PlanState.FAILED
    db.session.flush()


def change_by_hand(plan: TrainingPlan, base: Plan, training: str, runs: int, places: Mapping[str, int],
                   seen: int) -> None:
    """`base` with so many runs and places of one training, as HR's own. The plan is held.

    Raises ChangedMeanwhile or NotNow.
    """
    if plan.state == PlanState.ADOPTED:
        raise NotNow
    if plan.revision != seen:
        raise ChangedMeanwhile
    others = {key: count for key, count in base.places().items() if key[0] != training}
    own = Plan.of({**base.runs(), training: runs}, {**others, **{(training, unit): n for unit, n in places.items()}})
    plan.by_hand = packed_plan(own)
    plan.revision += 1
    db.session.flush()


def remove(plan: TrainingPlan) -> None:
    """A plan that was never adopted. The plan is held. Raises NotNow."""
    if plan.state == PlanState.ADOPTED:
        raise NotNow
    db.session.delete(plan)
    db.session.flush()


def versions_of(plan: TrainingPlan, asked: Asked) -> Mapping[str, Plan]:
    """What there is of it, by name: snel, beste, eigen."""
    found = (("snel", plan.quick), ("beste", plan.best), ("eigen", plan.by_hand))
    return {name: within(asked, plan_in(stored)) for name, stored in found if stored is not None}


def question_on(plan: TrainingPlan) -> Asked:
    return question_in(plan.question)


def _ask(actor: Actor, plan: TrainingPlan, wish: Wish) -> None:
    snapshot: Snapshot | None = latest_snapshot(actor)
    if snapshot is None:
        raise NoFigures
    before = planned_over(actor, wish.begins_on, wish.ends_on)
    trainings = everything_of(actor.organisation_id)
    asked = question_of(snapshot, on_offer(trainings), wish, current_framework().catalog)
    everybody = sum(unit.people for unit in asked.units)
    asked = less(asked, before.euros, before.hours)
    found = contradictions(asked)
    if found:
        raise Clashing(asked, found)
    asked = without(asked, before.places, [offer_of(one, everybody) for one in trainings])
    quick = greedy(asked)
    plan.name, plan.begins_on, plan.ends_on = wish.name, wish.begins_on, wish.ends_on
    plan.budget, plan.planned, plan.hours_per_person = wish.budget, before.euros, wish.hours_per_person
    plan.priorities, plan.fixed, plan.excluded = wish.priorities, dict(wish.fixed), sorted(wish.excluded)
    plan.snapshot_id = snapshot.id
    plan.question = packed_question(asked)
    plan.quick, plan.best, plan.gap = (packed_plan(quick) if quick else None), None, None
    if plan.by_hand is not None:
        plan.by_hand = packed_plan(within(asked, plan_in(plan.by_hand)))
    plan.state, plan.asked_at, plan.begun_at = PlanState.SOLVING, now(), None
    plan.progress, plan.clashes, plan.stop_asked = 0, [], False
    mark(ASKED)
