"""Pages of the ontwikkelplan."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("development", __name__)

from app.development.views import goals, plan, proposals, shown  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "goals", "plan", "proposals", "shown"]
