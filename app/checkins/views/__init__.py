"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("checkins", __name__)

from app.checkins.views import discarding, hers, saving, theirs  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "discarding", "hers", "saving", "theirs"]
