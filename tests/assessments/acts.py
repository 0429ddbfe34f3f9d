"""What the tests of self-assessments do over and over, and how they look at what is stored."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from app.assessments.models import Measurement, SelfAnswer, SelfAssessment, SelfNote, StoredCell
from app.competencies.queries import current_framework
from app.db import db
from tests.support.pages import CheckedClient

VM1 = ("VM1.1", "VM1.2", "VM1.3", "VM1.4")
VM1_PAGE = "verwachtingen-ophalen"


def begin(client: CheckedClient, chosen: str = "tweede") -> int:
    response = client.send("/zelfbeeld", {"lijst": chosen})
    assert response.status_code == 302
    return int(response.location.rsplit("/", 1)[1])


def save(client: CheckedClient, assessment_id: int, competency: str = "VM1", **change: Any) -> TestResponse:
    """As the page's script does."""
    return client.send(f"/zelfbeeld/{assessment_id}/antwoord", json={"page": competency, **change},
                       headers={"Accept": "application/json"})


def kept(client: CheckedClient, assessment_id: int, **answers: int | str | None) -> None:
    """Saves answers to VM1 by the last part of their code: `_1=3` is VM1.1."""
    named = {f"VM1.{code[1:]}": answer for code, answer in answers.items()}
    assert save(client, assessment_id, answers=named).status_code == 200


def finish(client: CheckedClient, assessment_id: int) -> TestResponse:
    return client.send(f"/zelfbeeld/{assessment_id}/afronden")


def finished_one(client: CheckedClient, chosen: str = "focus") -> int:
    """A finished self-assessment in which VM1 was answered with 4, 3, 5 and 4."""
    assessment_id = begin(client, chosen)
    kept(client, assessment_id, _1=4, _2=3, _3=5, _4=4)
    assert finish(client, assessment_id).status_code == 302
    return assessment_id


@dataclass(frozen=True)
class Stored:
    """All that the database holds of one self-assessment."""

    question_set: str
    saved_at: dt.datetime | None
    finished_at: dt.datetime | None
    packed: dict[str, int | str] | None
    answers: dict[str, int | str | None]
    notes: dict[str, tuple[str, int | None, int]]
    cells: dict[str, tuple[str, int, float, dict[str, float]]]
    measurements: int


def stored(app: Flask, assessment_id: int) -> Stored:
    with app.app_context():
        row = db.session.get_one(SelfAssessment, assessment_id)
        own = SelfAnswer.assessment_id == assessment_id
        answers = {a.indicator_code: a.cannot_say or a.score for a in db.session.scalars(select(SelfAnswer).where(own))}
        notes = {n.competency_code: (n.remark, n.look_back, n.revision)
                 for n in db.session.scalars(select(SelfNote).where(SelfNote.assessment_id == assessment_id))}
        made = select(Measurement.id).where(Measurement.self_assessment_id == assessment_id)
        cells = {c.item_code: (c.rater_group, c.raters, c.mean, c.indicator_means)
                 for c in db.session.scalars(select(StoredCell).where(StoredCell.measurement_id.in_(made)))}
        return Stored(row.question_set, row.saved_at, row.finished_at, row.answers, answers, notes, cells,
                      len(db.session.scalars(made).all()))


def how_many(app: Flask, table: type[Any]) -> int:
    with app.app_context():
        return len(db.session.scalars(select(table)).all())


def pinned(app: Flask) -> bool:
    from app.competencies.models import FrameworkVersion

    with app.app_context():
        version_id = current_framework().version_id
        return db.session.get_one(FrameworkVersion, version_id).pinned_at is not None
