"""Keeping what somebody thought of a session, apart from who she is, and reading what came of it. Flushes only."""

from __future__ import annotations

import random
from dataclasses import dataclass

from sqlalchemy import Select, select

from app.db import db
from app.trainings import envelopes
from app.trainings.enrolment_queries import enrolment_of
from app.trainings.envelopes import Kind
from app.trainings.evaluation import Answer, Outcome, over_sessions
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, EvaluationOutcome, EvaluationRemark, Training, TrainingSession
from app.web.formats import today


class NotNow(Exception):
    """She was not there, said it already, or it is too late."""


@dataclass(frozen=True, slots=True)
class Heard:
    """How the evaluation of a session stands. `counted`: it is closed, and what came of it is `outcome`, None of fewer
    than five answers.
    """

    counted: bool
    outcome: Outcome | None


def can_evaluate(session: TrainingSession, enrolment: Enrolment | None) -> bool:
    return (
        enrolment is not None and enrolment.state == EnrolmentState.ATTENDED and not enrolment.evaluated
        and session.state == SessionState.HELD and session.evaluate_until is not None
        and today() <= session.evaluate_until
    )


def evaluate(session: TrainingSession, person_id: int, answer: Answer) -> None:
    """Once. The session is held, for all its envelopes are made anew, under new keys: none of them is the latest, and
    of those that were written together with the mark that she answered nobody knows which is hers. Raises NotNow.
    """
    enrolment = enrolment_of(session, person_id)
    if not can_evaluate(session, enrolment):
        raise NotNow
    assert enrolment is not None
    every = envelopes.take_all(session)
    every[Kind.SCORES].append(bytes(answer.scores))
    every[Kind.WORDS].append(answer.words.encode())
    sealed = [(kind, content) for kind, contents in every.items() for content in contents]
    random.SystemRandom().shuffle(sealed)
    for kind, content in sealed:
        envelopes.put(session, kind, content)
    enrolment.evaluated = True
    db.session.flush()


def is_over(session: TrainingSession) -> bool:
    """Whether nobody can evaluate it any more."""
    return session.state == SessionState.HELD and session.evaluate_until is not None and (
        session.evaluate_until < today())


def heard_of(session: TrainingSession, *, words: bool) -> Heard:
    """Nothing before the evaluation is closed, and the same from then on. `words`: also what people wrote."""
    row = db.session.scalar(_outcomes(session.organisation_id).where(EvaluationOutcome.session_id == session.id))
    outcome = _outcome(row) if row else None
    if row is None or outcome is None:
        return Heard(row is not None, None)
    written = db.session.scalars(
        select(EvaluationRemark.text)
        .where(EvaluationRemark.session_id == session.id,
               EvaluationRemark.organisation_id == session.organisation_id)
        .order_by(EvaluationRemark.id)
    ).all() if words else ()
    return Heard(True, Outcome(outcome.answers, outcome.sums, tuple(written)))


def outcome_over(training: Training) -> Outcome | None:
    """Of all sessions of a training of which an outcome is shown."""
    rows = db.session.scalars(
        _outcomes(training.organisation_id)
        .join(TrainingSession, TrainingSession.id == EvaluationOutcome.session_id)
        .where(TrainingSession.training_id == training.id)
    )
    return over_sessions(outcome for row in rows if (outcome := _outcome(row)) is not None)


def _outcomes(organisation_id: int) -> Select[EvaluationOutcome]:
    return select(EvaluationOutcome).where(EvaluationOutcome.organisation_id == organisation_id)


def _outcome(row: EvaluationOutcome) -> Outcome | None:
    return None if row.answers is None else Outcome(row.answers, tuple(row.sums or ()))
