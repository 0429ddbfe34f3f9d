"""Who read a profile: written down for its subject, in a transaction of its own, so that reading is a plain GET."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import func, insert, literal, select
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from app.access import Actor
from app.db import db
from app.people.models import Person
from app.profiles.guesses import Guessed
from app.profiles.models import Reading
from app.profiles.queries import Heading, readable_beside
from app.web.formats import today

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opened:
    """A measurement that is read now, and all of the same person that its reader may read, the newest first.

    `guess`: what its subject expected of a round, where she reads it herself and was asked.
    """

    heading: Heading
    measurements: tuple[Heading, ...]
    guess: Guessed | None = None


def opened(
    actor: Actor, measurement_id: int, allowed: Callable[[Actor, Heading], bool] | None = None
) -> Opened | None:
    """A measurement that this actor may read, to read it now: what is not her own is written down. Else None.

    `allowed`: what must hold besides, for a part of it that not every reader gets.
    """
    measurements = readable_beside(actor, measurement_id)
    heading = next((one for one in measurements if one.id == measurement_id), None)
    if heading is None or (allowed is not None and not allowed(actor, heading)):
        return None
    note(actor, heading)
    return Opened(heading, measurements)


def note(actor: Actor, *headings: Heading) -> None:
    """Writes down that this actor reads these measurements today, unless one is her own or stands there already.

    Only while a page is got: on SQLite it would wait for a request that writes. Raises nothing: what goes wrong is
    logged, and the page is shown.
    """
    theirs = [heading for heading in headings if heading.subject_id != actor.person_id]
    if not theirs:
        return
    day = today()
    hers = (Reading.reader_id == actor.person_id) & (Reading.day == day)
    try:
        with db.engine.connect() as apart:
            there = set(apart.scalars(
                select(Reading.measurement_id).where(Reading.measurement_id.in_([one.id for one in theirs]), hers)
            ))
            apart.rollback()        # SQLite lets nobody write who began by reading while another wrote
            for heading in (one for one in theirs if one.id not in there):
                known = select(Reading.id).where(Reading.measurement_id == heading.id, hers).exists()
                row = {"organisation_id": heading.organisation_id, "measurement_id": heading.id,
                       "reader_id": actor.person_id, "day": day}
                told = select(*(literal(value) for value in row.values())).where(~known)
                try:
                    apart.execute(insert(Reading).from_select(list(row), told))
                    apart.commit()
                except IntegrityError:
                    apart.rollback()    # written down by another page of hers at the same moment
    except SQLAlchemyError:
        log.exception("a reading of measurements %s was not written down", [one.id for one in theirs])


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody else who read it: on how many days, and on which first and last."""

    name: str
    days: int
    first: dt.date
    last: dt.date


def readers_of(heading: Heading) -> tuple[Reader, ...]:
    """Who read a measurement besides its subject, the latest first."""
    rows = db.session.execute(
        select(Person.name, func.count(), func.min(Reading.day), func.max(Reading.day).label("latest"))
        .join(Reading, Reading.reader_id == Person.id)
        .where(Reading.measurement_id == heading.id, Reading.organisation_id == heading.organisation_id)
        .group_by(Person.id, Person.name)
        .order_by(func.max(Reading.day).desc(), Person.name, Person.id)
    )
    return tuple(Reader(*row) for row in rows)
