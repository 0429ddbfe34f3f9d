"""Pages of people, teams, the outbox, one's own account and the first organisation."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("people", __name__)

from app.people.views import account, outbox, people, set_up, teams  # noqa: E402  they hang their pages on bp

__all__ = ["account", "bp", "outbox", "people", "set_up", "teams"]
