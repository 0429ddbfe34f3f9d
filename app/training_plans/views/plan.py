"""A plan: to follow the planner, to look at, to compare, to adopt."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import flash, jsonify, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.training_plans import adopting, services, words
from app.training_plans.adopting import OfferChanged, PlannedMeanwhile, Troubled
from app.training_plans.explaining import Because
from app.training_plans.forms import MoveForm
from app.training_plans.models import TrainingPlan
from app.training_plans.page import page_of
from app.training_plans.services import ChangedMeanwhile, Clashing, NoFigures, NotNow
from app.training_plans.views import bp
from app.training_plans.views.looking import ONE, Page, found
from app.training_plans.words import Names

REASONS = (Because.NO_ROOM, Because.NO_NEED, Because.EXCLUDED)


@bp.get(ONE)
@needs(Role.HR)
def plan(training_plan_id: int) -> Page:
    return _page(found(training_plan_id))


@bp.get(f"{ONE}/stand")
@needs(Role.HR)
def progress(training_plan_id: int) -> FlaskResponse:
    """How far the planner is, for a page that waits."""
    plan = found(training_plan_id)
    return jsonify(state=plan.state, percent=_percent(plan), told=_told(plan))


@bp.post(f"{ONE}/reken")
@needs(Role.HR)
def solve(training_plan_id: int) -> Response | Page:
    """Once more, by the newest figures and the aanbod of now."""
    plan, form = found(training_plan_id), MoveForm()
    try:
        services.ask(actor(), plan, services.wish_of(plan), form.seen)
    except ChangedMeanwhile:
        return _page(plan, 409, (_changed(),))
    except (NotNow, NoFigures):
        return _page(plan, 409, (_("Dit plan is vastgesteld, en blijft zoals het is."),))
    except Clashing as clashing:
        names = page_of(actor(), plan).names
        return _page(plan, 422, (*(words.clash(one, names) for one in clashing.found),
                                 _("Verander er een bij de wensen; je plan van zojuist is bewaard.")))
    return _back(plan)


@bp.post(f"{ONE}/stop")
@needs(Role.HR)
def stop(training_plan_id: int) -> Response:
    plan = found(training_plan_id)
    services.stop(plan)
    flash(_("De planner stopt. Je ziet het beste dat er tot nu toe was."))
    return _back(plan)


@bp.post(f"{ONE}/weg")
@needs(Role.HR)
def remove(training_plan_id: int) -> Response | Page:
    plan = found(training_plan_id)
    name = plan.name
    try:
        services.remove(plan)
    except NotNow:
        return _page(plan, 409, (_("Dit plan is vastgesteld, en blijft."),))
    flash(_("‘%(name)s’ is weg.", name=name))
    return redirect(url_for("training_plans.overview"), 303)


@bp.post(f"{ONE}/vaststellen")
@needs(Role.HR)
def adopt(training_plan_id: int) -> Response | Page:
    """The version that was looked at; its sessions come into the aanbod."""
    plan, form = found(training_plan_id), MoveForm()
    asked = services.question_on(plan)
    chosen = services.versions_of(plan, asked).get(form.version.data or "")
    try:
        if chosen is None:
            raise ChangedMeanwhile
        count = adopting.adopt(actor(), plan, asked, chosen, form.seen)
    except ChangedMeanwhile:
        return _page(plan, 409, (_changed(),))
    except NotNow:
        return _page(plan, 409, (_("Vaststellen kan als de planner klaar is en er iets in het plan staat."),))
    except PlannedMeanwhile:
        return _page(plan, 409, (_("Over deze periode is intussen een ander plan vastgesteld. Laat de planner opnieuw "
                                   "rekenen: dan gaat af wat daarin vastligt."),))
    except Troubled:
        return _page(plan, 422, (_("Los eerst op wat hieronder staat."),))
    except OfferChanged as error:
        return _page(plan, 422, (words.changed_offers(error.trainings, _names(plan)),))
    if count:
        flash(ngettext("Het plan is vastgesteld. Er staat %(num)s bijeenkomst in het aanbod; de dagen volgen nog.",
                       "Het plan is vastgesteld. Er staan %(num)s bijeenkomsten in het aanbod; de dagen volgen nog.",
                       count))
    return _back(plan)


def _names(plan: TrainingPlan) -> Names:
    return page_of(actor(), plan).names


def _changed() -> str:
    return _("Iemand anders veranderde dit plan intussen. Hieronder staat hoe het nu is. Kijk, en kies opnieuw.")


def _percent(plan: TrainingPlan) -> int:
    return round(plan.progress * 100)


def _told(plan: TrainingPlan) -> str:
    """How far the planner is, in words."""
    if services.waits(plan):
        return _("De planner begint zo.")
    return _("De planner rekent: %(percent)s%% van hoogstens een minuut.", percent=_percent(plan))


def _back(plan: TrainingPlan) -> Response:
    return redirect(url_for("training_plans.plan", training_plan_id=plan.id), 303)


def _page(plan: TrainingPlan, status: int = 200, told: tuple[str, ...] = ()) -> Page:
    wanted = request.args.get("versie") or request.form.get("version", "")
    return render_template("training_plans/plan.html", page=page_of(actor(), plan, wanted), plan=plan,
                           told=told, words=words, percent=_percent(plan), progress=_told(plan),
                           reasons=REASONS), status
