"""What other pages show of korte vragen: beside a goal, on its line of time, at a tussenstand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _

from app.development.goals.lifecycle import GoalState
from app.development.goals.moments import Moment
from app.development.models import Goal
from app.pulses import services, words
from app.pulses.queries import Asked, goal_of, pulses_of
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class Answered:
    """A korte vraag that was closed, in one sentence."""

    at: dt.datetime
    said: str

    @property
    def on(self) -> dt.date:
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class Beside:
    """Beside a goal: the one that runs, those that were closed, and whether she can begin one. `others_begin`: she
    could, if begeleiders began rounds themselves here.
    """

    running: Asked | None
    answered: tuple[Answered, ...]
    may_begin: bool
    others_begin: bool


def beside(goal: Goal) -> Beside:
    """To whose goal it is."""
    found = _of(goal.id)
    running = next((one for one in found if one.runs), None)
    fits = running is None and goal.state == GoalState.OPEN
    allowed = fits and services.may_begin(goal.organisation_id)
    return Beside(running, _answered(found), fits and allowed, fits and not allowed)


def goal_address(round_id: int) -> str:
    """Where its goal is to be read; empty when that was thrown away."""
    goal_id = goal_of(round_id)
    return url_for("development.goal", goal_id=goal_id, _anchor="korte-vraag") if goal_id else ""


def answered_about(
    goal_ids: Collection[int], reader_id: int, until: dt.datetime | None = None
) -> Mapping[int, tuple[Answered, ...]]:
    """By goal what came of those that were closed (until then), the latest first, as far as this person may read it."""
    return {
        goal_id: kept for goal_id, found in pulses_of(goal_ids, reader_id).items()
        if (kept := _answered([one for one in found if until is None or (one.closed_at and one.closed_at <= until)]))
    }


def moments_of(goal_id: int) -> tuple[Moment, ...]:
    return tuple(Moment(one.on, _("Korte vraag"), one.said) for one in _answered(_of(goal_id)))


def _of(goal_id: int) -> tuple[Asked, ...]:
    """Those about one goal; its page asks twice, the database is asked once."""
    known: dict[int, tuple[Asked, ...]] = g.setdefault("pulses of a goal", {})
    if goal_id not in known:
        known[goal_id] = pulses_of([goal_id]).get(goal_id, ())
    return known[goal_id]


def _answered(found: Collection[Asked]) -> tuple[Answered, ...]:
    return tuple(
        Answered(one.closed_at, words.not_for_you() if one.asked_reader else words.outcome(one.mean))
        for one in found if one.made and one.closed_at is not None
    )
