"""The aanbod, its sessions, who goes, and what they thought of it."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Flask, url_for

from app.access import Actor
from app.competencies.queries import current_framework
from app.development import neighbours
from app.dossier.neighbours import hand_in_followed
from app.organisations.models import Organisation
from app.organisations.services import organisation_created
from app.people.models import Person
from app.people.queries import tell_with_sign_in
from app.people.services import begeleider_stops, person_leaves
from app.rating import wiping
from app.team.neighbours import hand_in_offer_for_roles
from app.trainings import cards, closing, letters, session_words
from app.trainings.enrolling import leave
from app.trainings.enrolment_queries import waits_for
from app.trainings.queries import roles_on_offer
from app.trainings.views import bp


def _give_first_trainings(organisation: Organisation) -> None:
    from app.trainings.seeding import give_first

    give_first(organisation.id)


def _offer_for(competency_code: str, level: int | None) -> str:
    return url_for("trainings.offer", onderwerp=competency_code, niveau=level)


def _offer() -> str:
    return url_for("trainings.offer")


def _offer_for_roles(actor: Actor) -> Mapping[str, str]:
    there = roles_on_offer(actor.organisation_id, current_framework().catalog)
    return {role: url_for("trainings.offer", rol=role) for role in there}


def _free_places(person: Person) -> None:
    leave(person)


def init_app(app: Flask) -> None:
    """Joins this room to the application. Hands a goal, a calendar, a dossier and the roles of a team what they may
    point at.
    """
    app.register_blueprint(bp)
    app.jinja_env.globals.update(session_words=session_words, trainings_address=_offer)
    letters.teach_letters()
    wiping.also(*closing.WIPED)
    tell_with_sign_in("trainings_wait", waits_for)
    for signal in (person_leaves, begeleider_stops):
        signal.connect(_free_places)
    neighbours.hand_in_meetings(app, cards.meetings_of)
    hand_in_followed(app, cards.for_dossier)
    organisation_created.connect(_give_first_trainings)
    neighbours.hand_in_offer(app, _offer_for)
    hand_in_offer_for_roles(app, _offer_for_roles)
