"""What the two who look at a tussenstand are mailed about it. Never what stands in it.

A letter waits a little: until then a change replaces it, and what is not so any more is not sent. Whoever wants no
mails about her plan gets none of these.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from app.access import Role, can_agree_plan
from app.accounts.models import Account
from app.checkins.models import CheckIn
from app.checkins.queries import KEPT_IN, own_standing
from app.checkins.rhythm import Stand, weeks_since
from app.db import db
from app.development.models import Plan, PlanWishes
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.web.addresses import absolute
from app.web.formats import today

SHOWN, REACTED, CONFIRMED = "check_in_shown", "check_in_reacted", "check_in_confirmed"      # templates
DUE = "check_in_due"
UNTIL_MORNING: Final = dt.timedelta(hours=5)      # it is put at night


@dataclass(frozen=True, slots=True)
class AboutCheckIn:
    """All that such a letter may say. `own`: the reader's own; `fixed`: both confirmed."""

    organisation: str
    name: str
    other: str
    own: bool
    fixed: bool
    address: str


@dataclass(frozen=True, slots=True)
class AboutTurn:
    """All that the reminder says: the last day of the three weeks, and how long her plan runs."""

    organisation: str
    name: str
    until: dt.date
    weeks: int
    closing: bool
    address: str
    settings: str


def shown(check_in: CheckIn) -> None:
    """She shows it to her partner, or changed it after he confirmed."""
    _withdraw(check_in)
    if check_in.partner_id is not None:
        _put(check_in, SHOWN, check_in.partner_id)


def reacted(check_in: CheckIn) -> None:
    """The other wrote a reaction."""
    _withdraw(check_in)
    _put(check_in, REACTED, check_in.person_id)


def confirmed(check_in: CheckIn, by: int) -> None:
    """One of the two confirmed it; the other is told, and whether it is fixed by that."""
    _withdraw(check_in)
    other = check_in.partner_id if by == check_in.person_id else check_in.person_id
    if other is not None:
        _put(check_in, CONFIRMED, other)


def discarded(check_in: CheckIn) -> None:
    """There is nothing to read any more."""
    _withdraw(check_in)


def remind(plan: Plan, number: int) -> bool:
    """That a tussenstand is due; False when she cannot be, or does not want to be, mailed."""
    email = _address(plan.person_id)
    if email is None:
        return False
    messages.put(plan.organisation_id, DUE, email, concerns=_about_turn(plan), wait=UNTIL_MORNING, plan=plan.id,
                 person=plan.person_id, number=number)
    return True


def withdraw_reminder(plan: Plan) -> None:
    """She began: the reminder is not sent."""
    messages.withdraw(plan.organisation_id, _about_turn(plan))


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    for template in (SHOWN, REACTED, CONFIRMED):
        teach(template, _written, fleeting=True)
    teach(DUE, _written_due, fleeting=True)


def _withdraw(check_in: CheckIn) -> None:
    messages.withdraw(check_in.organisation_id, _concerns(check_in))


def _concerns(check_in: CheckIn) -> str:
    return f"check-in {check_in.id}"


def _about_turn(plan: Plan) -> str:
    return f"next check-in of plan {plan.id}"


def _wants_mails() -> ColumnElement[bool]:
    return or_(PlanWishes.mails.is_(None), PlanWishes.mails)


def _address(person_id: int) -> str | None:
    return db.session.scalar(
        select(Account.email)
        .join(Person, Person.account_id == Account.id)
        .outerjoin(PlanWishes, PlanWishes.person_id == Person.id)
        .where(Person.id == person_id, Person.active, _wants_mails())
    )


def _put(check_in: CheckIn, template: str, to: int) -> None:
    email = _address(to)
    if email is not None:
        messages.put(check_in.organisation_id, template, email, concerns=_concerns(check_in), wait=messages.CORRECTING,
                     check_in=check_in.id, to=to, revision=check_in.revision)


def _written(message: Message) -> AboutCheckIn | None:
    """None for what is not so any more, and when the reader has nothing to do with it any more."""
    check_in = db.session.scalar(
        select(CheckIn)
        .where(CheckIn.organisation_id == message.organisation_id, CheckIn.id == message.arguments["check_in"])
        .options(
            joinedload(CheckIn.plan).joinedload(Plan.person).selectinload(Person.memberships),
            joinedload(CheckIn.partner).selectinload(Person.memberships),
        )
        .execution_options(populate_existing=True)
    )
    if check_in is None or check_in.partner is None:
        return None
    if message.template == CONFIRMED and message.arguments["revision"] != check_in.revision:
        return None     # a change took the confirmation back
    person, partner = check_in.plan.person, check_in.partner
    own = message.arguments["to"] == person.id
    reader, other = (person, partner) if own else (partner, person)
    answered = check_in.person_confirmed_at if own else check_in.partner_confirmed_at
    open_to_both = not check_in.fixed and check_in.plan.state in KEPT_IN
    still_so = {SHOWN: open_to_both and not answered, REACTED: open_to_both and not answered,
                CONFIRMED: check_in.fixed or (open_to_both and not answered)}[message.template]
    if not still_so or message.arguments["to"] != reader.id or _address(reader.id) is None:
        return None
    if not own and not can_agree_plan(partner.actor, check_in, person):
        return None
    return AboutCheckIn(
        organisation=_organisation(message), name=one_line(reader.first_name), other=one_line(other.name), own=own,
        fixed=check_in.fixed, address=absolute("checkins.check_in", check_in_id=check_in.id),
    )


def _written_due(message: Message) -> AboutTurn | None:
    """None when she began, when it is not due, and when she left, is no begeleider any more or wants no such mails."""
    person = db.session.get(Person, message.arguments["person"])
    standing = own_standing(int(message.arguments["person"]), message.organisation_id)
    if person is None or Role.BEGELEIDER not in person.roles or _address(person.id) is None:
        return None
    if standing is None or standing.next is None:
        return None
    now_due = standing.next.stand(today()) is not Stand.REST
    if (standing.plan_id, standing.number) != (message.arguments["plan"], message.arguments["number"]) or not now_due:
        return None
    return AboutTurn(
        organisation=_organisation(message), name=one_line(person.first_name), until=standing.next.ends_on,
        weeks=weeks_since(standing.started_on, today()), closing=standing.next.closing,
        address=absolute("development.plan"), settings=absolute("development.wishes"),
    )


def _organisation(message: Message) -> str:
    found = select(Organisation.name).where(Organisation.id == message.organisation_id)
    return one_line(db.session.scalar(found) or "")
