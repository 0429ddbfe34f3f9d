"""What somebody is mailed about a session: proposed, enrolled, changed, called off, and to evaluate.

A letter says how it stands when it is written; what is not so any more is not sent.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from app.accounts.models import Account
from app.db import db
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, TrainingSession
from app.web.addresses import absolute
from app.web.formats import now, today

PROPOSED, ENROLLED, MOVED_UP = "training_proposed", "training_enrolled", "training_moved_up"      # templates
CHANGED, OFF, EVALUATE = "training_changed", "training_off", "training_evaluate"
GOES: Final = (EnrolmentState.ENROLLED, EnrolmentState.WAITING)
SENT_TO: Final = {
    PROPOSED: (EnrolmentState.PROPOSED,), ENROLLED: (EnrolmentState.ENROLLED,), MOVED_UP: (EnrolmentState.ENROLLED,),
    CHANGED: GOES, OFF: GOES, EVALUATE: (EnrolmentState.ATTENDED,),
}  # fmt: skip
"""To whom each letter still makes sense."""
STANDS: Final = {OFF: SessionState.CALLED_OFF, EVALUATE: SessionState.HELD}


@dataclass(frozen=True, slots=True)
class AboutSession:
    """All that such a letter may say. `by`: who proposed it; `waits`: the reader is on the waiting list."""

    organisation: str
    name: str
    title: str
    days: Sequence[Meeting]
    place: str
    by: str
    waits: bool
    until: dt.date | None
    address: str
    calendar: str
    evaluation: str


def proposed(session: TrainingSession, person_id: int) -> None:
    _put(session, PROPOSED, [person_id], messages.CORRECTING)


def enrolled(session: TrainingSession, person_id: int) -> None:
    _put(session, ENROLLED, [person_id])


def moved_up(session: TrainingSession, person_id: int) -> None:
    _put(session, MOVED_UP, [person_id])


def to_evaluate(session: TrainingSession, person_id: int) -> None:
    _put(session, EVALUATE, [person_id], messages.CORRECTING)


def changed(session: TrainingSession) -> None:
    """To whoever goes or waits. A letter about an earlier change is not sent any more, also when it was tried."""
    _put(session, CHANGED, _going(session), messages.CORRECTING)


def called_off(session: TrainingSession) -> None:
    _put(session, OFF, _going(session))


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    for template in SENT_TO:
        teach(template, _written, fleeting=True)


def _going(session: TrainingSession) -> Sequence[int]:
    return db.session.scalars(
        select(Enrolment.person_id)
        .where(Enrolment.session_id == session.id, Enrolment.state.in_(GOES))
        .order_by(Enrolment.person_id)
    ).all()


def _put(session: TrainingSession, template: str, to: Sequence[int], wait: dt.timedelta = messages.AT_ONCE) -> None:
    """In the place of the same letter that was not tried yet: it would say the same, for it says how things stand."""
    rows = db.session.execute(
        select(Person.id, Account.email)
        .join(Account, Account.id == Person.account_id)
        .where(Person.id.in_(to), Person.active)
        .order_by(Person.id)
    ).all()
    about = f"training session {session.id}"
    db.session.execute(delete(Message).where(
        Message.organisation_id == session.organisation_id, Message.concerns == about, Message.template == template,
        Message.recipient.in_([email for _, email in rows]), Message.attempts == 0,
    ))
    for person_id, email in rows:
        messages.put(session.organisation_id, template, email, concerns=about, wait=wait, session=session.id,
                     to=person_id, revision=session.revision)


def _written(message: Message) -> AboutSession | None:
    """None for what is not so any more."""
    proposer = aliased(Person)
    row = db.session.execute(
        select(Enrolment, Organisation.name, proposer.name)
        .join(Organisation, Organisation.id == Enrolment.organisation_id)
        .outerjoin(proposer, proposer.id == Enrolment.proposed_by_id)
        .where(Enrolment.organisation_id == message.organisation_id,
               Enrolment.session_id == message.arguments["session"], Enrolment.person_id == message.arguments["to"])
        .options(
            joinedload(Enrolment.person),
            joinedload(Enrolment.session).options(joinedload(TrainingSession.training),
                                                  selectinload(TrainingSession.meetings)),
        )
        .execution_options(populate_existing=True)
    ).one_or_none()
    if row is None:
        return None
    enrolment, organisation, by = row
    session = enrolment.session
    if not _still_so(message, enrolment):
        return None
    return AboutSession(
        organisation=one_line(organisation),
        name=one_line(enrolment.person.first_name),
        title=one_line(session.given["title"]),
        days=session.meetings,
        place=one_line(session.place),
        by=one_line(by or ""),
        waits=enrolment.state == EnrolmentState.WAITING,
        until=session.evaluate_until,
        address=absolute("trainings.session", session_id=session.id),
        calendar=absolute("trainings.calendar", session_id=session.id) if session.meetings else "",
        evaluation=absolute("trainings.evaluation", session_id=session.id),
    )


def _still_so(message: Message, enrolment: Enrolment) -> bool:
    session, template = enrolment.session, message.template
    if not enrolment.person.active or enrolment.state not in SENT_TO[template]:
        return False
    if session.state != STANDS.get(template, SessionState.PLANNED):
        return False
    if template == EVALUATE:
        return not enrolment.evaluated and session.evaluate_until is not None and session.evaluate_until >= today()
    if template == CHANGED and message.arguments["revision"] != session.revision:
        return False
    return not session.meetings or session.meetings[-1].ends_at > now()
