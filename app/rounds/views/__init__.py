"""Pages of feedbackrondes, as organisers, approvers and subjects see them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rounds", __name__)

from app.rounds.views import (  # noqa: E402  they hang their pages on bp
    adding,
    approval,
    feedback,
    overview,
    own,
    paper,
    planning,
    settings,
)

__all__ = ["adding", "approval", "bp", "feedback", "overview", "own", "paper", "planning", "settings"]
