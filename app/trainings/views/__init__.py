"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("trainings", __name__)

from app.trainings.views import (  # noqa: E402  they hang their pages on bp
    catalogue,
    enrolling,
    evaluating,
    importing,
    offer,
    sessions,
)

__all__ = ["bp", "catalogue", "enrolling", "evaluating", "importing", "offer", "sessions"]
