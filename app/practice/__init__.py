"""Practising in real work: tools, trajecten and sheets."""

from __future__ import annotations

from flask import Flask

from app.practice.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
