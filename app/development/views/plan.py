"""The page of her plan."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.development import queries
from app.development.cards import plan_of
from app.development.views import bp


@bp.get("/ontwikkelplan")
@needs(Role.BEGELEIDER)
def plan() -> str:
    return plan_page()


def plan_page(refusal: str = "") -> str:
    """All her goals, with what was refused on top."""
    found = plan_of(queries.goals_of(actor()))
    measured = bool(found.cards) or queries.was_measured(actor())
    return render_template("development/plan.html", plan=found, measured=measured, refusal=refusal)
