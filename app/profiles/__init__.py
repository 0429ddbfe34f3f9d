"""Reading what the cells say: the profile page."""

from __future__ import annotations

from flask import Flask

from app.profiles.neighbours import AgreedNiveau, SuggestedAction, Talk, hand_in

__all__ = ["AgreedNiveau", "SuggestedAction", "Talk", "hand_in", "init_app"]


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    from app.profiles import letters
    from app.profiles.views import bp

    letters.teach_letters()
    app.register_blueprint(bp)
