"""The self-assessment that belongs to somebody's part of a round: what others saw stands beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select

from app.assessments.models import Measurement, SelfAssessment
from app.assessments.questionnaire import HALF_A_YEAR, SELF
from app.competencies.catalog import Catalog
from app.competencies.queries import Framework, framework_of
from app.db import db


def belonging(
    covering: Mapping[int, frozenset[str]], organisation_id: int, opened_at: dt.datetime, closed_at: dt.datetime,
    current: Framework | None = None,
) -> Mapping[int, tuple[int, int]]:
    """Per person her self-assessment and its measurement: the latest that she finished from half a year before the
    opening until the closing, and that asked her all that `covering` names for her. Nobody without one is in it.

    `current` saves reading the version that is mostly meant.
    """
    rows = db.session.execute(
        select(
            SelfAssessment.person_id,
            SelfAssessment.id,
            SelfAssessment.question_set,
            SelfAssessment.framework_version_id,
            Measurement.id,
        )
        .join(Measurement, Measurement.self_assessment_id == SelfAssessment.id)
        .where(
            SelfAssessment.organisation_id == organisation_id,
            SelfAssessment.person_id.in_(list(covering)),
            SelfAssessment.finished_at.between(opened_at - HALF_A_YEAR, closed_at),
        )
        .order_by(SelfAssessment.finished_at, SelfAssessment.id)
    ).all()
    versions = {row.framework_version_id for row in rows}
    known = {current.version_id: current.catalog} if current else {}
    catalogs = {version_id: known.get(version_id) or framework_of(version_id).catalog for version_id in versions}
    asked = {
        (question_set, version_id): _asked(catalogs[version_id], question_set)
        for question_set, version_id in {(row.question_set, row.framework_version_id) for row in rows}
    }
    return {
        person_id: (assessment_id, measurement_id)
        for person_id, assessment_id, question_set, version_id, measurement_id in rows
        if covering[person_id] <= asked[question_set, version_id]
    }


def _asked(catalog: Catalog, question_set: str) -> frozenset[str]:
    pages = catalog.asked(question_set, SELF)
    return frozenset(indicator.code for page in pages for indicator in page.indicators)
