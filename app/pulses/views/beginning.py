"""Beginning a korte vraag from a goal; choosing whom to ask happens where it does for every round."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal
from app.development.views.goals import own_goal
from app.profiles.texts import within
from app.pulses import cards, services, words
from app.pulses.services import GoalRests, NotByHerself, StillRuns
from app.pulses.views import bp
from app.rounds.lifecycle import MoveRefused
from app.rounds.words.course import obstacle_said

Page = str | tuple[str, int]
ADDRESS = "/ontwikkelplan/doelen/<int:goal_id>/korte-vraag"


@bp.get(ADDRESS)
@needs(Role.BEGELEIDER)
def show_begin(goal_id: int) -> Page:
    """What is asked, of whom, and who sees what."""
    return _page(own_goal(goal_id))


@bp.post(ADDRESS)
@needs(Role.BEGELEIDER)
def begin(goal_id: int) -> Response | Page:
    goal = own_goal(goal_id)
    topic = services.topic_of(goal)
    name = within(topic.competency.name)
    try:
        part = services.begin(actor(), goal, topic, name=words.name(name),
                              purpose=words.purpose(current_user.first_name, name))
    except (GoalRests, NotByHerself):
        return _page(goal), 409
    except StillRuns as refusal:
        flash(_("Er loopt al een korte vraag over dit doel."))
        return redirect(url_for("rounds.feedback", part_id=refusal.part_id), 303)
    except MoveRefused as refusal:
        said = " ".join(obstacle_said(obstacle) for obstacle in refusal.obstacles)
        db.session.rollback()
        return _page(own_goal(goal_id), said), 409
    return redirect(url_for("rounds.choose", part_id=part.id), 303)


def _page(goal: Goal, refusal: str = "") -> str:
    return render_template("pulses/begin.html", goal=goal, topic=services.topic_of(goal), refusal=refusal,
                           beside=cards.beside(goal), rests=goal.state != GoalState.OPEN)
