"""The framework and its versions, and the function profiles that say what a job asks."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    from app.competencies.views import bp

    app.register_blueprint(bp)
