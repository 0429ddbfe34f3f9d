"""The start page: what to do next, for each role."""

from __future__ import annotations

from flask import Flask
from flask_login import current_user

from app.home.queries import organisation_name
from app.home.views import bp


def init_app(app: Flask) -> None:
    """Joins this room to the application; every page names the organisation of whoever is signed in."""
    app.register_blueprint(bp)
    app.jinja_env.globals["own_organisation"] = lambda: organisation_name(current_user.organisation_id)
