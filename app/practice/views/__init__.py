"""Pages of the practice tools, the sheets and the trajecten: each for the one whose they are."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("practice", __name__)

from app.practice.views import (  # noqa: E402  they hang their pages on bp
    beginning,
    closing,
    document,
    overview,
    saving,
    sheet,
    traject,
)

__all__ = ["beginning", "bp", "closing", "document", "overview", "saving", "sheet", "traject"]
