"""What the mail about refused addresses says, found out when it is written."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.db import db
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.addresses import absolute


@dataclass(frozen=True, slots=True)
class Refused:
    """Somebody who cannot be reached at this address, and why not."""

    name: str
    email: str
    subject: str
    why: str


@dataclass(frozen=True, slots=True)
class AddressesRefused:
    """All that a letter about refused addresses may say."""

    round: str
    organisation: str
    people: tuple[Refused, ...]
    address: str


def addresses_refused(message: Message) -> AddressesRefused | None:
    """None when every address was mended meanwhile, or the round is over."""
    rows = db.session.execute(
        select(Round, Organisation.name, Invitation.name, Invitation.email, Person.name, Invitation.bounced,
               RoundSubject.id)
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .join(Invitation, Invitation.round_subject_id == RoundSubject.id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            Round.organisation_id == message.organisation_id,
            Round.id == message.arguments["round"],
            Round.state == RoundState.OPEN,
            Invitation.state == State.APPROVED,
            Invitation.bounced.is_not(None),
        )
        .order_by(Person.name, Invitation.name, Invitation.id)
    ).all()
    if not rows:
        return None
    planned, organisation = rows[0][0], rows[0][1]
    return AddressesRefused(
        round=one_line(planned.name),
        organisation=one_line(organisation),
        people=tuple(Refused(one_line(name), str(email), one_line(subject), str(why))
                     for _, _, name, email, subject, why, _ in rows),
        address=absolute("rounds.feedback", part_id=rows[0][-1]) if planned.is_pulse
        else absolute("rounds.round", round_id=planned.id),
    )
