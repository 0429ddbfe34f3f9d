"""Evidence, and the bekwaamheidsdossier."""

from __future__ import annotations

from flask import Flask

from app.development.goals.moments import hand_in_moments
from app.dossier import reading, storing, words
from app.dossier.views import bp
from app.practice.neighbours import hand_in


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands in what hangs on the goals of a plan and on a sheet."""
    app.register_blueprint(bp)
    storing.init_app(app)
    app.jinja_env.globals.update(sheet_name=words.sheet_name, evidence_of=reading.evidence_of)
    hand_in_moments(app, reading.moments_of)
    hand_in(app, reading.resting_on)
