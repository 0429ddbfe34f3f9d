"""Keeping what somebody thought of a session, apart from who she is. Flushes only."""

from __future__ import annotations

import random

from sqlalchemy import select

from app.db import db
from app.trainings.evaluation import Answer, Outcome, over_sessions, together
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Evaluation, Training, TrainingSession
from app.trainings.session_queries import answers_of, enrolment_of
from app.web.formats import today


class NotNow(Exception):
    """She was not there, said it already, or it is too late."""


def can_evaluate(session: TrainingSession, enrolment: Enrolment | None) -> bool:
    return (
        enrolment is not None and enrolment.state == EnrolmentState.ATTENDED and not enrolment.evaluated
        and session.state == SessionState.HELD and session.evaluate_until is not None
        and today() <= session.evaluate_until
    )


def evaluate(session: TrainingSession, person_id: int, answer: Answer) -> None:
    """Once. The session is held, for all its answers are written anew, under new keys and in an order by chance: none
    of them is the latest, and none was written together with the mark that she answered. Raises NotNow.
    """
    enrolment = enrolment_of(session, person_id)
    if not can_evaluate(session, enrolment):
        raise NotNow
    assert enrolment is not None
    every = [answer]
    for row in _rows(session):
        every.append(Answer(tuple(row.scores), row.words))
        db.session.delete(row)
    db.session.flush()
    enrolment.evaluated = True
    random.SystemRandom().shuffle(every)
    for one in every:
        db.session.add(Evaluation(organisation_id=enrolment.organisation_id, session_id=enrolment.session_id,
                                  scores=list(one.scores), words=one.words))
    db.session.flush()


def outcome_of(session: TrainingSession) -> Outcome | None:
    """What was said of it, once nobody can say more; None while somebody can, and for fewer than five answers."""
    if not is_over(session):
        return None
    return together(Answer(tuple(row.scores), row.words) for row in _rows(session))


def is_over(session: TrainingSession) -> bool:
    """Whether nobody can evaluate it any more."""
    return session.state == SessionState.HELD and session.evaluate_until is not None and (
        session.evaluate_until < today())


def outcome_over(training: Training) -> Outcome | None:
    """Of all sessions of a training of which an outcome is shown."""
    found = answers_of(training)
    return over_sessions([Answer(tuple(row.scores), row.words) for row in rows] for rows in found.values())


def _rows(session: TrainingSession) -> list[Evaluation]:
    return list(db.session.scalars(
        select(Evaluation)
        .where(Evaluation.session_id == session.id, Evaluation.organisation_id == session.organisation_id)
        .order_by(Evaluation.id)
    ))
