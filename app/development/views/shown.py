"""A plan by itself: as whoever accompanies her reads it, and as she reads one of earlier. What both do with it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_agree_plan, can_read_plan, can_use_plan, needs
from app.development.goals import words as goal_words
from app.development.goals.reading import Shown, shown_effects
from app.development.models import Plan
from app.development.plans import agreeing
from app.development.plans import words as plan_words
from app.development.plans.agreeing import Outdated
from app.development.plans.forms import ConfirmForm, RemarkForm, ReopenForm
from app.development.plans.lifecycle import Move, MoveRefused, PlanState
from app.development.plans.page import PlanPage, shown_page
from app.development.plans.queries import plan_to_change, plan_to_read
from app.development.views import bp
from app.development.views.plan import ADDRESS, confirm_form, plan_page
from app.profiles.round_labels import figure

Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs()
def shown_plan(plan_id: int) -> str:
    plan = plan_to_read(actor(), plan_id)
    authorize(plan is not None and can_read_plan(actor(), plan, plan.person))
    assert plan is not None
    page = _shown(plan)
    return _render(page, shown=shown_effects(actor(), plan, page.cards))


@bp.post(f"{ADDRESS}/{Move.CONFIRM}")
@needs()
def confirm_plan(plan_id: int) -> Response | Page:
    plan = _plan_of_both(plan_id)
    form = ConfirmForm()
    try:
        agreed = agreeing.confirm(plan, actor().person_id, form.seen)
    except MoveRefused as refusal:
        return _refused(plan, plan_words.refused(refusal, plan.state))
    except Outdated:
        return _refused(plan, _("Er is intussen iets veranderd in het plan. Lees het na en bevestig dan opnieuw."))
    if agreed:
        flash(_("Het plan is vastgesteld."))
    else:
        flash(_("Jij hebt bevestigd. Nu %(name)s nog.", name=_other(plan)))
    return _back(plan)


@bp.post(f"{ADDRESS}/opmerking")
@needs()
def remark_on_plan(plan_id: int) -> Response | Page:
    plan = plan_to_change(actor(), plan_id)
    authorize(plan is not None and can_agree_plan(actor(), plan, plan.person))
    assert plan is not None
    form = RemarkForm()
    if not form.validate():
        return _page(plan, remark=form), 422
    try:
        agreeing.remark(plan, actor().person_id, form.remark.data)
    except MoveRefused as refusal:
        return _page(plan, plan_words.refused(refusal, plan.state), remark=form), 409
    flash(_("%(name)s leest je opmerking, en krijgt er een mail over.", name=plan.person.first_name))
    return _back(plan)


@bp.post(f"{ADDRESS}/{Move.REOPEN}")
@needs()
def reopen_plan(plan_id: int) -> Response | Page:
    plan = _plan_of_both(plan_id)
    form = ReopenForm()
    if not form.validate():
        return _where_it_stands(plan, reopen=form), 422
    try:
        agreeing.reopen(plan, actor().person_id, form.why.data)
    except MoveRefused as refusal:
        return _where_it_stands(plan, plan_words.refused(refusal, plan.state), form), 409
    flash(plan_words.told(Move.REOPEN, _other(plan)))
    return _back(plan)


def _plan_of_both(plan_id: int) -> Plan:
    """A plan held, of which this actor is one of the two; 404 otherwise."""
    found = plan_to_change(actor(), plan_id)
    authorize(found is not None and (can_use_plan(actor(), found) or can_agree_plan(actor(), found, found.person)))
    assert found is not None
    return found


def _own(plan: Plan) -> bool:
    return can_use_plan(actor(), plan)


def _other(plan: Plan) -> str:
    """The other of the two, by first name."""
    other = plan.partner if _own(plan) else plan.person
    return other.first_name if other else _("de ander")


def _shown(plan: Plan) -> PlanPage:
    return shown_page(actor(), plan)


def _page(plan: Plan, refusal: str = "", reopen: ReopenForm | None = None, remark: RemarkForm | None = None) -> str:
    """After something that was sent; it tells no scores to whoever accompanies her."""
    return _render(_shown(plan), refusal, reopen, remark=remark)


def _render(page: PlanPage, refusal: str = "", reopen: ReopenForm | None = None,
            shown: Shown | None = None, remark: RemarkForm | None = None) -> str:
    return render_template(
        "development/shown.html", page=page, refusal=refusal, words=plan_words, goals=goal_words, shown=shown,
        figure=figure, confirm_form=confirm_form(page), reopen=reopen or ReopenForm(formdata=None),
        remark=remark or RemarkForm(formdata=None),
    )


def _refused(plan: Plan, told: str) -> Page:
    return _where_it_stands(plan, told), 409


def _where_it_stands(plan: Plan, refusal: str = "", reopen: ReopenForm | None = None) -> str:
    """The page with the forms of this plan: that of her plan has those of the one that she is busy with."""
    if _own(plan) and plan.state != PlanState.FINISHED:
        return plan_page(refusal, reopen=reopen)
    return _page(plan, refusal, reopen)


def _back(plan: Plan) -> Response:
    address = url_for("development.plan") if _own(plan) else url_for("development.shown_plan", plan_id=plan.id)
    return redirect(address, 303)
