"""The nabespreking: preparing, agreeing on niveaus, what was said and agreed; and thanking who was asked."""

from __future__ import annotations

from flask import Flask

from app.conversations.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
