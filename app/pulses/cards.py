"""What other pages show of korte vragen: beside a goal, on its line of time, at a tussenstand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from app.development.lifecycle import GoalState
from app.development.models import Goal
from app.development.moments import Moment
from app.pulses import words
from app.pulses.queries import Asked, pulses_of
from app.web.formats import AMSTERDAM


@dataclass(frozen=True, slots=True)
class Answered:
    """A korte vraag that was closed, in one sentence."""

    on: dt.date
    said: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Beside a goal: the one that runs, those that were closed, and whether she can begin one."""

    running: Asked | None
    answered: tuple[Answered, ...]
    may_begin: bool


def beside(goal: Goal) -> Beside:
    """To whose goal it is."""
    found = pulses_of([goal.id]).get(goal.id, ())
    running = next((one for one in found if one.runs), None)
    return Beside(running, _answered(found), running is None and goal.state == GoalState.OPEN)


def answered_about(goal_ids: Collection[int], until: dt.datetime | None = None) -> Mapping[int, tuple[Answered, ...]]:
    """By goal what came of those that were closed (until then), the latest first."""
    return {
        goal_id: kept for goal_id, found in pulses_of(goal_ids).items()
        if (kept := _answered([one for one in found if until is None or (one.closed_at and one.closed_at <= until)]))
    }


def moments_of(goal_id: int) -> tuple[Moment, ...]:
    return tuple(Moment(one.on, _("Korte vraag"), one.said) for one in answered_about([goal_id]).get(goal_id, ()))


def _answered(found: Collection[Asked]) -> tuple[Answered, ...]:
    return tuple(
        Answered(one.closed_at.astimezone(AMSTERDAM).date(), words.outcome(one.mean))
        for one in found if one.made and one.closed_at is not None
    )
