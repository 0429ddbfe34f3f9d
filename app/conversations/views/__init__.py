"""Pages of the nabespreking, for the two who hold it."""

from __future__ import annotations

from flask import Blueprint

bp = Blueprint("conversations", __name__)
