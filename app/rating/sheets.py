"""The device that pupils pass on: it goes from one sheet to the next, and shows nothing of what was answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Select, exists, func, select

from app.db import db
from app.measurement.scale import Group
from app.organisations.models import Organisation
from app.people.models import Person
from app.rating import drafts, queries
from app.rating.models import Draft
from app.rating.packing import OPEN_QUESTIONS
from app.rating.queries import NotWanted, RoundClosed, UnknownLink
from app.rounds import links
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSettings, RoundSubject
from app.web.formats import today


class NotOpenYet(Exception):
    """The round did not begin yet."""

    def __init__(self, opens_on: dt.date) -> None:
        super().__init__(opens_on)
        self.opens_on = opens_on


class NoneLeft(Exception):
    """Every sheet was begun or sent."""


@dataclass(frozen=True, slots=True)
class Device:
    """Whose sheets this device goes through, and whether there is one that nobody began on.

    Never how many: whoever knows how many there were would see every child that answers, from the first on.
    """

    part_id: int
    organisation: str
    contact: str
    first_name: str
    closes_on: dt.date
    left: bool


def device(token: str) -> Device:
    """Raises UnknownLink, NotWanted, NotOpenYet and RoundClosed."""
    part_id = links.read_class(token)
    if part_id is None:
        raise UnknownLink
    left = _free(part_id).exists()
    row = db.session.execute(
        select(
            Organisation.id, Organisation.name, RoundSettings.contact, Person.name, Round.state, Round.opens_on,
            Round.closes_on, left,
        )
        .select_from(RoundSubject)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == RoundSubject.organisation_id)
        .outerjoin(RoundSettings, RoundSettings.organisation_id == RoundSubject.organisation_id)
        .where(RoundSubject.id == part_id)
    ).first()
    if row is None:
        raise UnknownLink
    organisation_id, organisation, contact, subject, state, opens_on, closes_on, free = row
    if state == RoundState.ABORTED:
        raise NotWanted
    if state in (RoundState.CONCEPT, RoundState.CHOOSING):
        raise NotOpenYet(opens_on)
    if state != RoundState.OPEN or today() > closes_on:
        raise RoundClosed(closes_on)
    db.session.info["organisation_id"] = organisation_id
    return Device(part_id, organisation, contact or "", subject.split()[0], closes_on, free)


def next_sheet(part_id: int) -> str:
    """The token of a sheet that nobody began on, and from now on nobody else is handed. Raises NoneLeft.

    An empty box marks it as begun, so that two devices in one class never share a sheet.
    """
    free = db.session.execute(
        _free(part_id)
        .with_only_columns(Invitation.public_id, Invitation.renewal)
        .order_by(func.random())
        .limit(1)
        .with_for_update(of=Invitation, skip_locked=True)
    ).first()
    if free is None:
        raise NoneLeft
    token = links.token(*free)
    drafts.save(queries.find(token), {OPEN_QUESTIONS[0]: None})
    return token


def _free(part_id: int) -> Select[Invitation]:
    """The sheets of this part that were handed out to nobody."""
    return select(Invitation).where(
        Invitation.round_subject_id == part_id,
        Invitation.rater_group == Group.PUPIL,
        Invitation.email.is_(None),
        Invitation.state == State.APPROVED,
        Invitation.invited_on.is_not(None),
        Invitation.answered.is_(False),
        ~exists().where(Draft.invitation_id == Invitation.id),
    )
