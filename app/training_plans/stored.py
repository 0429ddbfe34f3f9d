"""PURE: how a question and a plan are stored, and read again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import astuple
from hashlib import sha256
from typing import Any

from app.training_plans.asked import Asked, Demand, Offer, Unit, Wishes
from app.training_plans.valuing import Plan


def packed_plan(plan: Plan) -> dict[str, Any]:
    """As JSON holds it."""
    return {"runs": plan.runs(), "places": {held.training: dict(held.places) for held in plan.holdings}}


def plan_in(stored: Mapping[str, Any]) -> Plan:
    """What `packed_plan` made."""
    places = {(training, unit): count for training, of in stored["places"].items() for unit, count in of.items()}
    return Plan.of(stored["runs"], places)


def mark_of(plan: Plan) -> str:
    """The same for the same plan, and for no other: by this a form tells on what it was filled in."""
    return sha256(json.dumps(packed_plan(plan), sort_keys=True).encode()).hexdigest()


def packed_question(asked: Asked) -> dict[str, Any]:
    """As JSON holds it; without promised places, of which the pages know nothing."""
    wishes = asked.wishes
    return {
        "offers": [astuple(offer) for offer in asked.offers],
        "units": [astuple(unit) for unit in asked.units],
        "demands": [astuple(demand) for demand in asked.demands],
        "wishes": [wishes.budget, wishes.hours_per_person, dict(wishes.focus_weights), dict(wishes.unit_weights),
                   dict(wishes.fixed), sorted(wishes.excluded)],
    }  # fmt: skip


def question_in(stored: Mapping[str, Any]) -> Asked:
    """What `packed_question` made."""
    budget, hours, focus, units, fixed, excluded = stored["wishes"]
    return Asked(
        tuple(Offer(code, tuple(competencies), *rest) for code, competencies, *rest in stored["offers"]),
        tuple(Unit(*unit) for unit in stored["units"]),
        tuple(Demand(*demand) for demand in stored["demands"]),
        Wishes(budget, hours, focus, units, fixed, frozenset(excluded)),
    )


def within(asked: Asked, plan: Plan) -> Plan:
    """Of a plan what the question knows: no training or unit that is gone since."""
    trainings, units = {offer.training for offer in asked.offers}, {unit.code for unit in asked.units}
    return Plan.of(
        {training: runs for training, runs in plan.runs().items() if training in trainings},
        {key: count for key, count in plan.places().items() if key[0] in trainings and key[1] in units},
    )
