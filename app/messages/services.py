"""Putting something in the outbox, and taking it out."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete

from app.db import db, mark
from app.messages.models import Message
from app.web.formats import now

AT_ONCE = dt.timedelta(0)
CORRECTING = dt.timedelta(minutes=5)     # ours: so long somebody can put right what she did before it is told
PUT = "messages put"        # in a session's info: what this transaction puts is to be delivered after its commit


def put(
    organisation_id: int, template: str, recipient: str, *, concerns: str | None = None,
    wait: dt.timedelta = AT_ONCE, **arguments: str | int
) -> Message:
    """Something is to be sent, at once or after a while, if this transaction succeeds.

    `template` names a file in templates/messages/. `concerns`: what it is about, to withdraw it with.
    """
    message = Message(
        organisation_id=organisation_id,
        template=template,
        recipient=recipient,
        arguments=arguments,
        created_at=now(),
        concerns=concerns,
        due_at=now() + wait,
        attempts=0,
    )
    db.session.add(message)
    db.session.flush()
    mark(PUT)
    return message


def withdraw(organisation_id: int, concerns: str) -> None:
    """Everything about this leaves the outbox, sent or not; what the mail server has cannot be called back."""
    db.session.execute(
        delete(Message).where(Message.organisation_id == organisation_id, Message.concerns == concerns)
    )
