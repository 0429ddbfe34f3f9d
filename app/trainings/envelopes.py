"""Sealing what somebody thought of a session, and opening it: scores and words apart, by rating's boxes.

A box is bound to its row, its session and its kind: what is moved or laid in twice does not open. The key of a session
is derived from the secret; the database does not hold it.
"""

from __future__ import annotations

import enum
import logging

from flask import current_app
from sqlalchemy import select

from app.db import db
from app.rating.models import random_key
from app.rating.sealing import Tampered, open_box, seal
from app.trainings.evaluation import MOST_WORDS, STATEMENTS
from app.trainings.models import EvaluationEnvelope, TrainingSession


class Kind(enum.StrEnum):
    SCORES = "scores"
    WORDS = "words"


LENGTHS = {Kind.SCORES: STATEMENTS, Kind.WORDS: 4 * MOST_WORDS}     # bytes, whatever is in it
_log = logging.getLogger(__name__)


def put(session: TrainingSession, kind: Kind, content: bytes) -> None:
    """One more envelope, under a key by chance."""
    key = random_key()
    box = seal(_key(session), content, _belongs_to(session, kind, key), LENGTHS[kind])
    db.session.add(EvaluationEnvelope(id=key, organisation_id=session.organisation_id, session_id=session.id,
                                      kind=kind, box=box))


def take_all(session: TrainingSession) -> dict[Kind, list[bytes]]:
    """What is in all of them, by kind; they are gone. One that was tampered with counts as none, and is logged."""
    found: dict[Kind, list[bytes]] = {kind: [] for kind in Kind}
    for row in db.session.scalars(
        select(EvaluationEnvelope)
        .where(EvaluationEnvelope.session_id == session.id,
               EvaluationEnvelope.organisation_id == session.organisation_id)
    ):
        try:
            kind = Kind(row.kind)
            found[kind].append(open_box(_key(session), row.box, _belongs_to(session, kind, row.id)))
        except (Tampered, ValueError):
            _log.error("an envelope with an evaluation of session %s does not open", session.id)
        db.session.delete(row)
    db.session.flush()
    return found


def _key(session: TrainingSession) -> bytes:
    key: bytes = current_app.config["SETTINGS"].key(f"evaluation {session.id}")
    return key


def _belongs_to(session: TrainingSession, kind: Kind, key: bytes) -> str:
    return f"evaluation/{session.organisation_id}/{session.id}/{kind}/{key.hex()}"
