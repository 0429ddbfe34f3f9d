"""The aanbod, its sessions, who goes, and what they thought of it."""

from __future__ import annotations

from flask import Flask

from app.trainings.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
