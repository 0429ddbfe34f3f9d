"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("pulses", __name__)

from app.pulses.views import beginning  # noqa: E402  they hang their pages on bp

__all__ = ["beginning", "bp"]
