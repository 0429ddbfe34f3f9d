"""The aanbod, its sessions, who goes, and what they thought of it."""

from __future__ import annotations

from flask import Flask, url_for

from app.development import neighbours
from app.organisations.models import Organisation
from app.organisations.services import organisation_created
from app.trainings.views import bp


def _give_first_trainings(organisation: Organisation) -> None:
    from app.trainings.seeding import give_first

    give_first(organisation.id)


def _offer_for(competency_code: str, level: int | None) -> str:
    return url_for("trainings.offer", onderwerp=competency_code, niveau=level)


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands a goal the way to it."""
    app.register_blueprint(bp)
    organisation_created.connect(_give_first_trainings)
    neighbours.hand_in_offer(app, _offer_for)
