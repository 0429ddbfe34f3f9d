"""What is said when a round is broken off: to everybody who was invited, and to whom it was about.

To all who were invited the same, whether or not they answered: nobody can tell by a letter who did.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.rounds.invitations import State
from app.rounds.letters.asking import invited
from app.rounds.letters.whom import contact_of, subjects_of
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSubject

RATER, SUBJECT = "stopped_rater", "stopped_subject"     # templates


@dataclass(frozen=True, slots=True)
class Stopped:
    """All that such a letter may say. `group` and `recipient` are empty in the letter to the subject; `invited`:
    people were invited already.
    """

    subject: str
    first_name: str
    organisation: str
    contact: str
    is_pulse: bool
    group: str = ""
    recipient: str = ""
    invited: bool = False


def put(planned: Round, concerns: str) -> None:
    """Nothing to who was taken away or declined, nor to a begeleider who stopped her own round."""
    for invitation_id, email in db.session.execute(
        select(Invitation.id, Invitation.email)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .where(
            RoundSubject.round_id == planned.id,
            Invitation.state == State.APPROVED,
            Invitation.invited_on.is_not(None),
            Invitation.email.is_not(None),
            Invitation.bounced.is_(None),
        )
        .order_by(Invitation.id)
    ).all():
        messages.put(planned.organisation_id, RATER, str(email), concerns=concerns, invitation=invitation_id)
    for subject in subjects_of(planned.id):
        if not (planned.own_initiative and subject.person_id == planned.created_by_id):
            messages.put(planned.organisation_id, SUBJECT, subject.email, concerns=concerns, part=subject.part_id,
                         name=subject.first_name)


def to_rater(message: Message) -> Stopped | None:
    row = invited(message, Round.state == RoundState.ABORTED)
    if row is None:
        return None
    invitation, planned, subject, organisation = row
    return Stopped(one_line(subject), one_line(subject).split()[0], one_line(organisation), contact_of(planned),
                   planned.is_pulse, invitation.rater_group, one_line(invitation.name))


def to_subject(message: Message) -> Stopped | None:
    invited = and_(Invitation.round_subject_id == RoundSubject.id, Invitation.invited_on.is_not(None))
    row = db.session.execute(
        select(Round, Person.name, Organisation.name,
               select(func.count(Invitation.id)).where(invited).correlate(RoundSubject).scalar_subquery())
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .join(Person, Person.id == RoundSubject.person_id)
        .join(Organisation, Organisation.id == Round.organisation_id)
        .where(
            RoundSubject.organisation_id == message.organisation_id,
            RoundSubject.id == message.arguments["part"],
            Round.state == RoundState.ABORTED,
        )
    ).one_or_none()
    if row is None:
        return None
    planned, subject, organisation, count = row
    return Stopped(one_line(subject), one_line(subject).split()[0], one_line(organisation), contact_of(planned),
                   planned.is_pulse, invited=count > 0)
