"""The page of her plan, and what she does with it as a whole."""

from __future__ import annotations

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_plan, needs
from app.development.models import Plan
from app.development.plans import agreeing, planning
from app.development.plans import words as plan_words
from app.development.plans.forms import ConfirmForm, PeriodForm, PutForm, ReopenForm, period_form_of
from app.development.plans.lifecycle import Move, MoveRefused
from app.development.plans.page import PlanPage, own_page
from app.development.plans.planning import PeriodTaken, PlanIsFinished
from app.development.plans.queries import plan_to_change
from app.development.views import bp

Page = str | tuple[str, int]
ADDRESS = "/ontwikkelplan/van/<int:plan_id>"


@bp.get("/ontwikkelplan")
@needs(Role.BEGELEIDER)
def plan() -> str:
    return plan_page()


@bp.post(f"{ADDRESS}/periode")
@needs(Role.BEGELEIDER)
def set_period(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    form = PeriodForm()
    if not form.validate():
        return plan_page(period=form), 422
    try:
        planning.set_period(plan, form.period)
    except PeriodTaken:
        return plan_page(_("Op die dag begint al een ander plan van je. Kies een andere eerste dag."),
                         period=form), 409
    except PlanIsFinished:
        return plan_page(_("Dit plan is afgerond. Heropen het als je er iets aan wilt veranderen.")), 409
    flash(_("De periode is bewaard."))
    return _back()


@bp.post(f"{ADDRESS}/{Move.PUT}")
@needs(Role.BEGELEIDER)
def put_plan(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    form = PutForm()
    known = agreeing.partners_for(plan)
    form.offer(known)
    if known and not form.validate():
        return plan_page(put=form), 422
    names = {one.person_id: one.name for one in known}
    return _moved(plan, Move.PUT, lambda: agreeing.put_before(plan, form.partner_id), names.get(form.partner_id, ""))


@bp.post(f"{ADDRESS}/{Move.TAKE_BACK}")
@needs(Role.BEGELEIDER)
def take_back_plan(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    return _moved(plan, Move.TAKE_BACK, lambda: agreeing.take_back(plan))


@bp.post(f"{ADDRESS}/{Move.START}")
@needs(Role.BEGELEIDER)
def start_plan(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    return _moved(plan, Move.START, lambda: agreeing.start(plan))


@bp.post(f"{ADDRESS}/{Move.FINISH}")
@needs(Role.BEGELEIDER)
def finish_plan(plan_id: int) -> Response | Page:
    plan = own_plan(plan_id)
    return _moved(plan, Move.FINISH, lambda: agreeing.finish(plan))


def own_plan(plan_id: int) -> Plan:
    """A plan of hers, held; 404 otherwise."""
    found = plan_to_change(actor(), plan_id)
    authorize(found is not None and can_use_plan(actor(), found))
    assert found is not None
    return found


def plan_page(refusal: str = "", *, put: PutForm | None = None, period: PeriodForm | None = None,
              reopen: ReopenForm | None = None) -> str:
    """Her plan with all her goals, with what was refused on top."""
    page = own_page(actor(), current_user)
    if put is None:
        put = PutForm(formdata=None)
        put.offer(page.partners)
    if period is None and page.plan is not None:
        period = period_form_of(page.plan)
    return render_template(
        "development/plan.html", page=page, plan=page.cards, refusal=refusal, put=put, period=period,
        reopen=reopen or ReopenForm(formdata=None), confirm_form=confirm_form(page), words=plan_words,
        measured=bool(page.cards.cards) or (page.proposed is not None and page.proposed.source is not None),
    )


def confirm_form(page: PlanPage) -> ConfirmForm:
    """About the plan as it is shown."""
    return ConfirmForm(formdata=None, data={"revision": str(page.plan.revision) if page.plan else ""})


def _moved(plan: Plan, move: Move, act: Callable[[], None], partner: str = "") -> Response | Page:
    try:
        act()
    except MoveRefused as refusal:
        return plan_page(plan_words.refused(refusal, plan.state)), 409
    flash(plan_words.told(move, partner))
    return _back()


def _back() -> Response:
    return redirect(url_for("development.plan"), 303)
