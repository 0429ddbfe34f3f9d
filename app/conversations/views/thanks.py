"""A word of thanks to everyone who was asked."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import actor, authorize, needs
from app.conversations import thanking
from app.conversations.forms.talk import ThanksForm
from app.conversations.models import Conversation
from app.conversations.thanking import AlreadyThanked, NotYet
from app.conversations.views import bp
from app.conversations.views.doors import ADDRESS, to_work_in
from app.messages.letters import compose
from app.messages.models import Message
from app.people.queries import own_organisation
from app.web.formats import now

Page = str | tuple[str, int]


@bp.get(f"{ADDRESS}/dank")
@needs()
def thanks(conversation_id: int) -> Page:
    return _page(_own(conversation_id), ThanksForm(formdata=None))


@bp.post(f"{ADDRESS}/dank")
@needs()
def thank(conversation_id: int) -> Response | Page:
    """First what the letter will look like; sent only by the button below that."""
    conversation = _own(conversation_id)
    form = ThanksForm()
    if not form.validate():
        return _page(conversation, form, 422)
    if not form.send.data:
        return _page(conversation, form, preview=True)
    try:
        people = thanking.send(conversation, form.text.data)
    except (AlreadyThanked, NotYet):
        return _page(conversation, form, 409)
    flash(ngettext("Je bericht gaat nu naar de ene persoon die je vroeg.",
                   "Je bericht gaat nu naar alle %(num)s mensen die je vroeg.", people))
    return redirect(url_for("conversations.thanks", conversation_id=conversation_id), 303)


def _own(conversation_id: int) -> Conversation:
    """Only she herself thanks whom she asked, and only about a round."""
    conversation = to_work_in(conversation_id)
    authorize(conversation.person_id == actor().person_id and conversation.part is not None)
    return conversation


def _page(conversation: Conversation, form: ThanksForm, status: int = 200, *, preview: bool = False) -> Page:
    letter = None
    if preview or conversation.thanked_at is not None:
        text = form.text.data if preview else conversation.thanks
        about = thanking.thanks_of(conversation, text, own_organisation())
        letter = compose(Message(template=thanking.TEMPLATE, recipient="", arguments={}, created_at=now()), about)
    page = render_template("conversations/thanks.html", conversation=conversation, form=form, letter=letter,
                           people=thanking.how_many(conversation))
    return page, status
