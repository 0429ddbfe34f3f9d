"""A plan is adopted: its sessions come into the aanbod, each with the places it keeps per unit. Flushes only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from flask_babel import gettext as _

from app.access import Actor
from app.db import db
from app.training_plans.asked import Asked
from app.training_plans.keeping import troubles
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.training_plans.queries import adopted_over, offer_of, offered
from app.training_plans.services import ChangedMeanwhile, NotNow
from app.training_plans.stored import packed_plan
from app.training_plans.valuing import Plan, groups
from app.trainings import planning
from app.trainings.planning import Planned
from app.trainings.services import hold
from app.web.formats import now


class Troubled(Exception):
    """The plan does not keep to what was asked."""


class PlannedMeanwhile(Exception):
    """Another plan over the same period was adopted since the planner was asked: what it holds is not taken off yet."""


class OfferChanged(Exception):
    """`trainings`: the codes of what is not on offer any more, or not as it was calculated with."""

    def __init__(self, trainings: tuple[str, ...]) -> None:
        super().__init__(trainings)
        self.trainings = trainings


def adopted_since(asked_at: dt.datetime | None, others: Sequence[TrainingPlan]) -> bool:
    """Whether the planner, asked at this moment if ever, did not know of one of these adopted plans."""
    return any(asked_at is None or (one.adopted_at is not None and one.adopted_at > asked_at) for one in others)


def adopt(actor: Actor, plan: TrainingPlan, asked: Asked, chosen: Plan, seen: int) -> int:
    """How many sessions there are now, their days still to follow. Twice is once; the plan is held.

    Raises ChangedMeanwhile, NotNow, Troubled, PlannedMeanwhile or OfferChanged.
    """
    if plan.state == PlanState.ADOPTED:
        return 0
    if plan.revision != seen:
        raise ChangedMeanwhile
    if plan.state != PlanState.READY or not chosen.holdings:
        raise NotNow
    if troubles(asked, chosen):
        raise Troubled
    hold(actor)
    if adopted_since(plan.asked_at, adopted_over(actor, plan.begins_on, plan.ends_on)):
        raise PlannedMeanwhile
    everybody = sum(unit.people for unit in asked.units)
    there = {training.code: training for training in offered(actor)}
    offers = {offer.training: offer for offer in asked.offers}
    used = [held.training for held in chosen.holdings]
    gone = tuple(code for code in used if code not in there or offer_of(there[code], everybody) != offers[code])
    if gone:
        raise OfferChanged(gone)
    count = 0
    for held in chosen.holdings:
        runs = groups(offers[held.training], held)
        for number, group in enumerate(runs, 1):
            remark = (_("Uit het opleidingsplan ‘%(name)s’.", name=plan.name) if len(runs) == 1 else
                      _("Uit het opleidingsplan ‘%(name)s’, keer %(number)s van %(count)s.", name=plan.name,
                        number=number, count=len(runs)))
            session = planning.add(there[held.training], Planned((), "", sum(group.places.values()), group.cost,
                                                                 remark))
            db.session.add(PlanRun(organisation_id=plan.organisation_id, plan_id=plan.id, session_id=session.id,
                                   places=dict(group.places)))
            count += 1
    plan.by_hand = packed_plan(chosen)
    plan.state, plan.adopted_at = PlanState.ADOPTED, now()
    plan.revision += 1
    db.session.flush()
    return count
