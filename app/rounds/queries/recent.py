"""Who of some people is in a round now, or was not long ago: to warn whoever plans another one, never to forbid it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from app.db import db
from app.people.models import Person
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject
from app.web.formats import today

HALF_A_YEAR = dt.timedelta(days=183)
RUNNING = (State.CHOOSING, State.OPEN)


@dataclass(frozen=True, slots=True)
class Recent:
    """Somebody's latest other round; its name is not hers who plans to know. `runs`: it goes on until `closes_on`."""

    name: str
    closes_on: dt.date
    runs: bool


def recent(organisation_id: int, person_ids: Collection[int], besides: int | None = None) -> Mapping[int, Recent]:
    """By person, in the order of their names. `besides`: the round that is planned."""
    rows = db.session.execute(
        select(RoundSubject.person_id, Person.name, Round.closes_on, Round.state)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .where(
            RoundSubject.organisation_id == organisation_id,
            RoundSubject.person_id.in_(person_ids),
            Round.id.is_distinct_from(besides),
            Round.kind == Kind.FULL,
            or_(
                Round.state.in_(RUNNING),
                and_(Round.state.in_((State.CLOSED, State.RELEASED)), Round.closes_on > today() - HALF_A_YEAR),
            ),
        )
        .order_by(Person.name, RoundSubject.person_id, Round.state.in_(RUNNING), Round.closes_on)
    )
    return {person_id: Recent(name, closes_on, state in RUNNING) for person_id, name, closes_on, state in rows}
