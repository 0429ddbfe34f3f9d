"""The tussenstand: how it goes with the goals of a plan."""

from __future__ import annotations

from flask import Flask

from app.checkins import cards, letters, queries
from app.checkins.views import bp
from app.development import neighbours
from app.development.goals import moments
from app.people.queries import tell_with_sign_in


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands the plan what it may point at."""
    app.register_blueprint(bp)
    letters.teach_letters()
    tell_with_sign_in("check_ins_wait", queries.waits_for)
    neighbours.hand_in_check_ins(app, cards.beside_plan)
    neighbours.hand_in_days(app, cards.days_of)
    moments.hand_in_moments(app, cards.moments_of)
