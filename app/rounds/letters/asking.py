"""What the mails to somebody who is asked say, found out when they are written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnExpressionArgument, Row, select

from app.competencies.queries import framework_of
from app.db import db
from app.measurement.scale import Group
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds import links
from app.rounds.invitations import State
from app.rounds.letters.whom import contact_of
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject
from app.web.formats import today

CIRCLE: Final = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
"""The anonymous adults, who are one group in a small circle."""

MERGED: Final = (Group.SCHOOL, Group.CLIENT)
"""Groups that become one when there are too few people in either (measurement.md §3)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """All that a letter to somebody who is asked may say. `others`: with at least so many her answers are merged."""

    recipient: str
    subject: str
    first_name: str
    organisation: str
    contact: str
    purpose: str
    closes_on: dt.date
    invited_on: dt.date
    minutes: int
    others: int
    small_circle: bool
    may_be_merged: bool
    lead_reads_comments: bool
    renewed: bool
    address: str


def asking(message: Message) -> Asking | None:
    """For the templates 'ask_…', 'remind_…' and 'longer_rater'; None for who answered, declined, was removed or got a
    newer link, and about somebody who works here no longer.
    """
    row = invited(
        message,
        Invitation.renewal == message.arguments["renewal"],
        Invitation.state == State.APPROVED,
        Invitation.answered.is_(False),
        Round.state == RoundState.OPEN,
        Round.closes_on >= today(),
        Person.active,
    )
    return _asking(row) if row else None


def invited(
    message: Message, *conditions: ColumnExpressionArgument[bool]
) -> Row[Invitation, Round, str, str] | None:
    """The invitation that a message is about, if it is still at this address and all of this holds: with its round, and
    the names of the subject and of her organisation.
    """
    return db.session.execute(
        select(Invitation, Round, Person.name, Organisation.name)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .join(Round, Round.id == RoundSubject.round_id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            Invitation.organisation_id == message.organisation_id,
            Invitation.id == message.arguments["invitation"],
            Invitation.email == message.recipient,
            *conditions,
        )
    ).one_or_none()


def _asking(row: Row[Invitation, Round, str, str]) -> Asking:
    invitation, planned, subject, organisation = row
    group = invitation.rater_group
    rows = db.session.execute(
        select(RoundGroup.rater_group, RoundGroup.minimum).where(RoundGroup.round_id == planned.id)
    )
    minimums: Mapping[str, int] = {row.rater_group: row.minimum for row in rows}
    together = planned.small_circle and group in CIRCLE
    minimum = max(minimums.get(one, 0) for one in CIRCLE) if together else minimums[group]
    return Asking(
        recipient=one_line(invitation.name),
        subject=one_line(subject),
        first_name=one_line(subject).split()[0],
        organisation=one_line(organisation),
        contact=contact_of(planned),
        purpose=one_line(planned.purpose),
        closes_on=planned.closes_on,
        invited_on=invitation.invited_on or today(),
        minutes=framework_of(planned.framework_version_id).catalog.minutes(invitation.question_set, group),
        others=minimum - 1,
        small_circle=together,
        may_be_merged=not together and group in MERGED and all(one in minimums for one in MERGED),
        lead_reads_comments=planned.lead_reads_comments,
        renewed=invitation.renewal > 0,
        address=links.address(invitation.public_id, invitation.renewal),
    )
