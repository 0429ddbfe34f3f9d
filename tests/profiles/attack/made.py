"""A dienst with a round about somebody that was closed and released, and who answered what in it."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from app.assessments.models import StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.measurement.answers import Item
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles.models import Share
from app.rounds import moves
from app.rounds.models import RoundSubject
from app.web.formats import as_if, now, today
from tests.measurement.oracle import GroupSheets, Sheet
from tests.rating.acts import Sent, all_send, become, close
from tests.support.builders import Persona, make_person
from tests.support.conversations import make_conversation
from tests.support.records import make_measurement, would_rather_not
from tests.support.rounds import make_round

INVITED = {
    Group.TEAM_LEAD: 1, Group.COLLEAGUE: 7, Group.SCHOOL: 6, Group.CLIENT: 4, Group.PARENT: 5, Group.PUPIL: 6,
}  # fmt: skip
SENDING = {
    Group.TEAM_LEAD: 1, Group.COLLEAGUE: 6, Group.SCHOOL: 5, Group.CLIENT: 2, Group.PARENT: 2, Group.PUPIL: 4,
}  # fmt: skip
"""Of school and opdrachtgever one has too few, and they are one group; parents and pupils stay below their minimum."""

WITH_IT = ("/tabel.xlsx", "/delen", "/opmerkingen")
CLOSE_BY = ("luisteren", "leraar-toerusten", "verwachtingen-ophalen")
TALK = ("", "/voorbereiding", "/gids", "/moment", "/dank", "/agenda.ics")

HIDDEN = (Group.PARENT, Group.PUPIL)
LATER = dt.timedelta(days=60)       # after the closing, and after the lead may read


@dataclass(frozen=True)
class Attacked:
    """`people`: who reads, by what she is to the subject. `sent`: what was answered, which only the test knows.

    `own_ids`: her self-assessments; `earlier_id`: the measurement of the round before.
    """

    app: Flask
    people: Mapping[str, Persona]
    round_id: int
    part_id: int
    measurement_id: int
    earlier_id: int
    conversation_id: int
    own_ids: tuple[int, ...]
    sent: tuple[Sent, ...]

    @property
    def addresses(self) -> tuple[str, ...]:
        """What somebody might type who knows the numbers."""
        measurements = (self.measurement_id, self.earlier_id, *self.own_ids)
        return (
            *(f"/profiel/{one}{page}" for one in measurements for page in WITH_IT),
            *(f"/profiel/{self.measurement_id}/{slug}" for slug in CLOSE_BY),
            f"/profiel/{self.measurement_id}/rapport.pdf",
            *(f"/gesprekken/{self.conversation_id}{page}" for page in TALK),
            f"/profiel/{self.measurement_id}", f"/profiel/{self.measurement_id}?plaatje=focus&erbij=collega",
            f"/profiel/{self.measurement_id}?plaatje=aspecten&erbij=vorige",
            f"/rondes/{self.round_id}/kwaliteit", f"/rondes/{self.round_id}", f"/rondes/mensen/{self.part_id}",
            f"/rondes/mensen/{self.part_id}/vrijgeven", f"/feedback/{self.part_id}", f"/profiel/{self.earlier_id}",
            f"/ontwikkelplan/doelen/nieuw?competentie=luisteren&meting={self.measurement_id}",
        )  # fmt: skip

    @contextmanager
    def reading(self) -> Iterator[None]:
        """The day on which everybody reads."""
        with as_if(now() + LATER):
            yield

    def cells(self) -> tuple[Cell, ...]:
        """Everything that was stored of the round as a figure, zelf left out."""
        with self.app.app_context():
            rows = db.session.scalars(
                select(StoredCell)
                .where(StoredCell.measurement_id == self.measurement_id, StoredCell.rater_group != Group.SELF)
                .order_by(StoredCell.rater_group, StoredCell.item_code)
            )
            return tuple(
                Cell(c.rater_group, c.item_code, c.raters, c.mean, c.indicator_means, c.spread, c.agreement)
                for c in rows
            )  # fmt: skip

    def sheets(self) -> tuple[GroupSheets, ...]:
        """The answers, as the attack knows them."""
        with self.app.app_context():
            catalog = current_framework().catalog
        adults = tuple(Item(c.code, tuple(i.code for i in c.indicators)) for c in catalog.competencies)
        of_group: dict[str, list[Sheet]] = {}
        for one in self.sent:
            scores = {code: score for code, score in one.answers.items() if isinstance(score, int)}
            of_group.setdefault(one.group, []).append(Sheet(frozenset(one.asked), scores))
        return tuple(
            GroupSheets(
                group,
                tuple(Item(t.code, t.indicators) for t in catalog.themes if t.group == group) or adults,
                tuple(found),
            )
            for group, found in of_group.items()
        )


def attacked(app: Flask, organisation_id: int, team_id: int) -> Attacked:
    """Two released rounds about one person, a year apart, each with a self-assessment beside it.

    Attacked is the second; it is shared with a colleague from another team, and the subject and her lead have a
    conversation about it. She would rather not guess first.
    """
    jet = make_person(app, organisation_id, works_in=[team_id], name="Jet de Vries")
    tom = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Tom Bakker")
    people = {
        "subject": jet,
        "lead": tom,
        "hr": make_person(app, organisation_id, roles=["hr"], name="Hanna Smit"),
        "beheerder": make_person(app, organisation_id, roles=["beheerder"], name="Bea Jansen"),
        "reader": make_person(app, organisation_id, name="Rosa Lezer"),
    }
    with as_if(now() - dt.timedelta(days=365)):
        earlier = _released(app, tom, jet, seed=1)
    made = _released(app, tom, jet, seed=2)
    with as_if(now() + dt.timedelta(days=42)), app.app_context():
        db.session.add(Share(
            organisation_id=organisation_id, measurement_id=made.measurement_id, reader_id=people["reader"].id,
            with_comments=True, until=today() + dt.timedelta(days=60), shared_at=now(),
        ))  # fmt: skip
        db.session.commit()
    conversation_id = make_conversation(app, jet, tom, part_id=made.part_id)
    return Attacked(app, people, made.round_id, made.part_id, made.measurement_id, earlier.measurement_id,
                    conversation_id, (earlier.own_id, made.own_id), made.sent)


@dataclass(frozen=True)
class _Released:
    round_id: int
    part_id: int
    measurement_id: int
    own_id: int
    sent: tuple[Sent, ...]


def _released(app: Flask, organiser: Persona, subject: Persona, seed: int) -> _Released:
    own = make_measurement(app, subject, "volledig")
    made = make_round(app, organiser, [subject], {str(group): count for group, count in INVITED.items()})
    tokens, begin = list[str](), 0
    for group, count in INVITED.items():
        if group == Group.SCHOOL:
            become(app, made.invitation_ids[begin + 2:begin + count], "leraar")
        tokens += made.tokens[begin:begin + SENDING[group]]
        begin += count
    sent = all_send(app, tokens, seed)
    close(app, made.round_id)
    with as_if(now() + dt.timedelta(days=41)), app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        moves.release(part)
        assert part.measurement_id
        measurement_id = part.measurement_id
        db.session.commit()
    would_rather_not(app, measurement_id)
    return _Released(made.round_id, made.part_ids[0], measurement_id, own, tuple(sent))


def other_bytes(packed: bytes, chance: random.Random) -> bytes:
    """As many answers, other ones."""
    return bytes(chance.randint(0, 5) for _ in packed)
