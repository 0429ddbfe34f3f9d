"""Pages of the ontwikkelplan."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("development", __name__)

from app.development.views import (  # noqa: E402  they hang their pages on bp
    actions,
    agenda,
    buddies,
    goals,
    library,
    plan,
    pocket,
    proposals,
    shown,
)

__all__ = ["actions", "agenda", "bp", "buddies", "goals", "library", "plan", "pocket", "proposals", "shown"]
