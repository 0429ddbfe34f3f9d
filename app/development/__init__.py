"""Goals and their actions: from a profile to changed behaviour."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from app import profiles
from app.conversations import neighbours as conversations
from app.development import buddies, if_then, letters, queries, reminding, words
from app.development.plan_queries import waits_for
from app.development.plan_words import shown_beside
from app.development.suggestions import about
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
    app.jinja_env.globals.update(step_label=words.label, stand_label=words.stand, buddy_kind=words.buddy_kind,
                                 effort=words.effort)
    buddies.teach_letters()
    reminding.teach_letter()
    letters.teach_letters()
    tell_with_sign_in("plans_wait", waits_for)
    conversations.hand_in_plans(app, shown_beside)
    profiles.hand_in(app, open_goals_for=queries.open_goals_for, suggest_actions=_name_actions)


def _name_actions(competency_code: str, level: int | None) -> Sequence[SuggestedAction]:
    fitting = about(queries.library(), competency_code, level)[:NAMED]
    return tuple(SuggestedAction(action.title, words.effort(action.learning_form, action.hours)) for action in fitting)
