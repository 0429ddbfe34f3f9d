"""The opleidingsplan: which sessions to hold, for how many people of which team, within a budget."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, url_for

from app.access import Actor
from app.db import db
from app.people.queries import tell_with_sign_in
from app.team.neighbours import PlacesLeft, hand_in_places
from app.training_plans.place_queries import keeps_places, leads_where_kept
from app.training_plans.proposing import waiting_for_people
from app.training_plans.views import bp
from app.trainings.links import hand_in_kept


def _kept_for(actor: Actor) -> str | None:
    return url_for("training_plans.proposals") if keeps_places(actor) else None


def _places_for(actor: Actor, team_id: int) -> PlacesLeft | None:
    if not db.session.info.get("places_kept"):
        return None
    left = waiting_for_people(replace(actor, leads=frozenset({team_id})))
    return PlacesLeft(left, url_for("training_plans.proposals")) if left else None


def init_app(app: Flask) -> None:
    """Joins this room to the application, and hands the aanbod and the page of a team where a plan keeps places."""
    app.register_blueprint(bp)
    hand_in_kept(app, _kept_for)
    hand_in_places(app, _places_for)
    tell_with_sign_in("places_kept", leads_where_kept)
