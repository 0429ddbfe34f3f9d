"""All conversations of whoever asks, and planning one."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_talk_with, needs
from app.competencies.queries import current_framework
from app.conversations import planning, queries
from app.conversations.agreeing import AlreadyFixed
from app.conversations.forms.talk import MomentForm, PlanForm
from app.conversations.models import Conversation
from app.conversations.planning import TakenOn
from app.conversations.queries import Partner
from app.conversations.views import bp
from app.conversations.views.doors import ADDRESS, to_work_in
from app.web.formats import AMSTERDAM

Page = str | tuple[str, int]


@bp.get("/gesprekken")
@needs()
def overview() -> str:
    found = queries.conversations_of(actor())
    return render_template(
        "conversations/overview.html",
        coming=[one for one in found if not one.fixed], past=[one for one in found if one.fixed],
        partners=queries.partners_for(actor()), me=actor().person_id,
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
    if not form.validate():
        return _moment_page(conversation, form, status=422)
    try:
        planning.move(conversation, form.at, form.place.data or "")
    except AlreadyFixed:
        return _moment_page(conversation, form, status=409)
    flash(_("Dag en plaats zijn bewaard."))
    return redirect(url_for("conversations.talk", conversation_id=conversation_id), 303)


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
    return planning.plan(person, actor().person_id, version_id, form.at, form.place.data or "", part)


def _new_page(form: PlanForm, told: str = "", status: int = 200) -> Page:
    return render_template("conversations/new.html", form=form, told=told), status


def _moment_page(conversation: Conversation, form: MomentForm, status: int = 200) -> Page:
    return render_template("conversations/moment.html", conversation=conversation, form=form,
                           other=conversation.other(actor().person_id)), status
