"""Reading the outbox."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import select

from app.db import db
from app.messages.models import Message
from app.web.formats import now

STUCK_AFTER = dt.timedelta(hours=1)


def outbox(organisation_id: int, *, whole: bool, most: int = 200) -> list[Message]:
    """What an organisation has to send or sent, the newest first; unless `whole`, without what concerns a round."""
    return list(
        db.session.scalars(
            select(Message)
            .where(Message.organisation_id == organisation_id, *(() if whole else (Message.concerns.is_(None),)))
            .order_by(Message.created_at.desc(), Message.id.desc())
            .limit(most)
        )
    )


def message(organisation_id: int, message_id: int) -> Message | None:
    return db.session.scalar(
        select(Message).where(Message.organisation_id == organisation_id, Message.id == message_id)
    )


def is_stuck(organisation_id: int) -> bool:
    """Whether something has waited for an hour and nobody even tried: the mail server, or the worker, is not there."""
    waiting = select(Message.id).where(
        Message.organisation_id == organisation_id,
        Message.attempts == 0,
        Message.due_at < now() - STUCK_AFTER,
    )
    return db.session.scalar(waiting.limit(1)) is not None
