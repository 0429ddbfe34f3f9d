"""One training of a plan, changed by hand. The sums follow; what does not fit is named, and can be put right.

Whoever writes holds the plan: so what brings what is left to the page of the plan, which nobody waits for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.training_plans import services, words
from app.training_plans.asked import Asked, Offer
from app.training_plans.forms import HandForm, hand_form
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.page import ORDER, names_of
from app.training_plans.services import ChangedMeanwhile, NotNow
from app.training_plans.stored import mark_of
from app.training_plans.valuing import Plan
from app.training_plans.views import bp
from app.training_plans.views.looking import ONE, Page, found
from app.training_plans.words import Names, units
from app.trainings.queries import everything_of


@dataclass(frozen=True, slots=True)
class _Desk:
    """One training of a plan: what is asked, and the version that is changed; `version`: its name, or nothing yet."""

    plan: TrainingPlan
    asked: Asked
    names: Names
    training_id: int
    offer: Offer
    version: str
    base: Plan


@bp.route(f"{ONE}/eigen/<int:training_id>", methods=["GET", "POST"])
@needs(Role.HR)
def by_hand(training_plan_id: int, training_id: int) -> Response | Page:
    plan = found(training_plan_id)
    desk = _desk(plan, training_id, request.args.get("versie") or request.form.get("version", ""))
    if plan.state == PlanState.ADOPTED:
        return _back(plan, _("Dit plan is vastgesteld, en blijft zoals het is."))
    form = _form(desk)
    if request.method == "GET":
        return _page(desk, form)
    if not form.validate():
        return _page(desk, form, 422)
    runs, places = form.times, form.places
    if runs and not any(places.values()):
        form.runs.errors = [_("Verdeel ook de plaatsen over de teams.")]
        return _page(desk, form, 422)
    if not runs and _as_it_stood(desk, places):
        places = {}         # "0: do not hold it" was all that was changed
    if not runs and any(places.values()):
        form.runs.errors = [_("Schrijf ook hoe vaak, of haal de plaatsen weg.")]
        return _page(desk, form, 422)
    try:
        if form.seen == plan.revision and form.base.data != mark_of(desk.base):
            return _changed(desk, form, _("De planner vond intussen iets beters. Je ziet wat je net typte. Klopt het "
                                          "nog? Bewaar het dan opnieuw."))
        services.change_by_hand(plan, desk.base, desk.offer.training, runs, places, form.seen)
    except ChangedMeanwhile:
        return _changed(desk, form, _("Iemand anders veranderde dit plan intussen. Je ziet wat je net typte. "
                                      "Klopt het nog? Bewaar het dan opnieuw."))
    except NotNow:
        return _back(plan, _("Dit plan is vastgesteld, en blijft zoals het is."))
    return _back(plan, _("Je eigen plan is bewaard. De totalen zijn opnieuw opgeteld."))


def _desk(plan: TrainingPlan, training_id: int, wanted: str) -> _Desk:
    """404 for a training that the plan does not know."""
    asked, trainings = services.question_on(plan), everything_of(actor().organisation_id)
    code = next((one.code for one in trainings if one.id == training_id), None)
    offer = next((one for one in asked.offers if one.training == code), None)
    if offer is None:
        abort(404)
    there = services.versions_of(plan, asked)
    version = next((name for name in (wanted, *ORDER) if name in there), "")
    return _Desk(plan, asked, names_of(actor(), trainings), training_id, offer, version, there.get(version, Plan()))


def _form(desk: _Desk) -> HandForm:
    """As it was sent, or as the version stands; which version that is was looked up."""
    names = units(desk.asked.units, desk.names)
    in_order = [unit for code in names for unit in desk.asked.units if unit.code == code]
    if request.method == "POST":
        form = hand_form(in_order, names)
        form.version.data = desk.version
        return form
    held = next((one for one in desk.base.holdings if one.training == desk.offer.training), None)
    data = {f"unit_{unit.code}": str(held.places.get(unit.code, 0)) if held else "0" for unit in in_order}
    data |= {"runs": str(held.runs) if held else "0", "revision": str(desk.plan.revision), "version": desk.version,
             "base": mark_of(desk.base)}
    return hand_form(in_order, names, formdata=None, data=data)


def _as_it_stood(desk: _Desk, places: Mapping[str, int]) -> bool:
    """The places that were sent are those of the version that is changed."""
    held = next((one for one in desk.base.holdings if one.training == desk.offer.training), None)
    return held is not None and {unit: count for unit, count in places.items() if count} == dict(held.places)


def _changed(desk: _Desk, form: HandForm, told: str) -> Page:
    form.revision.data, form.base.data = str(desk.plan.revision), mark_of(desk.base)
    return _page(desk, form, 409, told)


def _page(desk: _Desk, form: HandForm, status: int = 200, told: str = "") -> Page:
    return render_template("training_plans/by_hand.html", desk=desk, form=form, offer=desk.offer, told=told,
                           words=words, people={unit.code: unit.people for unit in desk.asked.units}), status


def _back(plan: TrainingPlan, told: str) -> Response:
    flash(told)
    return redirect(url_for("training_plans.plan", training_plan_id=plan.id, versie="eigen"), 303)
