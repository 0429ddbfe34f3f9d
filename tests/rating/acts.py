"""What raters and the clock do to a round, through the services."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import update

from app.db import db
from app.measurement.scale import Group, rule_of
from app.rating import closing, drafts, packing, queries, sending
from app.rating.packing import Value
from app.rounds.invitations import relation
from app.rounds.models import Invitation
from app.web.formats import as_if, now

EVERYBODY = {
    Group.TEAM_LEAD: 1, Group.COLLEAGUE: 6, Group.SCHOOL: 7, Group.CLIENT: 2, Group.PARENT: 4, Group.PUPIL: 6,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sent:
    """What one rater sent."""

    token: str
    group: str
    question_set: str
    asked: tuple[str, ...]
    answers: Mapping[str, Value]

    @property
    def texts(self) -> tuple[str, ...]:
        return tuple(str(self.answers.get(item, "")) for item in packing.OPEN_QUESTIONS)


def save(app: Flask, token: str, answers: Mapping[str, Value | None]) -> None:
    with app.app_context():
        drafts.save(queries.find(token), answers)
        db.session.commit()


def kept(app: Flask, token: str) -> Mapping[str, Value]:
    with app.app_context():
        return drafts.kept(queries.find(token))


def send(app: Flask, token: str) -> sending.Receipt:
    with app.app_context():
        receipt = sending.send(queries.find(token))
        db.session.commit()
        return receipt


def asked_of(app: Flask, token: str) -> queries.Asked:
    with app.app_context():
        return queries.find(token)


def any_answers(asked: queries.Asked, chance: random.Random, skips: float = 0.15) -> dict[str, Value]:
    """Answers as people give them: scores, sometimes not to be said, sometimes nothing, and a text now and then."""
    codes = packing.codes(asked.catalog, asked.group, asked.question_set)
    answers: dict[str, Value] = {}
    for code in codes:
        if chance.random() > skips:
            answers[code] = chance.randint(1, rule_of(asked.group).scale.top)
        elif chance.random() < 0.5:
            answers[code] = chance.choice(["geen-reden", "niet-gezien", "nvt"])
    for item in packing.OPEN_QUESTIONS:
        if chance.random() < 0.7:
            answers[item] = f"Geschreven door {chance.getrandbits(64):x}"
    return answers


def all_send(app: Flask, tokens: Iterable[str], seed: int = 1) -> list[Sent]:
    """Everybody saves and sends, in another order than they were asked."""
    chance = random.Random(seed)
    found = []
    for token in chance.sample(list(tokens), len(list(tokens))):
        asked = asked_of(app, token)
        answers = any_answers(asked, chance)
        save(app, token, answers)
        send(app, token)
        codes = packing.codes(asked.catalog, asked.group, asked.question_set)
        found.append(Sent(token, asked.group, asked.question_set, codes, answers))
    return found


def become(app: Flask, invitation_ids: Sequence[int], code: str) -> None:
    """These people have this relation to the subject, with the questions that belong to it."""
    known = relation(code)
    with app.app_context():
        db.session.execute(
            update(Invitation).where(Invitation.id.in_(invitation_ids))
            .values(relation=code, **({"question_set": known.question_set} if known.question_set else {}))
        )
        db.session.commit()


@contextmanager
def after_the_last_day(app: Flask) -> Iterator[None]:
    """The worker's moment: forty days on."""
    with as_if(now() + dt.timedelta(days=40)), app.app_context():
        yield


def close(app: Flask, round_id: int) -> None:
    with after_the_last_day(app):
        closing.close(round_id)


def codes_of(app: Flask, token: str) -> tuple[str, ...]:
    """The statements that she is asked, in order."""
    asked = asked_of(app, token)
    return packing.codes(asked.catalog, asked.group, asked.question_set)
