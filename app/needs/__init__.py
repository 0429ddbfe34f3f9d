"""The momentopname and the behoefte: what the dienst may know of what its people need."""

from __future__ import annotations

from flask import Flask

from app.assessments import neighbours
from app.needs.settings import self_counts
from app.needs.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application, and tells who begins a zelfbeeld whether it will count."""
    app.register_blueprint(bp)
    neighbours.hand_in_counting(app, self_counts)
