"""One training of a plan, changed by hand. The sums follow; what does not fit is named, and can be put right."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.training_plans import services, words
from app.training_plans.forms import HandForm, hand_form
from app.training_plans.lifecycle import PlanState
from app.training_plans.page import PlanPage, page_of
from app.training_plans.services import ChangedMeanwhile, NotNow
from app.training_plans.valuing import Plan
from app.training_plans.views import bp
from app.training_plans.views.looking import ONE, Page, found


@bp.route(f"{ONE}/eigen/<int:training_id>", methods=["GET", "POST"])
@needs(Role.HR)
def by_hand(training_plan_id: int, training_id: int) -> Response | Page:
    plan = found(training_plan_id)
    page = page_of(actor(), plan, request.args.get("versie") or request.form.get("version", ""))
    code = next((code for code, known in page.ids.items() if known == training_id), None)
    if code is None or not any(offer.training == code for offer in page.asked.offers):
        abort(404)
    if plan.state == PlanState.ADOPTED:
        return _back(page, _("Dit plan is vastgesteld, en blijft zoals het is."))
    form = _form(page, code)
    if request.method == "GET":
        return _page(page, form, code)
    if not form.validate():
        return _page(page, form, code, 422)
    base = page.chosen.plan if page.chosen else Plan()
    runs, places = int((form.runs.data or "").strip()), form.places
    if runs and not any(places.values()):
        form.runs.errors = [_("Verdeel ook de plaatsen over de teams.")]
        return _page(page, form, code, 422)
    if not runs and any(places.values()):
        form.runs.errors = [_("Schrijf ook hoe vaak, of haal de plaatsen weg.")]
        return _page(page, form, code, 422)
    try:
        services.change_by_hand(plan, base, code, runs, places, form.seen)
    except ChangedMeanwhile:
        form.revision.data = str(plan.revision)
        return _page(page, form, code, 409, _("Iemand anders veranderde dit plan intussen. Je ziet wat je net typte. "
                                              "Klopt het nog? Bewaar het dan opnieuw."))
    except NotNow:
        return _back(page, _("Dit plan is vastgesteld, en blijft zoals het is."))
    return _back(page, _("Je eigen plan is bewaard. De totalen zijn opnieuw opgeteld."))


def _form(page: PlanPage, code: str) -> HandForm:
    units = [unit for name in page.units for unit in page.asked.units if unit.code == name]
    if request.method == "POST":
        return hand_form(units, page.units)
    held = next((one for one in page.chosen.plan.holdings if one.training == code), None) if page.chosen else None
    data = {f"unit_{unit.code}": str(held.places.get(unit.code, 0)) if held else "0" for unit in units}
    data |= {"runs": str(held.runs) if held else "0", "revision": str(page.plan.revision),
             "version": page.chosen.what if page.chosen else ""}
    return hand_form(units, page.units, formdata=None, data=data)


def _page(page: PlanPage, form: HandForm, code: str, status: int = 200, told: str = "") -> Page:
    return render_template("training_plans/by_hand.html", page=page, form=form, code=code, offer=page.offer(code),
                           told=told, words=words,
                           people={unit.code: unit.people for unit in page.asked.units}), status


def _back(page: PlanPage, told: str) -> Response:
    flash(told)
    return redirect(url_for("training_plans.plan", training_plan_id=page.plan.id, versie="eigen"), 303)
