"""What the two who make a plan are mailed about it. Never what stands in it.

A letter waits a little: until then a change replaces it, and what is not so any more is not sent.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from app.access import can_agree_plan
from app.db import db
from app.development.models import Plan
from app.development.plans.lifecycle import PlanState
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.people.queries import email_of
from app.web.addresses import absolute

PUT, CONFIRMED, REOPENED, REMARKED = "plan_put", "plan_confirmed", "plan_reopened", "plan_remarked"     # templates


@dataclass(frozen=True, slots=True)
class AboutPlan:
    """All that such a letter may say. `agreed`: both confirmed; `own`: the reader's own plan."""

    organisation: str
    name: str
    other: str
    own: bool
    begins_on: dt.date
    ends_on: dt.date
    agreed: bool
    address: str


def put_before(plan: Plan) -> None:
    """She put it before her partner, or changed it after he confirmed."""
    withdraw(plan)
    if plan.partner_id is not None:
        _put(plan, PUT, plan.partner_id)


def confirmed(plan: Plan, by: int) -> None:
    """One of the two confirmed it; the other is told, and whether it is agreed by that."""
    other = plan.partner_id if by == plan.person_id else plan.person_id
    if other is not None:
        _put(plan, CONFIRMED, other)


def reopened(plan: Plan, by: int) -> None:
    """One of the two opened it again; the reason is on its page."""
    withdraw(plan)
    other = plan.partner_id if by == plan.person_id else plan.person_id
    if other is not None and other != by:
        _put(plan, REOPENED, other)


def remarked(plan: Plan) -> None:
    """Her partner would see something otherwise; what, is on its page."""
    withdraw(plan)
    _put(plan, REMARKED, plan.person_id)


def withdraw(plan: Plan) -> None:
    """Whatever waits about this plan is not sent."""
    messages.withdraw(plan.organisation_id, _concerns(plan))


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    for template in (PUT, CONFIRMED, REOPENED, REMARKED):
        teach(template, _written, fleeting=True)


def _concerns(plan: Plan) -> str:
    return f"plan {plan.id}"


def _put(plan: Plan, template: str, to: int) -> None:
    email = email_of(to)
    if email is not None:
        messages.put(plan.organisation_id, template, email, concerns=_concerns(plan),
                     wait=messages.CORRECTING, plan=plan.id,
                     to=to, revision=plan.revision)


def _written(message: Message) -> AboutPlan | None:
    """None for what is not so any more, and when the reader has nothing to do with it any more."""
    plan = db.session.scalar(
        select(Plan)
        .where(Plan.organisation_id == message.organisation_id, Plan.id == message.arguments["plan"])
        .options(
            joinedload(Plan.person).selectinload(Person.memberships),
            joinedload(Plan.partner).selectinload(Person.memberships),
        )
        .execution_options(populate_existing=True)
    )
    if plan is None or plan.partner is None or message.arguments["revision"] != plan.revision:
        return None
    own = message.arguments["to"] == plan.person_id
    reader, other = (plan.person, plan.partner) if own else (plan.partner, plan.person)
    waits = plan.state == PlanState.DISCUSSED and not (plan.person_confirmed_at if own else plan.partner_confirmed_at)
    agreed = plan.state in (PlanState.AGREED, PlanState.RUNNING)
    still_so = {PUT: waits, CONFIRMED: waits or agreed, REOPENED: waits or agreed, REMARKED: waits}[message.template]
    if not still_so or not reader.active or message.arguments["to"] != reader.id:
        return None
    if not own and not can_agree_plan(plan.partner.actor, plan, plan.person):
        return None
    organisation = db.session.scalar(select(Organisation.name).where(Organisation.id == plan.organisation_id))
    return AboutPlan(
        organisation=one_line(organisation or ""),
        name=one_line(reader.first_name),
        other=one_line(other.name),
        own=own,
        begins_on=plan.begins_on,
        ends_on=plan.ends_on,
        agreed=agreed,
        address=absolute("development.plan") if own else absolute("development.shown_plan", plan_id=plan.id),
    )
