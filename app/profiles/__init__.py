"""Reading what the cells say: the profile page."""

from __future__ import annotations

from flask import Flask

from app.profiles.neighbours import AgreedNiveau, SuggestedAction, hand_in

__all__ = ["AgreedNiveau", "SuggestedAction", "hand_in", "init_app"]


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    from app.profiles.views import bp

    app.register_blueprint(bp)
