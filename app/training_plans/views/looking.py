"""What the pages of a plan share: finding it, for HR alone."""

from __future__ import annotations

from flask import request

from app.access import actor, authorize, can_plan_trainings
from app.training_plans import queries
from app.training_plans.models import TrainingPlan

ADDRESS = "/opleidingen/plan"
ONE = f"{ADDRESS}/<int:training_plan_id>"
Page = str | tuple[str, int]


def found(training_plan_id: int) -> TrainingPlan:
    """For HR; held where it may be changed. 404 for what another organisation plans, or nobody."""
    authorize(can_plan_trainings(actor()))
    find = queries.plan_of if request.method in ("GET", "HEAD") else queries.plan_to_change
    plan = find(actor(), training_plan_id)
    authorize(plan is not None)
    assert plan is not None
    return plan
