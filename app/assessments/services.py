"""Beginning, saving, discarding and finishing a self-assessment.

Saving begins by touching the assessment's own row: that holds it until the commit, so that two savers, or a saver and
a finisher, come one after the other (SQLite allows one writer at a time anyway).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select

from app.access import Actor
from app.assessments import queries, statements
from app.assessments.changes import AS_IT_IS, Change, Kept, is_empty
from app.assessments.models import Measurement, SelfAnswer, SelfAssessment, SelfNote, StoredCell
from app.assessments.questionnaire import Answer, Questionnaire, offered_sets
from app.competencies.catalog import Asked
from app.competencies.queries import current_framework
from app.competencies.services import pin
from app.db import db
from app.measurement.scoring import Cell
from app.web.formats import now


class NotOffered(Exception):
    """Nobody may choose this question set for herself."""


class AlreadyFinished(Exception):
    """A finished self-assessment is fixed."""


class TooLittleAnswered(Exception):
    """No competency has a score, so there would be nothing to show."""


class NothingToLookBackOn(Exception):
    """This competency was not measured before."""


class Behind(Exception):
    """Something else was saved since this page was made; holds what is stored, and what the page would change."""

    def __init__(self, kept: Kept, differing: Change) -> None:
        super().__init__()
        self.kept, self.differing = kept, differing


@dataclass(frozen=True, slots=True)
class Begun:
    """`already` is true when one was running: that one goes on, whatever was chosen now."""

    assessment_id: int
    already: bool


@dataclass(frozen=True, slots=True)
class Saved:
    """`behind` is true when something else was saved since the page was made."""

    at: dt.datetime
    revision: int
    behind: bool


def begin(actor: Actor, question_set: str) -> Begun:
    """A new self-assessment, or the one that runs: there is one at a time. Raises NotOffered."""
    framework = current_framework()
    if question_set not in {offered.code for offered in offered_sets(framework.catalog)}:
        raise NotOffered(question_set)
    begun_id = db.session.scalar(
        statements.insert(_dialect(), SelfAssessment)
        .values(
            organisation_id=actor.organisation_id,
            person_id=actor.person_id,
            framework_version_id=framework.version_id,
            question_set=question_set,
            started_at=now(),
        )
        .on_conflict_do_nothing()
        .returning(SelfAssessment.id)
    )
    if begun_id is not None:
        pin(framework.version_id)
        return Begun(begun_id, already=False)
    running_id = queries.running_id(actor)
    if running_id is None:      # was finished or discarded between the two statements
        raise AlreadyFinished
    return Begun(running_id, already=True)


def discard(assessment: SelfAssessment) -> None:
    """Throws a running self-assessment away with all its answers. Raises AlreadyFinished."""
    _hold(assessment, now())
    for table in (SelfAnswer, SelfNote):
        db.session.execute(delete(table).where(table.assessment_id == assessment.id))
    db.session.execute(delete(SelfAssessment).where(SelfAssessment.id == assessment.id))


def save(assessment: SelfAssessment, change: Change, seen: int | None = None) -> Saved:
    """Keeps one change, whatever else was saved meanwhile: per answer the last one counts.

    Raises AlreadyFinished and NothingToLookBackOn.
    """
    at = now()
    _hold(assessment, at)
    revision = _store(assessment, change)
    return Saved(at, revision, behind=seen is not None and seen < revision - 1)


def save_page(assessment: SelfAssessment, page: Asked, change: Change, seen: int) -> None:
    """Keeps a whole page. Raises Behind when it was made before something else was saved, and what save raises."""
    _hold(assessment, now())
    kept = queries.kept(assessment, page)
    differing = kept.differing(change)
    if is_empty(differing):
        return
    if seen < kept.revision:
        raise Behind(kept, differing)
    _store(assessment, differing)


def finish(assessment: SelfAssessment, questionnaire: Questionnaire) -> int:
    """Fixes a self-assessment and makes its measurement; says which. Once: a second time changes nothing.

    Raises TooLittleAnswered when no competency would have a score, AlreadyFinished when it was discarded meanwhile.
    """
    held = db.session.scalars(
        select(SelfAssessment)
        .where(SelfAssessment.id == assessment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one_or_none()
    if held is None:            # discarded meanwhile
        raise AlreadyFinished
    made = queries.measurement_id_of(held)
    if made is not None:
        return made
    answers = queries.answers_of(held)
    cells = questionnaire.cells(answers)
    if not cells:
        raise TooLittleAnswered
    held.finished_at = held.saved_at = now()
    held.answers = answers
    measurement = Measurement(
        organisation_id=held.organisation_id,
        subject_id=held.person_id,
        self_assessment_id=held.id,
        framework_version_id=held.framework_version_id,
        question_set=held.question_set,
        closed_at=held.finished_at,
        cells=_stored(held.organisation_id, cells),
    )
    db.session.add(measurement)
    db.session.execute(delete(SelfAnswer).where(SelfAnswer.assessment_id == held.id))
    db.session.flush()
    return measurement.id


def _stored(organisation_id: int, cells: Iterable[Cell]) -> list[StoredCell]:
    return [
        StoredCell(
            organisation_id=organisation_id,
            rater_group=cell.group,
            item_code=cell.competency_code,
            raters=cell.raters,
            mean=cell.mean,
            indicator_means=dict(cell.indicator_means),
        )
        for cell in cells
    ]


def _hold(assessment: SelfAssessment, at: dt.datetime) -> None:
    """Marks when something was last saved. Raises AlreadyFinished."""
    held = db.session.execute(statements.hold(), {"of": assessment.id, "at": at})
    if held.first() is None:
        raise AlreadyFinished


def _store(assessment: SelfAssessment, change: Change) -> int:
    """Writes what a change names, and returns the page's new revision."""
    if change.look_back is not AS_IT_IS and queries.measured_before(assessment, change.competency) is None:
        raise NothingToLookBackOn
    own = {"organisation_id": assessment.organisation_id, "assessment_id": assessment.id}
    given = [
        {**own, "indicator_code": code, **_columns(answer)}
        for code, answer in change.answers.items()
        if answer is not None
    ]
    cleared = [code for code, answer in change.answers.items() if answer is None]
    if given:
        db.session.execute(statements.put_answer(_dialect()), given)
    if cleared:
        db.session.execute(statements.clear_answers(), {"of": assessment.id, "codes": cleared})
    named: dict[str, Any] = {"remark": change.remark, "look_back": change.look_back}
    named = {column: value for column, value in named.items() if value is not AS_IT_IS}
    revision: int = db.session.execute(
        statements.put_note(_dialect(), *named),
        {"remark": "", **own, "competency_code": change.competency, **named},
    ).scalar_one()
    return revision


def _columns(answer: Answer) -> dict[str, Answer | None]:
    if isinstance(answer, str):
        return {"score": None, "cannot_say": answer}
    return {"score": answer, "cannot_say": None}


def _dialect() -> str:
    return db.engine.dialect.name
