"""Self-assessments: asked, answered, saved, finished; the cells that come out of them."""

from __future__ import annotations

from flask import Flask

from app.assessments.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
