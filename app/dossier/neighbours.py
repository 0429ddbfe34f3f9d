"""What rooms above this one hand in: the trainings that somebody followed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

FOLLOWED = "trainings that somebody followed"


@dataclass(frozen=True, slots=True)
class FollowedTraining:
    """A training that somebody was at. `provider` may be empty; `on`: its last day."""

    title: str
    provider: str
    on: dt.date
    hours: int


FollowedBy: TypeAlias = Callable[[int, int], Sequence[FollowedTraining]]
"""Of a person, at her organisation; the latest first."""


def hand_in_followed(app: Flask, followed_by: FollowedBy) -> None:
    """Called by the room that has trainings, while the application is being made."""
    app.extensions[FOLLOWED] = followed_by


def followed_by(person_id: int, organisation_id: int) -> Sequence[FollowedTraining]:
    found: FollowedBy | None = current_app.extensions.get(FOLLOWED)
    return found(person_id, organisation_id) if found else ()
