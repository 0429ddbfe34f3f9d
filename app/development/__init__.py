"""Goals and their actions: from a profile to changed behaviour."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from app import profiles
from app.conversations import neighbours as conversations
from app.development import if_then
from app.development.actions import reminding
from app.development.actions import words as actions
from app.development.buddies import services as asking
from app.development.buddies import words as buddies
from app.development.buddies.queries import is_asked
from app.development.goals import words as goals
from app.development.goals.queries import open_goals_for
from app.development.library import queries as library
from app.development.library.suggestions import about
from app.development.plans import letters
from app.development.plans.queries import waits_for
from app.development.plans.words import shown_beside
from app.development.proposals import words as proposals
from app.development.views import bp
from app.people.queries import tell_with_sign_in
from app.profiles import SuggestedAction, round_labels, texts

NAMED = 3       # so many actions a profile names at most


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands the profile what it may point at."""
    app.register_blueprint(bp)
    app.jinja_env.filters["if_then_pieces"] = if_then.pieces
    app.jinja_env.filters["within"] = texts.within
    app.jinja_env.filters["people"] = round_labels.people
    app.jinja_env.globals.update(
        step_label=goals.label, whose_score=goals.whose, closed_without=goals.closed_without, stand_label=actions.stand,
        effort=actions.effort, buddy_kind=buddies.buddy_kind, why_proposed=proposals.reason,
    )
    asking.teach_letters()
    reminding.teach_letter()
    letters.teach_letters()
    tell_with_sign_in("plans_wait", waits_for)
    tell_with_sign_in("buddy_asked", is_asked)
    conversations.hand_in_plans(app, shown_beside)
    profiles.hand_in(app, open_goals_for=open_goals_for, suggest_actions=_name_actions)


def _name_actions(competency_code: str, level: int | None) -> Sequence[SuggestedAction]:
    fitting = about(library.to_choose(), competency_code, level)[:NAMED]
    return tuple(SuggestedAction(one.title, actions.effort(one.learning_form, one.hours)) for one in fitting)
