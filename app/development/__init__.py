"""Goals and their actions: from a profile to changed behaviour."""

from __future__ import annotations

from flask import Flask


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
