"""How somebody wants to be kept up to date: mails, and the secret address of her calendar. Flushes only.

The address is derived whenever somebody needs it: a random id with its proof. A renewal kills the older address.
"""

from __future__ import annotations

import secrets

from flask import current_app
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import Actor
from app.db import db
from app.development.models import PlanWishes
from app.people.models import Person
from app.web import proofs
from app.web.limits import Counts

LABEL = "calendar-link"
USE = 30            # times a minute, of one address: calendars ask a few times an hour
GUESS = 60          # times a minute, of all addresses that nobody gave out
ID_BYTES = 16       # 22 characters


class UnknownAddress(Exception):
    """Nobody's calendar, or not any more."""


def wishes_of(actor: Actor) -> PlanWishes | None:
    """What she chose; none when she left everything as it was."""
    return db.session.scalar(select(PlanWishes).where(
        PlanWishes.person_id == actor.person_id, PlanWishes.organisation_id == actor.organisation_id))


def token_of(wishes: PlanWishes | None) -> str | None:
    """What stands in the address of her calendar; none when she has none."""
    if wishes is None or wishes.calendar_id is None:
        return None
    return proofs.token(LABEL, wishes.calendar_id, wishes.renewal)


def set_mails(actor: Actor, wanted: bool) -> None:
    _to_change(actor).mails = wanted
    db.session.flush()


def begin(actor: Actor) -> None:
    """She has a calendar address from now on; one that she has already stays."""
    wishes = _to_change(actor)
    if wishes.calendar_id is None:
        _new_address(wishes)


def renew(actor: Actor, seen: str) -> None:
    """Another address, instead of the one that she saw: pressed twice, it is renewed once."""
    wishes = _to_change(actor)
    if token_of(wishes) == seen:
        _new_address(wishes)


def end(actor: Actor) -> None:
    """No calendar address any more: whoever has it gets nothing."""
    wishes = _to_change(actor)
    wishes.calendar_id = None
    db.session.flush()


def person_behind(token: str) -> Person:
    """Whose calendar this is, with her memberships. Raises UnknownAddress, or limits.TooOften."""
    count = _counts().add
    read = proofs.read(token)
    found = db.session.execute(
        select(Person, PlanWishes.renewal)
        .join(PlanWishes, PlanWishes.person_id == Person.id)
        .where(PlanWishes.calendar_id == read[0], Person.active)
        .options(selectinload(Person.memberships))
    ).one_or_none() if read else None
    if read is None or found is None or not proofs.proves(read[1], LABEL, read[0], found.renewal):
        count("guess", GUESS)
        raise UnknownAddress
    count(read[0], USE)
    person: Person = found[0]
    return person


def _to_change(actor: Actor) -> PlanWishes:
    """Held until this transaction ends; made when it is not there."""
    db.session.execute(select(Person.id).where(Person.id == actor.person_id).with_for_update())
    wishes = wishes_of(actor)
    if wishes is None:
        wishes = PlanWishes(person_id=actor.person_id, organisation_id=actor.organisation_id, mails=True, renewal=0)
        db.session.add(wishes)
        db.session.flush()
    return wishes


def _new_address(wishes: PlanWishes) -> None:
    wishes.calendar_id, wishes.renewal = secrets.token_urlsafe(ID_BYTES), wishes.renewal + 1
    db.session.flush()


def _counts() -> Counts:
    """Made at the first use, so that every process has its own."""
    found: Counts = current_app.extensions.setdefault("calendar-limits", Counts())
    return found
