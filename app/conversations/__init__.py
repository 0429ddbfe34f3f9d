"""The nabespreking: preparing, agreeing on niveaus, what was said and agreed; and thanking who was asked."""

from __future__ import annotations

from flask import Flask

from app import profiles
from app.conversations import letters, queries, releasing, thanking
from app.conversations.views import bp
from app.people.queries import tell_with_sign_in


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    releasing.teach_letter()
    letters.teach_letters()
    thanking.teach_thanks()
    app.register_blueprint(bp)
    tell_with_sign_in("talks", queries.talks)
    profiles.hand_in(app, agreed_levels_of=queries.agreed_levels_of, talk_about=queries.talk_about)
