"""Preparing a conversation, each on one's own: the three questions, and for the partner the gespreksgids.

These are pages of their own, so that the page of the conversation can lie open between the two.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_hold_conversation, needs
from app.conversations import agreeing, queries
from app.conversations.agreeing import AlreadyFixed
from app.conversations.forms.talk import PreparationForm
from app.conversations.guiding import guide_for
from app.conversations.models import Conversation
from app.conversations.views import bp
from app.conversations.views.doors import ADDRESS, to_work_in

Page = str | tuple[str, int]
SAID = {"ja": True, "nee": False}       # by which button it was sent; without one nothing changes in who sees it


@bp.get(f"{ADDRESS}/voorbereiding")
@needs()
def preparation(conversation_id: int) -> Page:
    conversation = to_work_in(conversation_id)
    own = agreeing.preparation_of(conversation, actor().person_id)
    return _page(conversation, PreparationForm(formdata=None, obj=own).begun())


@bp.post(f"{ADDRESS}/voorbereiding")
@needs()
def prepare(conversation_id: int) -> Response | Page:
    conversation = to_work_in(conversation_id)
    own = agreeing.preparation_of(conversation, actor().person_id)
    form = PreparationForm()
    if not form.merge(PreparationForm(formdata=None, obj=own)):
        return _page(conversation, form, 409)
    if not form.validate():
        return _page(conversation, form, 422)
    shared = SAID.get(request.form.get("share", ""), own is not None and own.shared)
    try:
        agreeing.prepare(conversation, actor().person_id, form.prepared(shared=shared))
    except AlreadyFixed:
        return _page(conversation, form, 409)
    other = conversation.other(actor().person_id).first_name
    if shared:
        flash(_("Je voorbereiding is bewaard. %(name)s kan haar lezen.", name=other))
    else:
        flash(_("Je voorbereiding is bewaard. Alleen jij ziet haar.", name=other))
    return redirect(url_for("conversations.preparation", conversation_id=conversation_id), 303)


@bp.get(f"{ADDRESS}/gids")
@needs()
def guide(conversation_id: int) -> str:
    """For the partner: 404 for she herself, to whom it would say what the other may ask."""
    found = queries.heading_of(actor(), conversation_id)
    authorize(
        found is not None
        and actor().person_id == found.partner_id
        and can_hold_conversation(actor(), found, found.person)
    )
    assert found is not None
    return render_template("conversations/guide.html", conversation=found, found=guide_for(actor(), found))


def _page(conversation: Conversation, form: PreparationForm, status: int = 200) -> Page:
    page = render_template(
        "conversations/preparation.html", conversation=conversation, form=form,
        own=agreeing.preparation_of(conversation, actor().person_id), other=conversation.other(actor().person_id),
        guided=actor().person_id == conversation.partner_id,
    )
    return page, status
