"""The opleidingsplan: which sessions to hold, for how many people of which team, within a budget."""

from __future__ import annotations

from flask import Flask, url_for

from app.access import Actor
from app.people.queries import tell_with_sign_in
from app.training_plans.place_queries import keeps_places, leads_where_kept
from app.training_plans.views import bp
from app.trainings.links import hand_in_kept


def _kept_for(actor: Actor) -> str | None:
    return url_for("training_plans.proposals") if keeps_places(actor) else None


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands the aanbod where a plan keeps places."""
    app.register_blueprint(bp)
    hand_in_kept(app, _kept_for)
    tell_with_sign_in("places_kept", leads_where_kept)
