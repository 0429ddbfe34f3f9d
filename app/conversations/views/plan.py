"""All conversations of whoever asks; planning one, moving it and calling it off."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_call_off, can_talk_with, needs
from app.competencies.queries import current_framework
from app.conversations import planning, queries
from app.conversations.agreeing import AlreadyFixed, something_written
from app.conversations.forms.talk import MomentForm, PlanForm
from app.conversations.models import Conversation
from app.conversations.neighbours import plans_shown
from app.conversations.planning import Held, TakenOn
from app.conversations.queries import Partner
from app.conversations.views import bp
from app.conversations.views.doors import ADDRESS, to_work_in
from app.web.formats import AMSTERDAM, now

Page = str | tuple[str, int]


@bp.get("/gesprekken")
@needs()
def overview() -> str:
    found, moment = queries.conversations_of(actor()), now()
    open = [one for one in found if not one.fixed and not one.called_off]
    passed = [one for one in open if one.planned_at and one.planned_at <= moment]
    return render_template(
        "conversations/overview.html",
        coming=[one for one in open if one not in passed], to_fix=passed,
        past=[one for one in found if one.fixed],
        off=[one for one in found if one.called_off and one.planned_at and one.planned_at > moment],
        partners=queries.partners_for(actor()), me=actor().person_id, plans=plans_shown(actor()),
    )


@bp.get("/gesprekken/nieuw")
@needs()
def new() -> Page:
    partners = _partners()
    return _new_page(_plan_form(partners, who=_asked_for(partners)))


@bp.post("/gesprekken/nieuw")
@needs()
def make() -> Response | Page:
    form = _plan_form(_partners())
    if not form.validate():
        return _new_page(form, status=422)
    try:
        conversation = _make(form, form.partners[form.who.data])
    except (TakenOn, AlreadyFixed):
        return _new_page(form, told=_("Over deze feedbackronde is er al een gesprek. Je vindt het bij Gesprekken."),
                         status=409)
    flash(_("Het gesprek staat klaar. Jullie kunnen je allebei voorbereiden."))
    return redirect(url_for("conversations.talk", conversation_id=conversation.id), 303)


@bp.get(f"{ADDRESS}/moment")
@needs()
def moment(conversation_id: int) -> Page:
    conversation = to_work_in(conversation_id)
    at = conversation.planned_at.astimezone(AMSTERDAM) if conversation.planned_at else None
    return _moment_page(conversation, MomentForm(
        formdata=None, data={"day": at and at.date(), "hour": at and at.time(), "place": conversation.place}
    ))


@bp.post(f"{ADDRESS}/moment")
@needs()
def move(conversation_id: int) -> Response | Page:
    conversation = to_work_in(conversation_id)
    form = MomentForm()
    form.had_day = conversation.planned_at is not None
    if not form.validate():
        return _moment_page(conversation, form, status=422)
    try:
        planning.move(conversation, form.at, form.place.data or "", actor().person_id)
    except AlreadyFixed:
        return _moment_page(conversation, form, status=409)
    flash(_("Dag en plaats zijn bewaard. %(name)s krijgt er een mail over.",
            name=conversation.other(actor().person_id).first_name))
    return redirect(url_for("conversations.talk", conversation_id=conversation_id), 303)


@bp.get(f"{ADDRESS}/afzeggen")
@needs()
def ask_call_off(conversation_id: int) -> Page:
    return _call_off_page(_to_call_off(conversation_id))


@bp.post(f"{ADDRESS}/afzeggen")
@needs()
def call_off(conversation_id: int) -> Response | Page:
    conversation = _to_call_off(conversation_id)
    seen = request.form.get("revision") == str(conversation.revision)
    if something_written(conversation) and not seen:
        return _call_off_page(conversation, told=_("Er is intussen iets opgeschreven. Lees het na, en kies opnieuw."),
                              status=409)
    try:
        planning.call_off(conversation, actor().person_id)
    except Held:
        return _call_off_page(conversation, status=409)
    flash(_("Het gesprek met %(name)s gaat niet door.", name=conversation.other(actor().person_id).name))
    return redirect(url_for("conversations.talk", conversation_id=conversation_id), 303)


def _to_call_off(conversation_id: int) -> Conversation:
    """404 for whoever does not plan it."""
    conversation = to_work_in(conversation_id)
    authorize(can_call_off(actor(), conversation, conversation.person))
    return conversation


def _call_off_page(conversation: Conversation, told: str = "", status: int = 200) -> Page:
    return render_template("conversations/call_off.html", conversation=conversation,
                           to_come=planning.is_to_come(conversation), written=something_written(conversation),
                           told=told,
                           other=conversation.other(actor().person_id)), status


def _partners() -> Sequence[Partner]:
    """404 for whoever has nobody to plan a conversation with."""
    partners = queries.partners_for(actor())
    authorize(bool(partners))
    return partners


def _plan_form(partners: Sequence[Partner], *, who: str | None = None) -> PlanForm:
    form = PlanForm(formdata=None, data={"who": who}) if request.method == "GET" else PlanForm()
    form.offer_partners(partners)
    return form


def _asked_for(partners: Sequence[Partner]) -> str | None:
    """Whom the address names (?wie=12): the first there is to talk about with her."""
    return next((partner.key for partner in partners if str(partner.person_id) == request.args.get("wie")), None)


def _make(form: PlanForm, partner: Partner) -> Conversation:
    person = queries.person_to_talk_with(actor(), partner.person_id)
    authorize(person is not None and can_talk_with(actor(), person))
    assert person is not None
    part = queries.part_to_talk_about(actor(), partner.part_id) if partner.part_id is not None else None
    version_id = part.round.framework_version_id if part else current_framework().version_id
    return planning.plan(person, actor().person_id, version_id, form.at, form.place.data or "", part,
                         by=actor().person_id)


def _new_page(form: PlanForm, told: str = "", status: int = 200) -> Page:
    return render_template("conversations/new.html", form=form, told=told), status


def _moment_page(conversation: Conversation, form: MomentForm, status: int = 200) -> Page:
    return render_template("conversations/moment.html", conversation=conversation, form=form,
                           other=conversation.other(actor().person_id)), status
