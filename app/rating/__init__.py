"""What raters answer: their link, drafts, sealed envelopes, and the closing that makes cells of them."""

from __future__ import annotations

from flask import Flask

from app.rating import retention
from app.rating.views import bp
from app.rating.views.quality import bp as quality
from app.rounds.moves import round_aborted


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
    app.register_blueprint(quality)
    round_aborted.connect(retention.destroy_unread)
