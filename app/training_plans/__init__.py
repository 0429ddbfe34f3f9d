"""The opleidingsplan: which sessions to hold, for how many people of which team, within a budget."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask, url_for

from app.access import Actor, can_plan_trainings
from app.db import db
from app.people.queries import tell_with_sign_in
from app.team.neighbours import PlacesLeft, hand_in_places
from app.training_plans.place_queries import keeps_places, leads_where_kept, plan_of_session
from app.training_plans.proposing import waiting_for_people
from app.training_plans.views import bp
from app.trainings.links import PlanBehind, hand_in_kept, hand_in_plan_behind


def _kept_for(actor: Actor) -> str | None:
    return url_for("training_plans.proposals") if keeps_places(actor) else None


def _places_for(actor: Actor, team_id: int) -> PlacesLeft | None:
    if not db.session.info.get("places_kept"):
        return None
    left = waiting_for_people(replace(actor, leads=frozenset({team_id})))
    return PlacesLeft(left, url_for("training_plans.proposals")) if left else None


def _plan_behind(actor: Actor, session_id: int) -> PlanBehind | None:
    found = plan_of_session(actor, session_id) if can_plan_trainings(actor) else None
    return PlanBehind(found.name, url_for("training_plans.plan", training_plan_id=found.id)) if found else None


def init_app(app: Flask) -> None:
    """Joins this room to the application. Hands the aanbod and the page of a team where a plan keeps places, and a
    session which plan it came of.
    """
    app.register_blueprint(bp)
    hand_in_kept(app, _kept_for)
    hand_in_plan_behind(app, _plan_behind)
    hand_in_places(app, _places_for)
    tell_with_sign_in("places_kept", leads_where_kept)
