"""HR takes momentopnamen, and says what they may be cut by."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_plan_trainings, can_set_cuts, needs
from app.needs import queries, words
from app.needs.cells import Cut
from app.needs.forms import CutsForm
from app.needs.settings import change_settings, settings_of
from app.needs.taking import ask
from app.needs.views import bp

ADDRESS = "/opleidingen/momentopnamen"
Page = str | tuple[str, int]


@bp.get(ADDRESS)
@needs(Role.HR)
def snapshots() -> str:
    authorize(can_plan_trainings(actor()))
    own = actor().organisation_id
    return render_template("needs/snapshots.html", snapshots=queries.snapshots_of(own), words=words,
                           asked=queries.asked_of(own), settings=settings_of(own))


@bp.post(ADDRESS)
@needs(Role.HR)
def take() -> Response:
    """Asked twice is once."""
    authorize(can_plan_trainings(actor()))
    ask(actor())
    return redirect(url_for("needs.snapshots"), 303)


@bp.get(f"{ADDRESS}/uitsplitsing")
@needs(Role.HR, Role.BEHEERDER)
def cuts() -> Page:
    authorize(can_set_cuts(actor()))
    held = settings_of(actor().organisation_id)
    return _cuts(CutsForm(formdata=None, data={"cuts": sorted(held.cuts),
                                               "self_counts": held.self_counts_since is not None}))


@bp.post(f"{ADDRESS}/uitsplitsing")
@needs(Role.HR, Role.BEHEERDER)
def save_cuts() -> Response | Page:
    authorize(can_set_cuts(actor()))
    form = CutsForm()
    form.offer()
    if not form.validate():
        return _cuts(form, 422)
    change_settings(actor(), form.chosen, self_counts=form.self_counts.data)
    flash(_("Dit geldt vanaf de volgende momentopname."))
    return redirect(url_for("needs.snapshots" if can_plan_trainings(actor()) else "needs.cuts"), 303)


def _cuts(form: CutsForm, status: int = 200) -> Page:
    form.offer()
    return render_template("needs/cuts.html", form=form, Cut=Cut, of_hr=can_plan_trainings(actor())), status
