"""The rounds and korte vragen of a begeleider, as her start page speaks of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from app.access import Actor
from app.competencies.queries import Framework
from app.home.facts import Asking, ReleasedRound, ShortlyAsked
from app.pulses.queries import pulses_about
from app.rating import self_view
from app.rounds.lifecycle import State
from app.rounds.queries.mine import OwnRound, asked_about
from app.web.formats import day_of, now

SHOWN = 5       # so many released rounds the page names
PULSES_SHOWN = dt.timedelta(days=60)        # so long after its closing it names a korte vraag


def released(
    own_rounds: Sequence[OwnRound], partner: str | None, talk_at: dt.datetime | None, *, talked: bool
) -> tuple[ReleasedRound, ...]:
    """Those that she may read, the latest first: `partner`, `talk_at` and `talked` are of its conversation."""
    found = sorted(
        ((own.released_at, own.released_measurement_id, own) for own in own_rounds
         if own.released_at is not None and own.released_measurement_id is not None),
        key=lambda one: one[:2], reverse=True,
    )
    return tuple(
        ReleasedRound(measurement_id, own.name, day_of(released_at),
                      None if place else partner, None if place else talk_at, talked=talked and not place)
        for place, (released_at, measurement_id, own) in enumerate(found[:SHOWN])
    )


def going(
    actor: Actor, own_rounds: Sequence[OwnRound], today: dt.date, framework: Framework
) -> tuple[Asking, ...]:
    """Those that are being prepared or run, the first to close first."""
    those = sorted(
        (own for own in own_rounds if own.state in (State.CHOOSING, State.OPEN) and own.closes_on >= today),
        key=lambda own: (own.closes_on, own.part_id),
    )
    first = next((own for own in those if own.state == State.OPEN and own.approved), None)
    missing = first is not None and _own_view_missing(actor, first, framework)
    return tuple(
        Asking(own.part_id, own.name, own.choose_until, own.opens_on, own.closes_on, own.state == State.OPEN, own.sent,
               own.approved, own_view_missing=missing and own is first)
        for own in those
    )


def pulses(actor: Actor) -> tuple[ShortlyAsked, ...]:
    """Those that are not closed, or were a while ago and have something to read; the latest first."""
    return tuple(
        ShortlyAsked(one.asked.part_id, one.goal_id, one.name, one.choose_until, one.asked.closes_on,
                     one.asked.state == State.OPEN, one.asked.sent,
                     day_of(one.asked.closed_at) if one.asked.made and one.asked.closed_at else None)
        for one in pulses_about(actor, now() - PULSES_SHOWN)
        if one.asked.made or one.asked.state != State.CLOSED
    )


def _own_view_missing(actor: Actor, own: OwnRound, framework: Framework) -> bool:
    """Whether nothing would stand beside what others answer, if the round closed now."""
    asked = asked_about(own, framework)
    if own.opened_at is None or not asked:
        return False
    found = self_view.belonging({actor.person_id: asked}, actor.organisation_id, own.opened_at, now(), framework)
    return actor.person_id not in found
