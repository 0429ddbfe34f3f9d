"""Reading self-assessments. Answers are read here only for the person who gave them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import Select, bindparam, func, select

from app.access import Actor
from app.assessments.changes import Kept
from app.assessments.models import Measurement, SelfAnswer, SelfAssessment, SelfNote, StoredCell
from app.assessments.questionnaire import HALF_A_YEAR, SELF, Answer, Questionnaire
from app.assessments.shown import Finished, Overview, Question, ReadTopic, Running, Topic
from app.competencies.catalog import Asked
from app.competencies.queries import Framework, current_framework, framework_of
from app.db import db
from app.web.formats import now

_questionnaires: dict[tuple[int, str], Questionnaire] = {}

# What every page of the questionnaire asks, built once.
_ANSWERS = select(SelfAnswer.indicator_code, SelfAnswer.score, SelfAnswer.cannot_say).where(
    SelfAnswer.assessment_id == bindparam("of"), SelfAnswer.organisation_id == bindparam("organisation")
)
_NOTE = select(SelfNote.remark, SelfNote.look_back, SelfNote.revision).where(
    SelfNote.assessment_id == bindparam("of"),
    SelfNote.organisation_id == bindparam("organisation"),
    SelfNote.competency_code == bindparam("competency"),
)
_MEASURED_BEFORE = (
    select(func.max(Measurement.closed_at))
    .join(StoredCell, StoredCell.measurement_id == Measurement.id)
    .where(
        Measurement.organisation_id == bindparam("organisation"),
        Measurement.subject_id == bindparam("person"),
        Measurement.self_assessment_id.is_not(None),
        StoredCell.rater_group == SELF,
        StoredCell.item_code == bindparam("competency"),
    )
)


def assessment(assessment_id: int, organisation_id: int) -> SelfAssessment | None:
    """A self-assessment of this organisation; who may open it is up to access."""
    return db.session.scalar(
        select(SelfAssessment).where(
            SelfAssessment.id == assessment_id, SelfAssessment.organisation_id == organisation_id
        )
    )


def questionnaire_of(assessment: SelfAssessment) -> Questionnaire:
    """What is asked in it, in the version of the framework with which it was begun."""
    return _questionnaire(framework_of(assessment.framework_version_id), assessment.question_set)


def running_id(actor: Actor) -> int | None:
    """The self-assessment that this person is busy with."""
    return db.session.scalar(_running_of(actor).with_only_columns(SelfAssessment.id))


def running(actor: Actor, current: Framework | None = None) -> Running | None:
    """The same, with where she stopped and how long the rest will take. `current` saves reading the version that is
    mostly meant.
    """
    found = db.session.scalar(_running_of(actor))
    if found is None:
        return None
    if current is not None and current.version_id == found.framework_version_id:
        questionnaire = _questionnaire(current, found.question_set)
    else:
        questionnaire = questionnaire_of(found)
    answered = answers_of(found).keys()
    return Running(
        id=found.id,
        set_name=questionnaire.question_set.own_name,
        started_at=found.started_at,
        saved_at=found.saved_at,
        at=questionnaire.where_to_continue(answered),
        pages_done=len(questionnaire.complete(answered)),
        pages=len(questionnaire.pages),
        minutes_left=questionnaire.minutes_left(answered),
    )


def finished(actor: Actor) -> tuple[Finished, ...]:
    """What this person finished, the latest first."""
    names = {question_set.code: question_set.own_name for question_set in current_framework().catalog.question_sets}
    rows = db.session.execute(
        select(
            SelfAssessment.id,
            Measurement.id,
            SelfAssessment.question_set,
            SelfAssessment.finished_at,
            func.count(StoredCell.item_code),
        )
        .join(Measurement, Measurement.self_assessment_id == SelfAssessment.id)
        .outerjoin(StoredCell, (StoredCell.measurement_id == Measurement.id) & (StoredCell.rater_group == SELF))
        .where(SelfAssessment.organisation_id == actor.organisation_id, SelfAssessment.person_id == actor.person_id)
        .group_by(SelfAssessment.id, Measurement.id, SelfAssessment.question_set, SelfAssessment.finished_at)
        .order_by(SelfAssessment.finished_at.desc(), SelfAssessment.id.desc())
    )
    return tuple(
        Finished(id_, measurement_id, names.get(code, code), at, competencies)
        for id_, measurement_id, code, at, competencies in rows
        if at is not None
    )


def finished_recently(actor: Actor) -> dt.datetime | None:
    """When this person last finished one, when that is so short ago that a difference says little."""
    return db.session.scalar(
        select(func.max(SelfAssessment.finished_at)).where(
            SelfAssessment.organisation_id == actor.organisation_id,
            SelfAssessment.person_id == actor.person_id,
            SelfAssessment.finished_at > now() - HALF_A_YEAR,
        )
    )


def answers_of(assessment: SelfAssessment) -> dict[str, Answer]:
    """All answers of a running self-assessment, by indicator."""
    rows = db.session.execute(_ANSWERS, {"of": assessment.id, "organisation": assessment.organisation_id})
    return {code: answer for code, score, reason in rows if (answer := reason or score) is not None}


def kept(assessment: SelfAssessment, page: Asked) -> Kept:
    """What is stored of one page of a running self-assessment."""
    return _kept(page, answers_of(assessment), _note(assessment, page))


def question(assessment: SelfAssessment, questionnaire: Questionnaire, page: Asked) -> Question:
    """What the page of one competency shows."""
    answers = answers_of(assessment)
    return Question(
        page=page,
        aspect=questionnaire.catalog.aspect(page.competency.aspect).name,
        number=questionnaire.number(page),
        complete=questionnaire.complete(answers),
        minutes_left=questionnaire.minutes_left(answers),
        kept=_kept(page, answers, _note(assessment, page)),
        looked_back_at=measured_before(assessment, page.competency.code),
    )


def measured_before(assessment: SelfAssessment, competency: str) -> dt.datetime | None:
    """When this person's own view of this competency was last measured."""
    named = {"organisation": assessment.organisation_id, "person": assessment.person_id, "competency": competency}
    return db.session.scalar(_MEASURED_BEFORE, named)


