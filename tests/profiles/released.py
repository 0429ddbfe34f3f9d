"""A released round with the figures that a test wants to read, as the closing would have stored them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from flask import Flask
from sqlalchemy import select

from app.assessments.models import Measurement, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles.models import Share
from app.rating.models import Comment
from app.rounds.models import RoundSubject
from app.web.formats import now, today
from tests.profiles.made import CATALOG
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, tag_of, tree_of
from tests.support.records import make_measurement, would_rather_not
from tests.support.rounds import make_round

ASKED: Mapping[str, int] = {Group.TEAM_LEAD: 1, Group.COLLEAGUE: 7, Group.SCHOOL: 6}
Written = tuple[str, int, str]      # published group, number of the question, text
SIX = ("verwachtingsmanagement", "acquisitie", "onderhandelen", "systeeminzicht", "zakelijk-gevoel",
       "relatiemanagement")
SCORES = dict(zip(SIX, (2.0, 3.0, 3.0, 3.5, 3.0, 4.2), strict=True))
LEAST = {"seen_most": list(SIX[:3]), "largest_difference": SIX[1]}
NOT_THERE = "Het plaatje dat je vroeg staat er niet"


@dataclass(frozen=True, slots=True)
class Released:
    round_id: int
    part_id: int
    measurement_id: int

    def at(self, rest: str = "") -> str:
        return f"/profiel/{self.measurement_id}{rest}"


def rich(
    group: str, code: str, raters: int, mean: float, means: Mapping[str, float], agreement: str | None = None
) -> Cell:
    """The cell of an anonymous group of which every statement has five answers."""
    return Cell(group, code, raters, mean, means, 0.6, agreement)


def thin(group: str, code: str, raters: int, mean: float, agreement: str | None = None) -> Cell:
    return Cell(group, code, raters, mean, {}, 0.7, agreement)


def release(
    app: Flask,
    organiser: Persona,
    subject: Persona,
    cells: Iterable[Cell],
    comments: Sequence[Written] = (),
    raters: Mapping[str, int] | None = None,
    *,
    own_view: bool = True,
    small_circle: bool = False,
    lead_reads_comments: bool = True,
    days_ago: int = 5,
    guess_first: bool = False,
) -> Released:
    """A round that was released so many days ago about one person; her self-assessment gives her 3 everywhere.

    She would rather not guess what came out of it, unless she is still to be asked: `guess_first`.
    """
    own_id = make_measurement(app, subject, "volledig") if own_view else None
    made = make_round(app, organiser, [subject], raters or ASKED, state="released", opened_days_ago=days_ago + 30,
                      small_circle=small_circle, lead_reads_comments=lead_reads_comments)
    closed_at = now() - dt.timedelta(days=days_ago)
    with app.app_context():
        part = db.session.get_one(RoundSubject, made.part_ids[0])
        of = {"organisation_id": subject.organisation_id}
        measurement = Measurement(**of, subject_id=subject.id, framework_version_id=current_framework().version_id,
                                  question_set="kern", closed_at=closed_at)
        db.session.add(measurement)
        db.session.flush()
        stored = list(cells)
        if own_id is not None:
            part.self_assessment_id = db.session.get_one(Measurement, own_id).self_assessment_id
            stored += [
                Cell(Group.SELF, one.item_code, 1, one.mean, one.indicator_means)
                for one in db.session.scalars(select(StoredCell).where(StoredCell.measurement_id == own_id))
            ]
        db.session.add_all(
            StoredCell(**of, measurement_id=measurement.id, rater_group=one.group, item_code=one.competency_code,
                       raters=one.raters, mean=one.mean, indicator_means=dict(one.indicator_means), spread=one.spread,
                       agreement=one.agreement)
            for one in stored
        )
        db.session.add_all(
            Comment(**of, measurement_id=measurement.id, rater_group=group, question=question, text=text)
            for group, question, text in comments
        )
        part.measurement_id, part.released_at, part.lead_reads_from = measurement.id, closed_at, today()
        db.session.commit()
        released = Released(made.round_id, part.id, measurement.id)
    if not guess_first:
        would_rather_not(app, released.measurement_id)
    return released


def share(app: Flask, released: Released, reader: Persona, *, with_comments: bool, days: int = 7) -> None:
    """As of a colleague who is let read; a negative number of days is over."""
    with app.app_context():
        db.session.add(Share(
            organisation_id=reader.organisation_id, measurement_id=released.measurement_id, reader_id=reader.id,
            with_comments=with_comments, until=today() + dt.timedelta(days=days), shared_at=now(),
        ))  # fmt: skip
        db.session.commit()


def change_part(app: Flask, released: Released, **values: object) -> None:
    with app.app_context():
        part = db.session.get_one(RoundSubject, released.part_id)
        for name, value in values.items():
            setattr(part, name, value)
        db.session.commit()


def told(element: Element) -> str:
    """What stands in it, piece by piece: cells of a table do not run together as they do in text_of."""
    return " ".join(" ".join(element.itertext()).split())


def seen(raters: int = 12, *, change: float = 0.0, groups: tuple[str, ...] = (Group.SCHOOL,)) -> list[Cell]:
    """What these groups saw: the same in every competency of an aspect that both are asked about."""
    asked = [{page.competency.code for page in CATALOG.asked("kern", group) if len(page.codes) > 1}
             for group in (Group.SCHOOL, Group.COLLEAGUE)]
    return [
        thin(group, c.code, raters, round(SCORES[c.aspect] + change, 1))
        for group in groups for c in CATALOG.competencies
        if c.aspect in SCORES and c.code in asked[group == Group.COLLEAGUE]
    ]


def main_of(client: CheckedClient, address: str) -> Element:
    page = client.get(address, follow_redirects=True)
    assert page.status_code == 200
    main = next(one for one in tree_of(page.data).iter() if tag_of(one) == "main")
    for figure in [one for one in main.iter() if tag_of(one) == "figure"]:
        for script in [one for one in figure if tag_of(one) == "script"]:
            figure.remove(script)       # the same picture for Plotly
    return main


def read(client: CheckedClient, made: Released, rest: str = "") -> str:
    return told(main_of(client, made.at(rest)))


def figures_in(page: str) -> list[str]:
    return re.findall(r"\d,\d", page)
