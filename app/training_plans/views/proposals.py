"""The places that a plan keeps for the people of a teamleider, and whom she could propose."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.training_plans import proposal_words as words
from app.training_plans.proposing import proposal
from app.training_plans.views import bp


@bp.get("/opleidingen/voorstel")
@needs(Role.TEAMLEIDER)
def proposals() -> str:
    return render_template("training_plans/proposals.html", page=proposal(actor()), words=words)
