"""The korte vraag: whether people saw the behaviour of a goal change. A small round of its own kind."""

from __future__ import annotations

from flask import Flask

from app.development.goals.moments import hand_in_moments
from app.pulses import cards
from app.pulses.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands the plan what it may tell of a goal."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(pulse_beside=cards.beside, pulse_goal_at=cards.goal_address)
    hand_in_moments(app, cards.moments_of)
