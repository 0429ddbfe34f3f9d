"""Evidence, and the bekwaamheidsdossier."""

from __future__ import annotations

from flask import Flask

from app.dossier.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
