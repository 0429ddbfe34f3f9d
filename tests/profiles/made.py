"""Self-assessments to read a profile from: in numbers alone, or begun and finished through the services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import time_machine
from flask import Flask

from app.access import Actor
from app.assessments import queries, services
from app.assessments.models import SelfAnswer, SelfNote
from app.competencies.catalog import Catalog
from app.competencies.queries import FunctionTargets
from app.competencies.seeding import read_framework
from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.profiles.figures import Figures, Taken, figures
from tests.support.builders import Persona

CATALOG: Catalog = read_framework()
Answers = Sequence[int | str | None]

SPRING = dt.datetime(2026, 3, 12, 9, tzinfo=dt.UTC)
AUTUMN = dt.datetime(2025, 9, 3, 9, tzinfo=dt.UTC)


def cells(scores: Mapping[str, float]) -> tuple[Cell, ...]:
    return tuple(Cell(Group.SELF, code, 1, score) for code, score in scores.items())


def taken(scores: Mapping[str, float], question_set: str = "tweede", catalog: Catalog = CATALOG) -> Taken:
    return Taken(catalog, question_set, cells(scores))


def figures_of(
    scores: Mapping[str, float],
    question_set: str = "tweede",
    *,
    targets: Mapping[str, float] | None = None,
    importances: Mapping[str, int] | None = None,
    earlier: Taken | None = None,
) -> Figures:
    """The figures of these competency scores; every target is 3.5 and every importance 3 unless said otherwise."""
    asked = FunctionTargets("proef", targets or {}, importances or {})
    return figures(taken(scores, question_set), asked, earlier)


@dataclass(frozen=True)
class Told:
    """What is said of one competency: an answer per statement, in order; a word is a reason, None is skipped."""

    answers: Answers
    remark: str = ""
    look_back: int | None = None


def measure(
    app: Flask,
    person: Persona,
    question_set: str = "tweede",
    told: Mapping[str, Told] | None = None,
    *,
    rest: int | None = 3,
    at: dt.datetime = SPRING,
) -> int:
    """A finished self-assessment, and the number of its measurement; what is not told gets `rest` everywhere."""
    told = told or {}
    with app.app_context(), time_machine.travel(at, tick=False):
        actor = Actor(person.id, person.organisation_id, person.roles, frozenset())
        begun = services.begin(actor, question_set)
        assessment = queries.assessment(begun.assessment_id, person.organisation_id)
        assert assessment is not None
        questionnaire = queries.questionnaire_of(assessment)
        own = {"organisation_id": person.organisation_id, "assessment_id": assessment.id}
        for page in questionnaire.pages:
            code = page.competency.code
            said = told.get(code, Told([rest] * len(page.indicators)))
            for indicator, answer in zip(page.indicators, said.answers, strict=True):
                if answer is not None:
                    score, reason = (answer, None) if isinstance(answer, int) else (None, answer)
                    db.session.add(SelfAnswer(**own, indicator_code=indicator.code, score=score, cannot_say=reason))
            if said.remark or said.look_back:
                db.session.add(SelfNote(**own, competency_code=code, remark=said.remark, look_back=said.look_back))
        db.session.flush()
        made = services.finish(assessment, questionnaire)
        db.session.commit()
        return made
