"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("trainings", __name__)

from app.trainings.views import catalogue, importing, offer  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "catalogue", "importing", "offer"]
