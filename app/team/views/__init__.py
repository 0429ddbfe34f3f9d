"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("team", __name__)

__all__ = ["bp"]
