"""A korte vraag as people make it: begun, people chosen, approved, answered and closed, through services and pages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.db import db
from app.development.goals.queries import goal_to_change
from app.measurement.scale import Group
from app.pulses import services, words
from app.rating import closing
from app.rounds import approving, choosing, links, settings
from app.rounds.models import Invitation, RoundSubject
from app.rounds.queries import asked
from app.rounds.raters import one
from app.web.formats import as_if, now
from tests.rating.acts import codes_of, save, send
from tests.support.builders import Persona
from tests.support.records import actor_of

SCHOOL = [("Rik", "rik@school.example"), ("Lot", "lot@school.example"), ("Bas", "bas@school.example"),
          ("Eva", "eva@school.example")]


@dataclass(frozen=True, slots=True)
class MadePulse:
    round_id: int
    part_id: int
    tokens: tuple[str, ...] = ()


def let_begin(app: Flask, organisation_id: int, *, may: bool = True) -> None:
    """Begeleiders of this dienst begin rounds and korte vragen themselves, or do not."""
    with app.app_context():
        settings.change_settings(organisation_id,
                                 replace(settings.settings_of(organisation_id), begeleiders_start=may))
        db.session.commit()


def begin_pulse(app: Flask, person: Persona, goal_id: int) -> MadePulse:
    """She may choose whom she asks."""
    actor = actor_of(person)
    let_begin(app, person.organisation_id)
    with app.app_context():
        goal = goal_to_change(actor, goal_id)
        assert goal is not None
        topic = services.topic_of(goal)
        part = services.begin(actor, goal, topic, name=words.name(topic.competency.name),
                              purpose=words.purpose("Jet", topic.competency.name))
        db.session.commit()
        return MadePulse(part.round_id, part.id)


def choose(app: Flask, person: Persona, made: MadePulse, people: Sequence[tuple[str, str]] = SCHOOL) -> None:
    """These people of schools, and the choice is sent."""
    with app.app_context():
        part = asked.part_to_change(person.organisation_id, made.part_id)
        assert part is not None
        choosing.propose(part, Group.SCHOOL, [one(name, email, "intern-begeleider", "") for name, email in people])
        choosing.send_choice(part)
        db.session.commit()


def approve(app: Flask, approver: Persona, made: MadePulse) -> MadePulse:
    """The choice is approved, and with it the korte vraag begins: its links, in the order of the invitations."""
    with app.app_context():
        part = asked.part_to_change(approver.organisation_id, made.part_id)
        assert part is not None
        approving.approve(part, approver.id, [one.id for one in approving.waiting(part)])
        db.session.commit()
    return MadePulse(made.round_id, made.part_id, tokens_of(app, made))


def tokens_of(app: Flask, made: MadePulse) -> tuple[str, ...]:
    with app.app_context():
        part = db.session.scalars(
            select(RoundSubject).where(RoundSubject.id == made.part_id)
            .options(selectinload(RoundSubject.invitations))
        ).one()
        found: list[Invitation] = sorted(part.invitations, key=lambda one: one.id)
        return tuple(links.token(one.public_id, one.renewal) for one in found if one.invited_on)


def open_pulse(app: Flask, person: Persona, approver: Persona, goal_id: int,
               people: Sequence[tuple[str, str]] = SCHOOL) -> MadePulse:
    made = begin_pulse(app, person, goal_id)
    choose(app, person, made, people)
    return approve(app, approver, made)


def answer(app: Flask, token: str, score: int) -> None:
    """The same to every statement, and sent."""
    save(app, token, dict.fromkeys(codes_of(app, token), score))
    send(app, token)


def close_pulse(app: Flask, made: MadePulse, days: int = 20) -> None:
    """The worker's moment, when the two weeks are over."""
    with as_if(now() + dt.timedelta(days=days)), app.app_context():
        closing.close(made.round_id)


def closed_pulse(app: Flask, person: Persona, approver: Persona, goal_id: int, scores: Sequence[int]) -> MadePulse:
    """Four people of schools were asked; the first of them gave these scores."""
    made = open_pulse(app, person, approver, goal_id)
    for token, score in zip(made.tokens, scores, strict=False):
        answer(app, token, score)
    close_pulse(app, made)
    return made
