"""What rooms above this one hand in, so that the pages of a team can say what waits there for who leads it, and lead
on to what there is to learn.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor

KEY = "places beside a team"
OFFER = "what is on offer for the roles of a team"


@dataclass(frozen=True, slots=True)
class PlacesLeft:
    """In so many sessions places are kept for the people of a team and left; `address`: where she proposes who goes."""

    sessions: int
    address: str


PlacesFor: TypeAlias = Callable[[Actor, int], PlacesLeft | None]
"""For the people of one team that this actor leads, by its id."""


OfferForRoles: TypeAlias = Callable[[Actor], Mapping[str, str]]
"""By the code of a role: the address of what is on offer for it, where there is anything; one statement."""


def hand_in_places(app: Flask, places_for: PlacesFor) -> None:
    """Called by the room that plans trainings, while the application is being made."""
    app.extensions[KEY] = places_for


def places_left(actor: Actor, team_id: int) -> PlacesLeft | None:
    found: PlacesFor | None = current_app.extensions.get(KEY)
    return found(actor, team_id) if found else None


def hand_in_offer_for_roles(app: Flask, offer_for: OfferForRoles) -> None:
    """Called by the room that has trainings, while the application is being made."""
    app.extensions[OFFER] = offer_for


def offer_for_roles(actor: Actor) -> Mapping[str, str]:
    found: OfferForRoles = current_app.extensions[OFFER]
    return found(actor)
