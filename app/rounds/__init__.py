"""Who is asked: planning a round, choosing and inviting people, its course."""

from __future__ import annotations

from flask import Flask

from app.messages.delivery import refused
from app.rounds import inviting, letters
from app.rounds.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    letters.teach_all()
    refused.connect(inviting.come_back)
    app.register_blueprint(bp)
