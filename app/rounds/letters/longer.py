"""What is said to whom a round is about when it is made longer by somebody else."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.rounds.letters.whom import contact_of, subjects_of
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Round, RoundSubject
from app.web.addresses import absolute
from app.web.formats import today

SUBJECT = "longer_subject"      # template


@dataclass(frozen=True, slots=True)
class Longer:
    """All that such a letter may say."""

    organisation: str
    contact: str
    closes_on: dt.date
    is_pulse: bool
    address: str


def put(planned: Round, concerns: str, by: int) -> None:
    """A letter that did not leave yet says the new day too."""
    waiting = db.session.scalars(
        select(Message).where(Message.organisation_id == planned.organisation_id, Message.concerns == concerns,
                              Message.template == SUBJECT, Message.attempts == 0)
    )
    being_told = {message.arguments["part"] for message in waiting}
    for subject in subjects_of(planned.id):
        if subject.person_id != by and subject.part_id not in being_told:
            messages.put(planned.organisation_id, SUBJECT, subject.email, concerns=concerns, part=subject.part_id,
                         name=subject.first_name)


def to_subject(message: Message) -> Longer | None:
    """None when it is over by now."""
    row = db.session.execute(
        select(Round, Organisation.name)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            RoundSubject.organisation_id == message.organisation_id,
            RoundSubject.id == message.arguments["part"],
            Round.state == RoundState.OPEN,
            Round.closes_on >= today(),
        )
    ).one_or_none()
    if row is None:
        return None
    planned, organisation = row
    return Longer(one_line(organisation), contact_of(planned), planned.closes_on, planned.is_pulse,
                  absolute("rounds.feedback", part_id=message.arguments["part"]))
