"""Sending: what was answered leaves its invitation for good."""

from __future__ import annotations

import base64
import hashlib
import hmac
from dataclasses import dataclass

from flask import current_app

from app.db import db
from app.rating import drafts, packing, statements
from app.rating.envelopes import Place, Sealer
from app.rating.models import random_key
from app.rating.queries import Asked


class NothingAnswered(Exception):
    """No statement was answered and nothing was written: there is nothing to send."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was sent: so many scores, so many times 'kan ik niet zeggen', so many texts.

    `code`: something to keep. It is made of what was sent and of the round, with a key of its own: who sent the same
    has the same code. It names nobody, and is stored nowhere.
    """

    code: str
    answered: int
    cannot_say: int
    comments: int


def send(asked: Asked) -> Receipt:
    """Seals the drafts in two envelopes, and forgets whose they were. Once: of two who send at once, one does.

    Holds the round and the invitation: what is sent while the round closes counts wholly or is refused wholly.
    Raises NothingAnswered, and what queries.find raises when that holds now (AlreadySent, RoundClosed, NotWanted).
    """
    db.session.execute(statements.hold_round(), {"of": asked.round_id})
    drafts.hold(asked, to_send=True)
    answers = drafts.kept(asked)
    codes = packing.codes(asked.catalog, asked.group, asked.question_set)
    packed = packing.pack(codes, answers)
    texts = tuple(str(answers.get(item, "")).strip() for item in packing.OPEN_QUESTIONS)
    if not any(packed) and not any(texts):
        raise NothingAnswered
    _seal(asked, packed, texts)
    db.session.execute(statements.mark_answered(), {"of": asked.invitation_id})
    db.session.execute(statements.drop_drafts(), {"of": asked.invitation_id})
    said = [answers[code] for code in codes if code in answers]
    return Receipt(
        code=_code(asked, packed, texts),
        answered=sum(isinstance(value, int) for value in said),
        cannot_say=sum(isinstance(value, str) for value in said),
        comments=sum(bool(text) for text in texts),
    )


def _seal(asked: Asked, packed: bytes, texts: tuple[str, ...]) -> None:
    sealer = Sealer(asked.round_id)
    of_scores, of_texts = (Place(asked.round_id, asked.part_id, asked.group, random_key()) for _ in range(2))
    row = {
        "organisation_id": asked.organisation_id,
        "round_subject_id": asked.part_id,
        "rater_group": asked.group,
    }
    scores = {"question_set": asked.question_set, "box": sealer.seal_scores(of_scores, asked.question_set, packed)}
    db.session.execute(statements.put_envelope(), {"id": of_scores.key, **row, **scores})
    words = sealer.seal_texts(of_texts, texts)
    db.session.execute(statements.put_comments(), {"id": of_texts.key, **row, "box": words})


def _code(asked: Asked, packed: bytes, texts: tuple[str, ...]) -> str:
    """Three times four letters and digits: 60 bits."""
    key = current_app.config["SETTINGS"].key("receipt")
    sent = f"{asked.part_id}/{asked.group}/{asked.question_set}/".encode() + packed + packing.pack_texts(texts)
    letters = base64.b32encode(hmac.digest(key, sent, hashlib.sha256)).decode()[:12]
    return "-".join(letters[at : at + 4] for at in range(0, 12, 4))
