"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("training_plans", __name__)

from app.training_plans.views import by_hand, papers, plan, proposals, wishes  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "by_hand", "papers", "plan", "proposals", "wishes"]
