"""The team page: how a teamleider sees where her people stand, and which roles they cover."""

from __future__ import annotations

from flask import Flask

from app.team.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
