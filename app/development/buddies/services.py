"""Maatjes: offering to be watched or to think along, taking it back, and choosing somebody. Flushes only.

Whoever is chosen gets a mail. It waits a little, so that who chose can still change her mind; until it left, another
choice takes it back, and after that the colleague is told that it is off.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from app.access import Actor
from app.accounts.models import Account
from app.competencies.queries import current_framework
from app.db import db
from app.development.actions import services as actions
from app.development.buddies.queries import Buddy
from app.development.models import BuddyOffer, Goal, GoalAction
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.web.addresses import absolute
from app.web.formats import now

WATCH, THINK = "kijk-mee", "denk-mee"
KINDS: Final = (WATCH, THINK)
ASKED, OFF = "buddy_asked", "buddy_off"         # templates
CORRECTING: Final = dt.timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class AboutBuddy:
    """All that such a letter may say: nothing of what stands in a plan."""

    organisation: str
    name: str
    other: str
    kind: str
    competency: str
    address: str


def offer(actor: Actor, competency_code: str, kinds: Iterable[str]) -> None:
    """She offers these kinds about a competency. The same twice is once."""
    _hold(actor.person_id)
    present = set(db.session.scalars(select(BuddyOffer.kind).where(
        BuddyOffer.person_id == actor.person_id, BuddyOffer.competency_code == competency_code)))
    for kind in sorted(set(kinds) - present):
        db.session.add(BuddyOffer(organisation_id=actor.organisation_id, person_id=actor.person_id, kind=kind,
                                  competency_code=competency_code, offered_at=now()))
    db.session.flush()


def take_back(actor: Actor, competency_code: str, kind: str) -> None:
    """She offers this no longer. What was arranged stays as it is."""
    db.session.execute(delete(BuddyOffer).where(
        BuddyOffer.organisation_id == actor.organisation_id, BuddyOffer.person_id == actor.person_id,
        BuddyOffer.competency_code == competency_code, BuddyOffer.kind == kind,
    ))


def choose(goal: Goal, action: GoalAction, buddy: Buddy) -> None:
    """The same twice is one mail. Raises StepRefused when the goal is finished."""
    before = action.with_id
    actions.do_with(goal, action, buddy.person_id)
    if before != buddy.person_id:
        _tell_off(action, before)
        _put(action, ASKED, buddy.person_id, asked_by=goal.person_id, kind=buddy.kind,
             competency=buddy.competency_code)


def let_go(goal: Goal, action: GoalAction) -> None:
    """With nobody any more. Raises StepRefused when the goal is finished."""
    before = action.with_id
    actions.do_with(goal, action, None)
    _tell_off(action, before)


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    teach(ASKED, _asked, fleeting=True)
    teach(OFF, _off, fleeting=True)


def _hold(person_id: int) -> None:
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def _concerns(action: GoalAction) -> str:
    return f"buddy {action.id}"


def _tell_off(action: GoalAction, person_id: int | None) -> None:
    """Whoever was chosen before: her mail is taken back, or she gets another when it had left."""
    if person_id is None:
        return
    waits = db.session.scalars(select(Message).where(
        Message.organisation_id == action.organisation_id, Message.concerns == _concerns(action),
        Message.template == ASKED,
    )).all()
    untried = any(message.attempts == 0 for message in waits)
    messages.withdraw(action.organisation_id, _concerns(action))
    if not untried:
        person = db.session.scalar(select(Goal.person_id).where(Goal.id == action.goal_id))
        _put(action, OFF, person_id, asked_by=person or 0, kind="", competency="")


def _put(action: GoalAction, template: str, to: int, *, asked_by: int, kind: str, competency: str) -> None:
    email = db.session.scalar(
        select(Account.email).join(Person, Person.account_id == Account.id).where(Person.id == to, Person.active)
    )
    if email is not None:
        messages.put(action.organisation_id, template, email, concerns=_concerns(action), wait=CORRECTING,
                     action=action.id, to=to, asked_by=asked_by, kind=kind, competency=competency)


def _asked(message: Message) -> AboutBuddy | None:
    """None when it is not so any more."""
    still = db.session.scalar(select(GoalAction.id).where(
        GoalAction.id == message.arguments["action"], GoalAction.with_id == message.arguments["to"],
        GoalAction.organisation_id == message.organisation_id,
    ))
    return _written(message) if still else None


def _off(message: Message) -> AboutBuddy | None:
    return _written(message)


def _written(message: Message) -> AboutBuddy | None:
    """None when one of the two left."""
    people = {
        person.id: person
        for person in db.session.scalars(select(Person).where(
            Person.id.in_((message.arguments["to"], message.arguments["asked_by"])), Person.active,
            Person.organisation_id == message.organisation_id,
        ))
    }
    if len(people) < 2:
        return None
    reader, other = people[int(message.arguments["to"])], people[int(message.arguments["asked_by"])]
    catalog, code = current_framework().catalog, str(message.arguments["competency"])
    name = next((one.name for one in catalog.competencies if one.code == code), "")
    organisation = db.session.scalar(select(Organisation.name).where(Organisation.id == message.organisation_id))
    return AboutBuddy(one_line(organisation or ""), one_line(reader.first_name), one_line(other.name),
                      str(message.arguments["kind"]), name, absolute("development.buddies"))
