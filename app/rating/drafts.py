"""What was answered and not sent: a sealed box per answer, which a copy of the database does not open.

An answer that is taken back leaves an empty box behind: a copy does not tell what was withdrawn from what was said.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from app.db import db
from app.rating import packing, queries, statements
from app.rating.packing import Value
from app.rating.queries import Asked
from app.rating.sealing import Tampered, open_box, seal


def kept(asked: Asked) -> Mapping[str, Value]:
    """What she answered so far, by item. A box that was tampered with counts as no answer, and is logged."""
    key = _key(asked)
    answers = {}
    for item, box in db.session.execute(statements.drafts(), {"of": asked.invitation_id}):
        try:
            value = packing.unpack_item(item, open_box(key, box, _place(asked, item)))
        except Tampered:
            current_app.logger.error("a draft of round %s does not open", asked.round_id)
            continue
        if value is not None:
            answers[item] = value
    return answers


def save(asked: Asked, changes: Mapping[str, Value | None]) -> None:
    """Keeps these answers, each by itself, whatever else was saved meanwhile; None or '' takes one back.

    Raises ValueError for what cannot be an answer to what she is asked, and what queries.find raises when that holds
    now: after sending and after the closing nothing is kept.
    """
    codes = packing.codes(asked.catalog, asked.group, asked.question_set)
    for item, value in changes.items():
        known = item in codes or item in packing.OPEN_QUESTIONS
        if not (packing.allows(codes, asked.group, item, value) if value is not None else known):
            raise ValueError(f"{item!r} is not asked, or cannot be answered so")
    if not changes:
        return
    hold(asked, to_send=False)
    key = _key(asked)
    boxes = [
        {
            "organisation_id": asked.organisation_id,
            "invitation_id": asked.invitation_id,
            "item": item,
            "box": seal(key, packing.pack_item(item, value), _place(asked, item), packing.length_of(item)),
        }
        for item, value in sorted(changes.items())      # in one order, so that two who save never wait for each other
    ]
    db.session.execute(statements.put_draft(db.engine.dialect.name), boxes)


def destroy(asked: Asked) -> None:
    """Throws away what was not sent: for somebody who would rather not."""
    db.session.execute(statements.drop_drafts(), {"of": asked.invitation_id})


def hold(asked: Asked, *, to_send: bool) -> None:
    """Holds the invitation until the commit. Raises what queries.find raises, when it holds now."""
    row = db.session.execute(statements.hold(to_send=to_send), {"of": asked.invitation_id}).first()
    if row is None:
        raise queries.UnknownLink
    queries.check(row)


def _key(asked: Asked) -> bytes:
    key: bytes = current_app.config["SETTINGS"].key(f"draft {asked.public_id}")
    return key


def _place(asked: Asked, item: str) -> str:
    return f"{asked.organisation_id}/{asked.round_id}/{asked.invitation_id}/{asked.question_set}/{item}"
