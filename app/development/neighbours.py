"""What rooms above this one hand in, so that a calendar can hold their days without knowing them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Flask, current_app

from app.development.calendar import Day

DaysOf = Callable[[int, int, str], Sequence[Day]]
"""Of a person, at her organisation: what is to come. The host stands at the end of every key."""


def hand_in_days(app: Flask, days_of: DaysOf) -> None:
    """Called by each room that has days, while the application is being made."""
    app.extensions.setdefault("days of a plan", []).append(days_of)


def days_of_others(person_id: int, organisation_id: int, host: str) -> list[Day]:
    """What the rooms above have for her calendar."""
    found: list[DaysOf] = current_app.extensions.get("days of a plan", [])
    return [day for days_of in found for day in days_of(person_id, organisation_id, host)]
