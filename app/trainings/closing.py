"""Closing the evaluation of a session, the day after its last: from envelopes to means, sums and words.

Wholly in one transaction: its envelopes are opened and shuffled, what came of it is stored, the envelopes go, and who
answered is forgotten. Of fewer than five answers nothing is kept, not even how many there were.
"""

from __future__ import annotations

import random

from sqlalchemy import insert, select, update

from app.background import one_by_one
from app.db import db
from app.rating import wiping
from app.rating.models import random_key
from app.rating.remains import says_nothing
from app.trainings import envelopes
from app.trainings.envelopes import Kind
from app.trainings.evaluation import together
from app.trainings.lifecycle import SessionState
from app.trainings.models import Enrolment, EvaluationOutcome, EvaluationRemark, TrainingSession
from app.web.formats import today

WIPED = ("training_envelope", "training_remark", "enrolment")
_DUE = (
    TrainingSession.state == SessionState.HELD,
    ~select(EvaluationOutcome.session_id).where(EvaluationOutcome.session_id == TrainingSession.id).exists(),
)


def close_due() -> None:
    """Every evaluation whose last day is over in the Netherlands. Commits as it goes, and wipes what was deleted."""
    due = db.session.scalars(
        select(TrainingSession.id).where(*_DUE, TrainingSession.evaluate_until < today()).order_by(TrainingSession.id)
    ).all()
    db.session.commit()
    one_by_one(due, close, "the evaluation of session %s could not be closed")
    if due:
        wiping.wipe()


def close(session_id: int) -> None:
    """One of them, unless that was done or its last day is not over. Flushes only."""
    session = db.session.scalar(
        select(TrainingSession)
        .where(TrainingSession.id == session_id, *_DUE, TrainingSession.evaluate_until < today())
        .with_for_update().execution_options(populate_existing=True)
    )
    if session is None:
        return
    chance = random.SystemRandom()
    found = envelopes.take_all(session)
    words = [text for text in (content.decode() for content in found[Kind.WORDS]) if not says_nothing(text)]
    chance.shuffle(words)
    outcome = together([tuple(content) for content in found[Kind.SCORES]], words)
    own = {"organisation_id": session.organisation_id, "session_id": session.id}
    db.session.add(EvaluationOutcome(**own, answers=outcome and outcome.answers,
                                     sums=list(outcome.sums) if outcome else None))
    db.session.execute(update(Enrolment).where(Enrolment.session_id == session.id).values(evaluated=False))
    db.session.flush()
    if outcome and outcome.words:
        keys = sorted(random_key() for _ in outcome.words)
        db.session.execute(insert(EvaluationRemark), [
            {**own, "id": key, "text": text} for key, text in zip(keys, outcome.words, strict=True)
        ])  # fmt: skip
