"""What could become a goal, and what she does not want now."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.competencies.queries import current_framework
from app.development.goals import queries
from app.development.goals.lifecycle import GoalState
from app.development.proposals import services, words
from app.development.proposals.proposing import proposed
from app.development.views import bp

ADDRESS = "/ontwikkelplan/voorstel"


@bp.get(ADDRESS)
@needs(Role.BEGELEIDER)
def proposals() -> str:
    goals = queries.goals_of(actor())
    return render_template("development/proposals.html", found=proposed(actor(), goals), words=words,
                           open_goals=sum(goal.state == GoalState.OPEN for goal in goals))


@bp.post(f"{ADDRESS}/<slug>/niet-nu")
@needs(Role.BEGELEIDER)
def set_aside(slug: str) -> Response:
    code, name = _competency(slug)
    services.set_aside(actor(), code)
    flash(_("‘%(name)s’ staat nu onderaan, bij ‘Niet nu’.", name=name))
    return redirect(url_for("development.proposals"), 303)


@bp.post(f"{ADDRESS}/<slug>/toch-wel")
@needs(Role.BEGELEIDER)
def take_up_again(slug: str) -> Response:
    code, name = _competency(slug)
    services.take_up_again(actor(), code)
    flash(_("‘%(name)s’ staat er weer bij.", name=name))
    return redirect(url_for("development.proposals"), 303)


def _competency(slug: str) -> tuple[str, str]:
    """Its code and name; 404 for what the framework does not have."""
    catalog = current_framework().catalog
    if not catalog.has_competency(slug):
        abort(404)
    competency = catalog.competency_by_slug(slug)
    return competency.code, competency.name
