"""Reading what the cells say: the profile page."""

from __future__ import annotations

from flask import Flask

from app.profiles.neighbours import AgreedNiveau, SuggestedAction, Talk, hand_in

__all__ = ["AgreedNiveau", "SuggestedAction", "Talk", "hand_in", "init_app"]


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    from app.people.queries import tell_with_sign_in
    from app.profiles import letters
    from app.profiles.sharing import is_given
    from app.profiles.views import bp

    letters.teach_letters()
    tell_with_sign_in("given", is_given)
    app.register_blueprint(bp)
