"""Pages of this room."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("progress", __name__)

__all__ = ["bp"]
