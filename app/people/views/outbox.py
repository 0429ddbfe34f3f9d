"""What is to be sent and what became of it; in the demo to be read, elsewhere not more than needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, render_template
from flask_babel import gettext as _

from app.access import Role, actor, authorize, can_read_message, needs
from app.accounts import links
from app.accounts.links import LinkState
from app.messages import queries
from app.messages.letters import Brief, Letter, briefs, compose, letter
from app.messages.models import Message
from app.organisations import queries as organisations
from app.people.views import bp
from app.web import mail_leaves


@dataclass(frozen=True, slots=True)
class Sent:
    """A message, with its letter if that stands in the list, whether the beheerder may read it, and what became of its
    link if it holds one. `brief`: of a letter of a round.
    """

    message: Message
    letter: Letter | None
    readable: bool
    link: LinkState | None
    brief: Brief | None


@bp.get("/beheer/postvak")
@needs(Role.BEHEERDER)
def outbox() -> str:
    """Letters of a round, which take a look at the round each, are opened one by one. The latest comes first."""
    organisation = organisations.organisation(actor().organisation_id)
    messages = queries.outbox(organisation.id, whole=organisation.demo)
    states = links.states({str(message.arguments["link"]) for message in messages if "link" in message.arguments})
    told = briefs([message for message in messages if message.concerns is not None])
    sent = [
        Sent(message, compose(message) if message.concerns is None else None,
             can_read_message(actor(), message, organisation.demo), states.get(str(message.arguments.get("link"))),
             told.get(message.id))
        for message in messages
    ]
    stuck = mail_leaves() and not organisation.demo and queries.is_stuck(organisation.id)
    return render_template("messages/outbox.html", sent=sent, demo=organisation.demo, stuck=stuck, kinds=_kinds(),
                           LinkState=LinkState)


@bp.get("/beheer/postvak/<int:message_id>")
@needs(Role.BEHEERDER)
def message(message_id: int) -> str:
    organisation = organisations.organisation(actor().organisation_id)
    found = queries.message(organisation.id, message_id)
    if found is None:
        abort(404)
    authorize(can_read_message(actor(), found, organisation.demo))
    return render_template("messages/message.html", message=found, letter=letter(found),
                           kind=_kinds().get(found.template.split("_")[0], _("Bericht")))


def _kinds() -> Mapping[str, str]:
    """What a letter that concerns something is about, by the first word of its template."""
    return {
        "ask": _("Vraag om feedback"),
        "remind": _("Herinnering"),
        "longer": _("Meer tijd om te antwoorden"),
        "choose": _("Kies wie je vraagt"),
        "choice": _("Over een keuze van mensen"),
        "addresses": _("Niet iedereen is bereikt"),
        "stopped": _("De ronde gaat niet door"),
        "profile": _("Je profiel is klaar"),
        "thanks": _("Bedankt voor de feedback"),
        "conversation": _("Over een gesprek"),
        "plan": _("Over een ontwikkelplan"),
        "check": _("Over een tussenstand"),
        "actions": _("Over acties"),
        "buddy": _("Over een maatje"),
        "share": _("Over een gedeeld profiel"),
        "training": _("Over een opleiding"),
    }
