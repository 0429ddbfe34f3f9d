"""The tussenstand: how it goes with the goals of a plan."""

from __future__ import annotations

from flask import Flask

from app.checkins.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
