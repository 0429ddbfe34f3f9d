"""The pages of a profile: the newest, one by its number, and one competency from close by."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("profiles", __name__)

from app.profiles.views import comments, competency, report, round, self, sharing  # noqa: E402  they hang their pages on bp

__all__ = ["bp", "comments", "competency", "report", "round", "self", "sharing"]
