"""The aanbod, its sessions, who goes, and what they thought of it."""

from __future__ import annotations

from flask import Flask

from app.organisations.models import Organisation
from app.organisations.services import organisation_created
from app.trainings.views import bp


def _give_first_trainings(organisation: Organisation) -> None:
    from app.trainings.seeding import give_first

    give_first(organisation.id)


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    app.register_blueprint(bp)
    organisation_created.connect(_give_first_trainings)