def overview(assessment: SelfAssessment, questionnaire: Questionnaire) -> Overview:
    """How far each competency of a running self-assessment is."""
    answers, notes = answers_of(assessment), _notes(assessment)
    return Overview(
        topics=tuple(
            Topic(
                page=page,
                answered=sum(type(answers.get(i.code)) is int for i in page.indicators),
                cannot_say=sum(isinstance(answers.get(i.code), str) for i in page.indicators),
                skipped=questionnaire.open_in(page, answers),
                remark=page.competency.code in notes and bool(notes[page.competency.code].remark),
            )
            for page in questionnaire.pages
        ),
        go_on=questionnaire.first_untouched(answers),
        first_skipped=questionnaire.first_skipped(answers),
        minutes_left=questionnaire.minutes_left(answers),
        unscored=len(questionnaire.pages) - len(questionnaire.cells(answers)),
    )


def read(assessment: SelfAssessment, questionnaire: Questionnaire) -> tuple[ReadTopic, ...]:
    """A finished self-assessment, page by page."""
    answers, notes = assessment.answers or {}, _notes(assessment)
    return tuple(
        ReadTopic(
            page=page,
            answers={i.code: answers[i.code] for i in page.indicators if i.code in answers},
            remark=notes[page.competency.code].remark if page.competency.code in notes else "",
            look_back=notes[page.competency.code].look_back if page.competency.code in notes else None,
        )
        for page in questionnaire.pages
    )


def measurement_id_of(assessment: SelfAssessment) -> int | None:
    """The measurement that was made from a finished self-assessment."""
    return db.session.scalar(
        select(Measurement.id).where(
            Measurement.self_assessment_id == assessment.id,
            Measurement.organisation_id == assessment.organisation_id,
        )
    )


def _running_of(actor: Actor) -> Select[SelfAssessment]:
    return select(SelfAssessment).where(
        SelfAssessment.organisation_id == actor.organisation_id,
        SelfAssessment.person_id == actor.person_id,
        SelfAssessment.finished_at.is_(None),
    )


def _questionnaire(framework: Framework, code: str) -> Questionnaire:
    found = _questionnaires.get((framework.version_id, code))
    if found is None or found.catalog is not framework.catalog:
        found = _questionnaires[framework.version_id, code] = Questionnaire.of(framework.catalog, code)
    return found


def _notes(assessment: SelfAssessment) -> dict[str, SelfNote]:
    notes = db.session.scalars(
        select(SelfNote).where(
            SelfNote.assessment_id == assessment.id, SelfNote.organisation_id == assessment.organisation_id
        )
    )
    return {note.competency_code: note for note in notes}


def _note(assessment: SelfAssessment, page: Asked) -> Kept:
    """What is kept of a page besides its answers."""
    named = {"of": assessment.id, "organisation": assessment.organisation_id, "competency": page.competency.code}
    row = db.session.execute(_NOTE, named).first()
    return Kept() if row is None else Kept({}, *row)


def _kept(page: Asked, answers: Mapping[str, Answer], note: Kept) -> Kept:
    own = {i.code: answers[i.code] for i in page.indicators if i.code in answers}
    return Kept(own, note.remark, note.look_back, note.revision)
