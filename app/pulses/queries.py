"""Reading korte vragen by their goal: one statement for any number of goals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import false, or_, select

from app.access import Actor
from app.db import db
from app.pulses.models import Pulse
from app.rating.models import PulseOutcome
from app.rounds.lifecycle import State
from app.rounds.models import Round, RoundSubject
from app.rounds.queries.asked import was_asked
from app.web.formats import today

ASKED = (RoundSubject.id, Round.state, Round.closes_on, Round.closed_at, RoundSubject.choice_sent_at,
         PulseOutcome.round_subject_id, PulseOutcome.mean)      # what an Asked is made of

@dataclass(frozen=True, slots=True)
class Asked:
    """A korte vraag as it stands. `made`: it was closed wholly; `mean`: the figure that is published of it, if any.

    `asked_reader`: whoever it was read for was asked it herself, and reads nothing of what came of it.
    """

    part_id: int
    state: str
    closes_on: dt.date
    closed_at: dt.datetime | None
    sent: bool
    made: bool
    mean: float | None
    asked_reader: bool = False

    @property
    def runs(self) -> bool:
        """Whether something is still to come of it; one that nobody approved in time has lapsed."""
        return (
            (self.state == State.CHOOSING and self.closes_on >= today())
            or self.state == State.OPEN
            or (self.state == State.CLOSED and not self.made)
        )


@dataclass(frozen=True, slots=True)
class OwnPulse:
    """A korte vraag that she began, with its name; `goal_id`: where she reads what comes of it."""

    name: str
    goal_id: int
    choose_until: dt.date
    asked: Asked


def pulses_about(actor: Actor, since: dt.datetime) -> tuple[OwnPulse, ...]:
    """Those of this person that run, and those that were closed since; the latest first."""
    rows = db.session.execute(
        select(Round.name, Pulse.goal_id, Round.choose_until, *ASKED)
        .select_from(Pulse)
        .join(Round, Round.id == Pulse.round_id)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .outerjoin(PulseOutcome, PulseOutcome.round_subject_id == RoundSubject.id)
        .where(
            RoundSubject.organisation_id == actor.organisation_id, RoundSubject.person_id == actor.person_id,
            or_(Round.state.in_((State.CHOOSING, State.OPEN)), Round.closed_at >= since),
        )
        .order_by(Round.created_at.desc(), Round.id.desc())
    )
    found = (OwnPulse(name, goal_id, choose_until, _asked(rest)) for name, goal_id, choose_until, *rest in rows)
    return tuple(one for one in found if one.asked.runs or one.asked.made)


def pulses_of(goal_ids: Collection[int], reader_id: int | None = None) -> Mapping[int, tuple[Asked, ...]]:
    """By goal, the latest first; the goals are this reader's to read. `reader_id`: who reads those of another."""
    found: dict[int, tuple[Asked, ...]] = {}
    asked_reader = false() if reader_id is None else was_asked(reader_id)
    for goal_id, *rest in db.session.execute(
        select(Pulse.goal_id, *ASKED, asked_reader)
        .join(Round, Round.id == Pulse.round_id)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .outerjoin(PulseOutcome, PulseOutcome.round_subject_id == RoundSubject.id)
        .where(Pulse.goal_id.in_(goal_ids))
        .order_by(Round.created_at.desc(), Round.id.desc())
    ):
        found[goal_id] = (*found.get(goal_id, ()), _asked(rest))
    return found


def goal_of(round_id: int) -> int | None:
    """What this korte vraag is about, unless that goal was thrown away."""
    return db.session.scalar(select(Pulse.goal_id).where(Pulse.round_id == round_id))


def _asked(columns: Sequence[Any]) -> Asked:
    part_id, state, closes_on, closed_at, sent_at, outcome, mean, *asked_reader = columns
    return Asked(part_id, state, closes_on, closed_at, sent_at is not None, outcome is not None,
                 None if any(asked_reader) else mean, any(asked_reader))
