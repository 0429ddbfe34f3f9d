"""What waits to be sent, until sending is set up."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template

from app.access import Role, actor, can_read_message, needs
from app.accounts import links
from app.accounts.links import LinkState
from app.messages import queries
from app.messages.letters import Letter, letter
from app.organisations import queries as organisations
from app.people.views import bp


@dataclass(frozen=True, slots=True)
class Waiting:
    """A letter, whether the beheerder may read it, and what became of its link if it holds one."""

    letter: Letter
    readable: bool
    link: LinkState | None


@bp.get("/beheer/postvak")
@needs(Role.BEHEERDER)
def outbox() -> str:
    organisation = organisations.organisation(actor().organisation_id)
    messages = queries.outbox(organisation.id)
    states = links.states({str(message.arguments["link"]) for message in messages if "link" in message.arguments})
    waiting = [
        Waiting(written, can_read_message(actor(), message, organisation.demo),
                states.get(str(message.arguments.get("link"))))
        for message in messages
        if (written := letter(message))
    ]
    return render_template("messages/outbox.html", waiting=waiting, demo=organisation.demo, LinkState=LinkState)
