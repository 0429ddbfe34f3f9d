"""Putting something in the outbox."""

from __future__ import annotations

from app.db import db
from app.messages.models import Message
from app.web.formats import now


def put(organisation_id: int, template: str, recipient: str, **arguments: str | int) -> Message:
    """Something is to be sent, if this transaction succeeds. `template` names a file in templates/messages/."""
    message = Message(
        organisation_id=organisation_id,
        template=template,
        recipient=recipient,
        arguments=arguments,
        created_at=now(),
    )
    db.session.add(message)
    db.session.flush()
    return message
