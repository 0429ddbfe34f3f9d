"""What a room above this one hands in: where the places are that a plan keeps for the people of a teamleider, and which
plan a session came of.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor

KEPT = "places kept for a team"
BEHIND = "the plan behind a session"

KeptFor: TypeAlias = Callable[[Actor], str | None]
"""The address of the page about them; None while there are none."""


@dataclass(frozen=True, slots=True)
class PlanBehind:
    """The opleidingsplan that a session came of: what it is called, and the address of its page."""

    name: str
    address: str


Behind: TypeAlias = Callable[[Actor, int], PlanBehind | None]
"""Of a session by its id, for who may read that plan; None for a session of no plan."""


def hand_in_kept(app: Flask, kept_for: KeptFor) -> None:
    """Called once, while the application is being made."""
    app.extensions[KEPT] = kept_for


def kept_for(actor: Actor) -> str | None:
    found: KeptFor = current_app.extensions[KEPT]
    return found(actor)


def hand_in_plan_behind(app: Flask, behind: Behind) -> None:
    """Called once, while the application is being made."""
    app.extensions[BEHIND] = behind


def plan_behind(actor: Actor, session_id: int) -> PlanBehind | None:
    found: Behind = current_app.extensions[BEHIND]
    return found(actor, session_id)
