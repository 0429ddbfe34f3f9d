"""Maatjes: offering to be watched or to think along, taking it back, and choosing somebody. Flushes only.

Whoever is chosen gets a mail, and whoever asked gets one with the answer. Each waits a little, so that who wrote can
still change her mind; until it left, another choice takes it back, and after that the colleague is told that it is off.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import delete, select

from app.access import Actor
from app.competencies.queries import current_framework
from app.db import db
from app.development.actions import services as actions
from app.development.buddies.queries import Buddy, asked_of
from app.development.goals.queries import hold_goals_of
from app.development.models import BuddyOffer, Goal, GoalAction
from app.messages import services as messages
from app.messages.letters import one_line, teach
from app.messages.models import Message
from app.organisations.models import Organisation
from app.people.models import Person
from app.people.queries import email_of
from app.web.addresses import absolute
from app.web.formats import now

WATCH, THINK = "kijk-mee", "denk-mee"
KINDS: Final = (WATCH, THINK)
ASKED, SAID, OFF = "buddy_asked", "buddy_said", "buddy_off"     # templates


@dataclass(frozen=True, slots=True)
class AboutBuddy:
    """All that such a letter may say: nothing of what stands in a plan. `kind`: what is asked, or ja or nee."""

    organisation: str
    name: str
    other: str
    kind: str
    competency: str
    address: str


def offer(actor: Actor, competency_code: str, kinds: Iterable[str]) -> None:
    """She offers these kinds about a competency. The same twice is once."""
    hold_goals_of(actor.person_id)
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
    if action.with_id != buddy.person_id:
        _tell_off(action)
        actions.do_with(goal, action, buddy.person_id, buddy.kind, buddy.competency_code)
        messages.withdraw(action.organisation_id, _concerns(action, buddy.person_id))
        _put(action, ASKED, buddy.person_id, buddy_id=buddy.person_id, other=goal.person_id, kind=buddy.kind,
             competency=buddy.competency_code)


def let_go(goal: Goal, action: GoalAction) -> None:
    """With nobody any more. Raises StepRefused when the goal is finished."""
    _tell_off(action)
    actions.do_alone(goal, action)


def answer(actor: Actor, action_id: int, *, yes: bool) -> bool:
    """What she says to somebody who asked her; she can say otherwise later. False when nobody asks it (any more)."""
    asked = asked_of(actor.person_id, actor.organisation_id).where(GoalAction.id == action_id)
    asked_by = db.session.scalar(asked.with_only_columns(Goal.person_id, maintain_column_froms=True))
    if asked_by is None:
        return False
    hold_goals_of(asked_by)
    action = db.session.scalar(asked.execution_options(populate_existing=True))
    if action is None:
        return False
    if action.with_answer is not yes:
        action.with_answer = yes
        messages.withdraw(action.organisation_id, _concerns(action, actor.person_id))
        _put(action, SAID, asked_by, buddy_id=actor.person_id, other=actor.person_id, kind="ja" if yes else "nee")
    return True


def teach_letters() -> None:
    """How these are written; none of them stays in the outbox once it was delivered."""
    teach(ASKED, _asked, fleeting=True)
    teach(SAID, _said, fleeting=True)
    teach(OFF, _off, fleeting=True)


def _concerns(action: GoalAction, buddy_id: int) -> str:
    """What is mailed about one action and one colleague: another colleague's letters go on."""
    return f"buddy {action.id} {buddy_id}"


def _tell_off(action: GoalAction) -> None:
    """Whoever was chosen before: her mail is taken back, or she gets another when it had left. Not when she said no."""
    if action.with_id is None:
        return
    waits = db.session.scalars(select(Message).where(
        Message.organisation_id == action.organisation_id, Message.template == ASKED,
        Message.concerns == _concerns(action, action.with_id),
    )).all()
    untried = any(message.attempts == 0 for message in waits)
    messages.withdraw(action.organisation_id, _concerns(action, action.with_id))
    if not untried and action.with_answer is not False:
        person = db.session.scalar(select(Goal.person_id).where(Goal.id == action.goal_id))
        _put(action, OFF, action.with_id, buddy_id=action.with_id, other=person or 0)


def _put(
    action: GoalAction, template: str, to: int, *, buddy_id: int, other: int, kind: str = "", competency: str = ""
) -> None:
    email = email_of(to)
    if email is not None:
        messages.put(action.organisation_id, template, email, concerns=_concerns(action, buddy_id),
                     wait=messages.CORRECTING, action=action.id, to=to, other=other, kind=kind, competency=competency)


def _asked(message: Message) -> AboutBuddy | None:
    """None when it is not so any more, or when she answered already."""
    still = db.session.scalar(asked_of(int(message.arguments["to"]), message.organisation_id).where(
        GoalAction.id == message.arguments["action"], GoalAction.with_answer.is_(None)))
    return _written(message, absolute("development.buddies")) if still else None


def _said(message: Message) -> AboutBuddy | None:
    """None when she asked somebody else meanwhile, or when the answer became another."""
    still = db.session.scalar(asked_of(int(message.arguments["other"]), message.organisation_id).where(
        GoalAction.id == message.arguments["action"], GoalAction.with_answer == (message.arguments["kind"] == "ja")))
    address = absolute("development.action", action_id=int(message.arguments["action"]))
    return _written(message, address) if still else None


def _off(message: Message) -> AboutBuddy | None:
    return _written(message, absolute("development.buddies"))


def _written(message: Message, address: str) -> AboutBuddy | None:
    """None when one of the two left."""
    people = {
        person.id: person
        for person in db.session.scalars(select(Person).where(
            Person.id.in_((message.arguments["to"], message.arguments["other"])), Person.active,
            Person.organisation_id == message.organisation_id,
        ))
    }
    if len(people) < 2:
        return None
    reader, other = people[int(message.arguments["to"])], people[int(message.arguments["other"])]
    catalog, code = current_framework().catalog, str(message.arguments["competency"])
    name = next((one.name for one in catalog.competencies if one.code == code), "")
    organisation = db.session.scalar(select(Organisation.name).where(Organisation.id == message.organisation_id))
    return AboutBuddy(one_line(organisation or ""), one_line(reader.first_name), one_line(other.name),
                      str(message.arguments["kind"]), name, address)
