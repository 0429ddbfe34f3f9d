"""Sessions of the demo dienst: one that was held and evaluated, one that was held lately, and some to come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import Actor
from app.db import db
from app.people.models import Person
from app.trainings import closing, enrolling, evaluating, planning
from app.trainings.evaluation import Answer
from app.trainings.models import Training, TrainingSession
from app.trainings.planning import Planned, Times, price_of
from app.trainings.session_queries import session_to_change
from app.web.formats import AMSTERDAM, as_if, today
from seed.demo.days import working_day

SAID = (
    Answer((5, 4, 5, 4, 5), "Oefenen met een acteur was spannend, en precies wat ik nodig had."),
    Answer((4, 4, 5, 5, 4), "Graag een terugkomdag na drie maanden."),
    Answer((4, 3, 4, 4, 4)),
    Answer((5, 4, 4, 5, 5), "Houd de groep zo klein."),
    Answer((3, 3, 4, 4, 3), "Het theoriedeel mag korter."),
    Answer((4, 5, 5, 4, 5), "De praktijkopdracht hielp mij het meest: daar had ik echt iets aan."),
)
PLACE = "Kantoor van de dienst, zaal 2"
BEGINS, SHORT, MORNING, WHOLE_DAY = dt.time(9, 30), dt.time(12, 30), dt.time(13, 30), dt.time(16)
"""When a meeting begins, and when it ends: with the preparing and the practising they make up a training's hours."""


def build_sessions(noor: Person, oost: Sequence[Person], people: Sequence[Person], lead: Actor,
                   team: Sequence[Person]) -> None:
    """All of `oost` go before they are asked about again; `people`: other begeleiders in no particular order, Noor not
    among them; `team`: those of hers that `lead` leads.
    """
    with as_if(_at(130, 10)):
        held = _plan(noor, "startgesprek", (-95, -88), 12, MORNING, "Neem een startgesprek mee dat je nog gaat voeren.")
        lately = _plan(noor, "offerte-schrijven", (-12,), 10, WHOLE_DAY)
    with as_if(_at(110, 11)):
        for person in (noor, *oost, people[7]):
            enrolling.sign_up(_held(held), person.id)
        for person in people[:6]:
            enrolling.sign_up(_held(lately), person.id)
    with as_if(_at(87, 17)):
        planning.close(_held(held), {noor.id, *(person.id for person in oost)}, today() + dt.timedelta(days=14))
    for number, (person, answer) in enumerate(zip((noor, *oost), SAID, strict=False)):
        with as_if(_at(86 - number, 18)):
            evaluating.evaluate(_held(held), person.id, answer)
    closing.close(held)
    with as_if(_at(11, 17)):
        planning.close(_held(lately), {person.id for person in people[:5]}, today() + dt.timedelta(days=21))
    with as_if(_at(20, 10)):
        coming = _plan(noor, "contracteren", (24, 31), 12, WHOLE_DAY)
        full = _plan(noor, "verwachtingen-intervisie", (40, 61, 82), 5, SHORT)
        _plan(noor, "acquisitie-eigen-stijl", (), 10, WHOLE_DAY)
    with as_if(_at(15, 12)):
        for person in (noor, *people[6:10]):
            enrolling.sign_up(_held(coming), person.id)
        for person in (*people[10:15], noor):
            enrolling.sign_up(_held(full), person.id)
        enrolling.propose(_held(coming), team[-2:], lead)


def _plan(of: Person, code: str, in_days: Sequence[int], places: int, until: dt.time, remark: str = "") -> int:
    training = db.session.scalars(
        select(Training)
        .where(Training.organisation_id == of.organisation_id, Training.code == code)
        .options(selectinload(Training.competencies))
    ).one()
    days = [working_day(_real_today() + dt.timedelta(days=ahead)) for ahead in in_days]
    times = tuple(Times(dt.datetime.combine(day, BEGINS, AMSTERDAM), dt.datetime.combine(day, until, AMSTERDAM))
                  for day in days)
    return planning.plan(training, Planned(times, PLACE if times else "", places, price_of(training, places),
                                           remark)).id


def _held(session_id: int) -> TrainingSession:
    organisation_id = db.session.get_one(TrainingSession, session_id).organisation_id
    session = session_to_change(organisation_id, session_id)
    assert session is not None
    return session


def _at(days_ago: int, hour: int) -> dt.datetime:
    """A moment on a working day, counted from the real today, also within `as_if`."""
    day = working_day(_real_today() - dt.timedelta(days=days_ago))
    return dt.datetime.combine(day, dt.time(hour), AMSTERDAM)


def _real_today() -> dt.date:
    return dt.datetime.now(AMSTERDAM).date()
