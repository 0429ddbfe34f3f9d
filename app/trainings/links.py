"""What a room above this one hands in: where the places are that a plan keeps for the people of a teamleider."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor

KEPT = "places kept for a team"

KeptFor: TypeAlias = Callable[[Actor], str | None]
"""The address of the page about them; None while there are none."""


def hand_in_kept(app: Flask, kept_for: KeptFor) -> None:
    """Called once, while the application is being made."""
    app.extensions[KEPT] = kept_for


def kept_for(actor: Actor) -> str | None:
    found: KeptFor = current_app.extensions[KEPT]
    return found(actor)
