"""Reading the outbox."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.messages.models import Message


def outbox(organisation_id: int, *, most: int = 200) -> list[Message]:
    """What an organisation has to send, the newest first."""
    return list(
        db.session.scalars(
            select(Message).where(Message.organisation_id == organisation_id).order_by(Message.id.desc()).limit(most)
        )
    )
