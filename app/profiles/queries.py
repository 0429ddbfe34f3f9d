"""Reading measurements for the profile page. Scores come from cells; answers are read only to be shown in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, select

from app.assessments.models import Measurement, SelfAssessment, SelfNote, StoredCell
from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell


@dataclass(frozen=True, slots=True)
class Heading:
    """One measurement, without its figures."""

    id: int
    subject_id: int
    organisation_id: int
    self_assessment_id: int
    framework_version_id: int
    question_set: str
    closed_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about one competency, in her own words and answers."""

    answers: Mapping[str, int | str] = field(default_factory=dict)
    remark: str = ""
    look_back: int | None = None


def measurement_heading(measurement_id: int) -> Heading | None:
    row = db.session.execute(_headings().where(Measurement.id == measurement_id)).first()
    return _heading(row) if row else None


def headings_of(person_id: int, organisation_id: int) -> tuple[Heading, ...]:
    """All measurements of one person, the newest first."""
    rows = db.session.execute(
        _headings()
        .where(Measurement.subject_id == person_id, Measurement.organisation_id == organisation_id)
        .order_by(Measurement.closed_at.desc(), Measurement.id.desc())
    )
    return tuple(_heading(row) for row in rows)


def self_cells_of(headings: tuple[Heading, ...]) -> Mapping[int, tuple[Cell, ...]]:
    """The cells of the maker herself, per measurement, in the order of their codes."""
    rows = db.session.execute(
        select(
            StoredCell.measurement_id,
            StoredCell.item_code,
            StoredCell.raters,
            StoredCell.mean,
            StoredCell.indicator_means,
        )
        .where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.organisation_id == headings[0].organisation_id,
            StoredCell.rater_group == Group.SELF,
        )
        .order_by(StoredCell.measurement_id, StoredCell.item_code)
    )
    cells: dict[int, list[Cell]] = {heading.id: [] for heading in headings}
    for measurement_id, code, raters, mean, indicator_means in rows:
        cells[measurement_id].append(Cell(Group.SELF, code, raters, mean, indicator_means))
    return {measurement_id: tuple(found) for measurement_id, found in cells.items()}


def newest_with(
    headings: tuple[Heading, ...], codes: Iterable[str], organisation_id: int
) -> Mapping[str, Heading]:
    """Of these measurements, which stand newest first, per competency the first in which its maker has a score."""
    rows = db.session.execute(
        select(StoredCell.item_code, StoredCell.measurement_id).where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.item_code.in_(list(codes)),
            StoredCell.organisation_id == organisation_id,
            StoredCell.rater_group == Group.SELF,
        )
    )
    scored: dict[int, list[str]] = {}
    for code, measurement_id in rows:
        scored.setdefault(measurement_id, []).append(code)
    return {code: heading for heading in reversed(headings) for code in scored.get(heading.id, ())}


def said_about(heading: Heading, competency_code: str) -> Said:
    """What the maker said about one competency."""
    row = db.session.execute(
        select(SelfAssessment.answers, SelfNote.remark, SelfNote.look_back)
        .outerjoin(
            SelfNote,
            (SelfNote.assessment_id == SelfAssessment.id) & (SelfNote.competency_code == competency_code),
        )
        .where(
            SelfAssessment.id == heading.self_assessment_id,
            SelfAssessment.organisation_id == heading.organisation_id,
        )
    ).first()
    if row is None:
        return Said()
    answers, remark, look_back = row
    return Said(answers or {}, remark or "", look_back)


def _headings() -> Select[*tuple[Any, ...]]:
    """Of self-assessments: what came out of a round is read in another way."""
    return select(
        Measurement.id,
        Measurement.subject_id,
        Measurement.organisation_id,
        Measurement.self_assessment_id,
        Measurement.framework_version_id,
        Measurement.question_set,
        Measurement.closed_at,
    ).where(Measurement.self_assessment_id.is_not(None))


def _heading(row: Row[*tuple[Any, ...]]) -> Heading:
    return Heading(*row)
