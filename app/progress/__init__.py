"""The voortgang: how the process runs, without a word about anybody's scores."""

from __future__ import annotations

from flask import Flask

from app.progress.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
