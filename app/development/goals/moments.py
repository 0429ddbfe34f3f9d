"""What rooms above this one hand in about a goal: evidence, tussenstanden, answers, as moments on its line of time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app


@dataclass(frozen=True, slots=True)
class Moment:
    """Something that happened for a goal. `label`: what it is; `address`: where to read it, if anywhere."""

    on: dt.date
    label: str
    text: str = ""
    address: str = ""


MomentsOf: TypeAlias = Callable[[int], Sequence[Moment]]
"""Of a goal, in any order. Who asks may read the goal as its owner."""


def hand_in_moments(app: Flask, moments_of: MomentsOf) -> None:
    """Called by each room that has moments, while the application is being made."""
    app.extensions.setdefault("moments of a goal", []).append(moments_of)


def moments_of(goal_id: int) -> tuple[Moment, ...]:
    """What all rooms have about this goal, the oldest first."""
    found: list[MomentsOf] = current_app.extensions.get("moments of a goal", [])
    return tuple(sorted((one for of_room in found for one in of_room(goal_id)), key=lambda one: (one.on, one.label)))
