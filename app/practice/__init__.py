"""Practising in real work: tools, trajecten and sheets."""

from __future__ import annotations

from flask import Flask

from app.practice import words
from app.practice.values import MOST_ROWS
from app.practice.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
    app.jinja_env.globals.update(practice_words=words, most_rows=MOST_ROWS)
