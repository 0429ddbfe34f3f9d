"""What is to be sent and what became of it; in the demo to be read, elsewhere not more than needed."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from app.access import Role, actor, can_read_message, needs
from app.accounts import links
from app.accounts.links import LinkState
from app.messages import queries
from app.messages.letters import Letter, compose, letter
from app.messages.models import Message
from app.organisations import queries as organisations
from app.people.views import bp
from app.web import mail_leaves


@dataclass(frozen=True, slots=True)
class Sent:
    """A message with its letter, whether the beheerder may read that, and what became of its link if it holds one."""

    message: Message
    letter: Letter
    readable: bool
    link: LinkState | None


@bp.get("/beheer/postvak")
@needs(Role.BEHEERDER)
def outbox() -> str:
    organisation = organisations.organisation(actor().organisation_id)
    messages = queries.outbox(organisation.id, whole=organisation.demo)
    states = links.states({str(message.arguments["link"]) for message in messages if "link" in message.arguments})
    sent = []
    for message in messages:
        link = states.get(str(message.arguments.get("link")))
        if written := compose(message) if link else letter(message):
            readable = can_read_message(actor(), message, organisation.demo)
            sent.append(Sent(message, written, readable, link))
    stuck = mail_leaves() and not organisation.demo and queries.is_stuck(organisation.id)
    return render_template("messages/outbox.html", sent=sent, demo=organisation.demo, stuck=stuck, LinkState=LinkState)
