"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("team", __name__)

from app.team.views import overview, roles  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "overview", "roles"]
