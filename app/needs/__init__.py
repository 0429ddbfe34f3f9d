"""The momentopname and the behoefte: what the dienst may know of what its people need."""

from __future__ import annotations

from flask import Flask

from app.needs.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
