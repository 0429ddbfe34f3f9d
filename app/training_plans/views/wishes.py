"""The plans there are, and what HR wishes of one: a new one, or the same otherwise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import chain, count

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_plan_trainings, needs
from app.competencies.queries import current_framework
from app.development.plans.period import Period, school_year
from app.training_plans import queries, services, words
from app.training_plans.caos import CAOS, OWN, USUAL
from app.training_plans.forms import WishForm, wish_form
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.page import names_of
from app.training_plans.question import Wish, units_of
from app.training_plans.services import ChangedMeanwhile, Clashing, NoFigures, NotNow
from app.training_plans.views import bp
from app.training_plans.views.looking import ADDRESS, ONE, Page, found
from app.web.formats import today


@bp.get(ADDRESS)
@needs(Role.HR)
def overview() -> str:
    authorize(can_plan_trainings(actor()))
    return render_template("training_plans/overview.html", plans=queries.plans_of(actor()), words=words,
                           snapshot=queries.latest_snapshot(actor()))


@bp.get(f"{ADDRESS}/nieuw")
@needs(Role.HR)
def new() -> Response | Page:
    authorize(can_plan_trainings(actor()))
    snapshot = queries.latest_snapshot(actor())
    if snapshot is None:
        return redirect(url_for("training_plans.overview"))
    plans = queries.plans_of(actor())
    year = _free_year(plans)
    name = _free_name(_("Opleidingsplan %(year)s–%(next)s", year=year.begins_on.year, next=year.ends_on.year), plans)
    cao = CAOS.get(_cao())
    form = _form(Wish(name, year.begins_on, year.ends_on, cao.euros * snapshot.people if cao else 0,
                      cao.hours if cao else 0))
    if cao is None:
        form.budget.data = form.hours.data = ""
    return _page(None, form)


@bp.post(f"{ADDRESS}/nieuw")
@needs(Role.HR)
def create() -> Response | Page:
    authorize(can_plan_trainings(actor()))
    form = _form()
    if not form.validate():
        return _page(None, form, 422)
    try:
        made = services.create(actor(), form.wish)
    except Clashing as clashing:
        return _page(None, form, 422, clashing=clashing)
    except NoFigures:
        return redirect(url_for("training_plans.overview"), 303)
    return redirect(url_for("training_plans.plan", training_plan_id=made.id), 303)


@bp.get(f"{ONE}/wensen")
@needs(Role.HR)
def wishes(training_plan_id: int) -> Response | Page:
    plan = found(training_plan_id)
    if plan.state == PlanState.ADOPTED:
        return _back(plan, _("Dit plan is vastgesteld. De wensen blijven zoals ze zijn."))
    return _page(plan, begin=services.wish_of(plan))


@bp.post(f"{ONE}/wensen")
@needs(Role.HR)
def change(training_plan_id: int) -> Response | Page:
    """What does not fit together is refused, and the plan stays as it was."""
    plan = found(training_plan_id)
    form = _form()
    if not form.validate():
        return _page(plan, form, 422)
    try:
        services.ask(actor(), plan, form.wish, form.seen)
    except ChangedMeanwhile:
        form.revision.data = str(plan.revision)
        return _page(plan, form, 409, told=_("Iemand anders veranderde dit plan intussen ook. Je ziet wat je net koos. "
                                             "Klopt het nog? Bewaar het dan opnieuw."))
    except NotNow:
        return _back(plan, _("Dit plan is intussen vastgesteld. De wensen blijven zoals ze zijn."))
    except Clashing as clashing:
        return _page(plan, form, 422, clashing=clashing)
    return redirect(url_for("training_plans.plan", training_plan_id=plan.id), 303)


def _cao() -> str:
    """With which numbers a new plan begins: those of a cao, or none."""
    wanted = request.args.get("cao", "")
    return wanted if wanted in (*CAOS, OWN) else USUAL


def _free_year(plans: Sequence[TrainingPlan]) -> Period:
    """The first school year from now on over which no adopted plan lies."""
    year = school_year(today())
    while any(one.state == PlanState.ADOPTED and one.begins_on <= year.ends_on and one.ends_on >= year.begins_on
              for one in plans):
        year = school_year(year.ends_on + dt.timedelta(days=1))
    return year


def _free_name(name: str, plans: Sequence[TrainingPlan]) -> str:
    """With a number where there are plans by this name."""
    taken = {one.name for one in plans}
    return next(one for one in chain([name], (f"{name} ({number})" for number in count(2))) if one not in taken)


def _form(begin: Wish | None = None) -> WishForm:
    """Over what there is now: the units of the latest momentopname and the aanbod."""
    trainings, snapshot = queries.offered(actor()), queries.latest_snapshot(actor())
    names = names_of(actor(), trainings)
    units = units_of(queries.figures_of(snapshot)) if snapshot else ()
    of_units = words.units(units, names)
    given = {"formdata": None} if begin else {}
    return wish_form(current_framework().catalog, of_units, trainings, begin, **given)


def _page(plan: TrainingPlan | None, form: WishForm | None = None, status: int = 200, *, begin: Wish | None = None,
          told: str = "", clashing: Clashing | None = None) -> Page:
    if form is None:
        form = _form(begin)
        form.revision.data = str(plan.revision) if plan else "0"
    also = [told] if told else []
    if clashing is not None:
        names = names_of(actor(), queries.offered(actor()))
        also += [words.clash(one, names) for one in clashing.found]
        advice = _("Verander er een; je plan van zojuist is bewaard.") if plan else _("Verander er een.")
        also[-1] = f"{also[-1]} {advice}"
    return render_template("training_plans/wishes.html", form=form, plan=plan, also=tuple(also), words=words,
                           cao=_cao(), beside=_beside(form)), status


def _beside(form: WishForm) -> str:
    """What adopted plans hold of the period that is chosen; nothing of one that cannot be."""
    begins_on, ends_on = form.begins_on.data, form.ends_on.data
    fine = begins_on and ends_on and not form.begins_on.errors and not form.ends_on.errors
    others = queries.adopted_over(actor(), begins_on, ends_on) if fine else ()
    if not others:
        return ""
    planned = queries.planned_over(actor(), begins_on, ends_on)
    return words.beside(others, planned.euros, sum(planned.hours.values()))


def _back(plan: TrainingPlan, told: str) -> Response:
    flash(told)
    return redirect(url_for("training_plans.plan", training_plan_id=plan.id), 303)
