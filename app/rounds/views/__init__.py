"""Pages of feedbackrondes, as organisers, approvers and subjects see them."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("rounds", __name__)

from app.rounds.views import adding, approval, feedback, paper  # noqa: E402  they hang their pages on bp

__all__ = ["adding", "approval", "bp", "feedback", "paper"]
