"""The korte vragen of the demo dienst: one about Noor's first goal that was closed, and one that runs elsewhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.development.goals.queries import goal_to_change
from app.development.models import Goal
from app.messages import services as messages
from app.people.models import Person
from app.profiles.texts import within
from app.pulses import services, words
from app.rating import drafts, making, packing, sending
from app.rating.opening import plan_of
from app.rating.queries import find
from app.rounds import approving, choosing, letters, links, moves, raters
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries import asked as of_part
from app.web.formats import AMSTERDAM, as_if, today

TO_CHOOSE, TO_APPROVE = 3, 5        # days after she began
EMAIL = "{}@school.example"


def build_pulses(noor: Person, her_lead: Actor, other: Person, other_lead: Actor) -> None:
    """Flushes only."""
    told = yaml.safe_load((Path(__file__).parent / "korte_vragen.yaml").read_text(encoding="utf-8"))
    for person, lead, described in ((noor, her_lead, told["of_noor"]), (other, other_lead, told["elsewhere"])):
        part = _ask(person, lead, described)
        _answer(part, described)
        if "closed" in described:
            _close(part, described["closed"])
    db.session.info.pop("organisation_id", None)        # a rater's link set it


def _ask(person: Person, lead: Actor, described: Mapping[str, Any]) -> RoundSubject:
    """Begun, chosen, and approved: the links are out."""
    begun = described["begun"]
    goal_id = db.session.scalars(select(Goal.id).where(Goal.person_id == person.id).order_by(Goal.created_at)).first()
    with as_if(_moment(begun)):
        goal = goal_to_change(person.actor, goal_id or 0)
        assert goal is not None
        topic = services.topic_of(goal)
        name = within(topic.competency.name)
        part_id = services.begin(person.actor, goal, topic, name=words.name(name),
                                 purpose=words.purpose(person.first_name, name)).id
    with as_if(_moment(begun - TO_CHOOSE)):
        part = _held(person, part_id)
        for one in described["asked"]:
            rater = raters.one(one["name"], _email(one["name"]), one["relation"], one["school"])
            assert not choosing.propose(part, one["group"], [rater]).refused, one
        choosing.send_choice(part)
    with as_if(_moment(begun - TO_APPROVE)):
        part = _held(person, part_id)
        approving.approve(part, lead.person_id, [one.id for one in approving.waiting(part)])
    return part


def _answer(part: RoundSubject, described: Mapping[str, Any]) -> None:
    """Whoever says something sends it, on the days after the invitation."""
    says = {_email(one["name"]): one.get("says") for one in described["asked"]}
    invitations = db.session.scalars(
        select(Invitation).where(Invitation.round_subject_id == part.id).order_by(Invitation.id)).all()
    for number, invitation in enumerate(invitations):
        if not (values := says[str(invitation.email)]):
            continue
        with as_if(_moment(described["begun"] - TO_APPROVE - 1 - number % 3)):
            asked = find(links.token(invitation.public_id, invitation.renewal))
            codes = packing.codes(asked.catalog, asked.group, asked.question_set)
            drafts.save(asked, dict(zip(codes, values, strict=False)))
            sending.send(asked)


def _close(part: RoundSubject, days_ago: int) -> None:
    """As rating.closing does it, in the transaction of the demo."""
    round = db.session.get_one(Round, part.round_id)
    with as_if(_moment(days_ago)):
        moves.close(round)
        messages.withdraw(round.organisation_id, letters.concerns(round.id))
        making.make(plan_of(round.id), [part.id])


def _held(person: Person, part_id: int) -> RoundSubject:
    part = of_part.part_to_change(person.organisation_id, part_id)
    assert part is not None
    return part


def _email(name: str) -> str:
    return EMAIL.format("".join(c for c in name.lower().replace(" ", ".") if c.isalnum() or c == "."))


def _moment(days_ago: int) -> dt.datetime:
    return dt.datetime.combine(today() - dt.timedelta(days=days_ago), dt.time(10), AMSTERDAM)
