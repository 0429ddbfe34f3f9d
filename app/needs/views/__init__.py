"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("needs", __name__)

from app.needs.views import overview, roles, snapshots  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "overview", "roles", "snapshots"]
