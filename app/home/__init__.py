"""The start page: what to do next, for each role."""

from __future__ import annotations

from flask import Flask

from app.home.views import bp
from app.people.queries import own_organisation


def init_app(app: Flask) -> None:
    """Joins this room to the application; every page names the organisation of whoever is signed in."""
    app.register_blueprint(bp)
    app.jinja_env.globals["own_organisation"] = own_organisation
