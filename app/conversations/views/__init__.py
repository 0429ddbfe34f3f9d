"""Pages of the nabespreking, for the two who hold it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("conversations", __name__)

from app.conversations.views import (  # noqa: E402  they hang their pages on bp
    plan,
    preparation,
    releasing,
    talk,
    thanks,
)

__all__ = ["bp", "plan", "preparation", "releasing", "talk", "thanks"]
