"""What waits to be sent, until sending is set up."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, can_read_message, needs
from app.messages import queries
from app.messages.letters import letter
from app.organisations import queries as organisations
from app.people.views import bp


@bp.get("/beheer/postvak")
@needs(Role.BEHEERDER)
def outbox() -> str:
    organisation = organisations.organisation(actor().organisation_id)
    messages = queries.outbox(organisation.id)
    letters = [(letter(message), can_read_message(actor(), message, organisation.demo)) for message in messages]
    return render_template("messages/outbox.html", letters=letters, demo=organisation.demo)
