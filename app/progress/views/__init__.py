"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("progress", __name__)

from app.progress.views import overview  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "overview"]
