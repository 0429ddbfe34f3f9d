"""What rooms above this one hand in, so that a conversation can point at the plan that comes of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from flask import Flask, current_app

from app.access import Actor

KEY = "plans beside conversations"


@dataclass(frozen=True, slots=True)
class PlanBeside:
    """Somebody's plan that another may read. `stands`: how it stands, in a word; `waits`: for her to confirm."""

    plan_id: int
    name: str
    stands: str
    waits: bool


PlansShown: TypeAlias = Callable[[Actor, int | None], Sequence[PlanBeside]]
"""Those of others that this actor may read, by name: of everybody, or of one person."""


def hand_in_plans(app: Flask, plans_shown: PlansShown) -> None:
    """Called by the room that has plans, while the application is being made."""
    app.extensions[KEY] = plans_shown


def plans_shown(actor: Actor, person_id: int | None = None) -> Sequence[PlanBeside]:
    found: PlansShown | None = current_app.extensions.get(KEY)
    return found(actor, person_id) if found else ()
