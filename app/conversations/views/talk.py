"""The conversation itself: what both see, agree on, confirm and add."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, needs
from app.competencies.queries import framework_of
from app.conversations import agreeing
from app.conversations.agreeing import NotFixedYet, NothingWritten, TooEarly, agreed_in
from app.conversations.forms.talk import AdditionForm, AgreementForm, agreed_from, agreement_form, values_of
from app.conversations.models import Conversation
from app.conversations.neighbours import plans_shown
from app.conversations.page import page_of, works_together
from app.conversations.topics import Topic, topics_of
from app.conversations.views import bp
from app.conversations.views.doors import ADDRESS, to_read, to_work_in
from app.db import keep
from app.forms.merging import Merged, merge, read_marks

Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs()
def talk(conversation_id: int) -> Page:
    conversation = to_read(conversation_id)
    if conversation.called_off:
        return render_template("conversations/called_off.html", conversation=conversation,
                               other=conversation.other(actor().person_id))
    return _page(conversation)


@bp.post(ADDRESS)
@needs()
def write(conversation_id: int) -> Response | Page:
    """Keeps what was typed, with what the other wrote meanwhile; with the button of the confirming, confirms it too."""
    conversation = to_work_in(conversation_id)
    catalog = framework_of(conversation.framework_version_id).catalog
    topics = topics_of(catalog)
    form = agreement_form(catalog, topics)
    stored = values_of(agreed_in(conversation), topics)
    behind = form.seen != conversation.revision
    mine = {**stored, **form.values}
    merged = merge(read_marks(form.shown.data or ""), mine, stored) if behind else Merged(mine, frozenset())
    if conversation.fixed:
        return _fixed_meanwhile(conversation, merged.values, stored, topics)
    if not form.validate():
        return _page(conversation, 422, form=form)
    confirmed = merged.values == stored and agreeing.confirmed_by(conversation, actor().person_id)
    if merged.torn or (behind and form.confirm.data and not confirmed):
        return _behind(conversation, form, merged, stored)
    took_back = agreeing.write_down(conversation, agreed_from(merged.values, topics))
    if form.confirm.data:
        keep()      # what is refused below was written all the same
        return _confirm(conversation)
    if merged.values != mine:
        flash(_("Bewaard, samen met wat er intussen bij kwam."))
    else:
        flash(_("Bewaard. Jullie zien het allebei."))
    if took_back:
        flash(_("Er is iets veranderd, dus bevestigen moet opnieuw, door jullie allebei."))
    return redirect(url_for("conversations.talk", conversation_id=conversation_id), 303)


@bp.post(f"{ADDRESS}/aanvulling")
@needs()
def add(conversation_id: int) -> Response | Page:
    conversation = to_work_in(conversation_id)
    form = AdditionForm()
    if not form.validate():
        return _page(conversation, 422, addition=form)
    try:
        agreeing.add(conversation, actor().person_id, form.text.data)
    except NotFixedYet:
        return _page(conversation, 409, addition=form, told=_(
            "Aanvullen kan als jullie het gesprek hebben vastgelegd. Nu kun je het er gewoon bij schrijven."))
    flash(_("Je aanvulling staat erbij."))
    return redirect(url_for("conversations.talk", conversation_id=conversation_id, _anchor="aanvullingen"), 303)


def _confirm(conversation: Conversation) -> Response | Page:
    if not works_together(conversation):
        return _page(conversation, 409, told=_(
            "%(name)s en jij werken niet meer zo samen. Dit gesprek kan niet meer worden vastgelegd.",
            name=_other(conversation)))
    try:
        fixed = agreeing.confirm(conversation, actor().person_id)
    except NothingWritten:
        return _page(conversation, 422, told=_(
            "Er staat nog niets om vast te leggen. Schrijf op wat jullie bespraken, of kies een niveau."))
    except TooEarly:
        return _page(conversation, 422, told=_(
            "Vastleggen kan vanaf de dag van het gesprek. Wat je opschreef, is bewaard."))
    if fixed:
        flash(_("Het gesprek is vastgelegd."))
    else:
        flash(_("Jij hebt bevestigd. Nu %(name)s nog.", name=_other(conversation)))
    return redirect(url_for("conversations.talk", conversation_id=conversation.id), 303)


def _behind(conversation: Conversation, form: AgreementForm, merged: Merged, stored: Mapping[str, str]) -> Page:
    """The form again with both texts, from which she can go on."""
    catalog = framework_of(conversation.framework_version_id).catalog
    again = agreement_form(catalog, form.topics, merged.values, conversation.revision, stored)
    torn = {name: stored[name] for name in merged.torn}
    if torn:
        told = _("Er is intussen ook ergens anders iets geschreven. Er is niets kwijt: je ziet hieronder wat je net "
                 "typte, en wat er nu staat. Maak er één tekst van en bewaar opnieuw.")
    else:
        told = _("Er is intussen iets veranderd. Lees het na en bevestig dan opnieuw.")
    return _page(conversation, 409, form=again, torn=torn, told=told)


def _fixed_meanwhile(
    conversation: Conversation, wanted: Mapping[str, str], stored: Mapping[str, str], topics: tuple[Topic, ...]
) -> Response | Page:
    """What she typed waits in the form of an addition; without any she pressed again, and hears what she wanted."""
    names = {topic.field: topic.name for topic in topics}
    typed = [f"{names[name]}: {value}" if name in names else value
             for name, value in wanted.items() if value and value != stored[name]]
    if not typed:
        flash(_("Het gesprek is vastgelegd."))
        return redirect(url_for("conversations.talk", conversation_id=conversation.id), 303)
    addition = AdditionForm(formdata=None, data={"text": "\n\n".join(typed)})
    return _page(conversation, 409, addition=addition, told=_(
        "Het gesprek is intussen vastgelegd. Wat je net typte, staat onderaan klaar als aanvulling."))


def _other(conversation: Conversation) -> str:
    return conversation.other(actor().person_id).first_name


def _page(conversation: Conversation, status: int = 200, *, form: AgreementForm | None = None, told: str = "",
          torn: Mapping[str, str] | None = None, addition: AdditionForm | None = None) -> Page:
    page = page_of(conversation, actor().person_id, form, torn)
    theirs = conversation.fixed and conversation.partner_id == actor().person_id
    plans = plans_shown(actor(), conversation.person_id) if theirs else ()
    return render_template("conversations/talk.html", page=page, told=told, plans=plans,
                           addition=addition or AdditionForm(formdata=None)), status
