"""What a colleague is mailed when somebody shares a measurement with her. Never what stands in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.assessments.models import Measurement
from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.people.queries import email_of
from app.profiles.models import Share
from app.web.addresses import absolute
from app.web.formats import today

SHARED: Final = "share_given"       # template


@dataclass(frozen=True, slots=True)
class AboutShare:
    """All that this letter may say. `until`: the last day."""

    organisation: str
    name: str
    other: str
    until: dt.date
    address: str


def shared(share: Share) -> None:
    """A measurement is shared; what waits of an earlier sharing of it with her makes way."""
    taken_back(share.organisation_id, share.measurement_id, share.reader_id)
    email = email_of(share.reader_id)
    if email is not None:
        messages.put(share.organisation_id, SHARED, email, wait=messages.CORRECTING, share=share.id,
                     concerns=_concerns(share.measurement_id, share.reader_id))


def taken_back(organisation_id: int, measurement_id: int, reader_id: int) -> None:
    """What did not leave yet, does not."""
    messages.withdraw(organisation_id, _concerns(measurement_id, reader_id))


def teach_letters() -> None:
    """How it is written; it does not stay in the outbox once it was delivered."""
    teach(SHARED, _written, fleeting=True)


def _concerns(measurement_id: int, reader_id: int) -> str:
    return f"measurement {measurement_id} shared with {reader_id}"


def _written(message: Message) -> AboutShare | None:
    """None when it was taken back, is over, or one of the two left."""
    reader, subject = aliased(Person), aliased(Person)
    row = db.session.execute(
        select(Share, reader, subject.name, Organisation.name)
        .join(Measurement, Measurement.id == Share.measurement_id)
        .join(reader, reader.id == Share.reader_id)
        .join(subject, subject.id == Measurement.subject_id)
        .join(Organisation, Organisation.id == Share.organisation_id)
        .where(Share.organisation_id == message.organisation_id, Share.id == message.arguments["share"],
               Share.withdrawn_at.is_(None), Share.until >= today(), reader.active, subject.active)
    ).one_or_none()
    if row is None:
        return None
    share, person, other, organisation = row
    return AboutShare(
        organisation=one_line(organisation), name=one_line(person.first_name), other=one_line(other),
        until=share.until, address=absolute("profiles.measurement", measurement_id=share.measurement_id),
    )
