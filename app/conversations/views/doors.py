"""How every page gets its conversation: as one of the two, or not at all."""

from __future__ import annotations

from flask import abort, redirect, request, url_for

from app.access import actor, authorize, can_hold_conversation, can_read_conversation
from app.conversations import queries
from app.conversations.models import Conversation

ADDRESS = "/gesprekken/<int:conversation_id>"


def to_read(conversation_id: int) -> Conversation:
    """For a page that shows it. 404 for anybody but the two."""
    found = queries.conversation_of(actor(), conversation_id)
    authorize(found is not None and can_read_conversation(actor(), found, found.person))
    assert found is not None
    return found


def to_work_in(conversation_id: int) -> Conversation:
    """For a page with a form; held while it is changed. 404 for whoever may not change it; to the page that says so
    when it was called off.
    """
    changes = request.method == "POST"
    find = queries.conversation_to_change if changes else queries.conversation_of
    found = find(actor(), conversation_id)
    authorize(found is not None and can_hold_conversation(actor(), found, found.person))
    assert found is not None
    if found.called_off:
        abort(redirect(url_for("conversations.talk", conversation_id=conversation_id), 303))
    return found
