"""The opleidingsplan: which sessions to hold, for how many people of which team, within a budget."""

from __future__ import annotations

from flask import Flask

from app.training_plans.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
