"""Trajecten: making, changing and closing one, and its page with the sheets that it ties together."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_practice, needs
from app.competencies.queries import current_framework
from app.forms import number_in
from app.practice import queries, services, trajecten
from app.practice.cards import card_of
from app.practice.forms.traject import TrajectForm, facts_of, form_of, sent_form
from app.practice.models import PracticeSheet, Traject
from app.practice.queries import tool_of
from app.practice.trajecten import Facts
from app.practice.views import bp
from app.practice.views.doors import TRAJECT, own_traject
from app.web.formats import today

Page = str | tuple[str, int]
NOTHING = Facts("", "", "", "", None, None, None, None)


@bp.get("/praktijk/traject/nieuw", endpoint="new_traject")
@needs(Role.BEGELEIDER)
def show_new() -> Page:
    """?blad=5: with what that sheet tells, and with the sheet in it."""
    sheet = _sheet_named()
    facts = trajecten.facts_in(tool_of(sheet), sheet.answers) if sheet else NOTHING
    return _form_page(form_of(facts, current_framework().catalog))


@bp.post("/praktijk/traject/nieuw")
@needs(Role.BEGELEIDER)
def make() -> Response | Page:
    queries.hold_work_of(actor())
    sheet = _sheet_named()
    form = sent_form(NOTHING, current_framework().catalog)
    if not form.validate():
        return _form_page(form, status=422)
    made = trajecten.make_once(actor(), form.facts)
    if sheet is not None:
        services.put_in(sheet, made)
    flash(_("Je traject is bewaard."))
    return redirect(url_for("practice.traject", traject_id=made.id), 303)


@bp.get(TRAJECT, endpoint="traject")
@needs(Role.BEGELEIDER)
def show_traject(traject_id: int) -> str:
    found = queries.traject_with_sheets(actor(), traject_id)
    authorize(found is not None and can_use_practice(actor(), found))
    assert found is not None
    sectors = current_framework().catalog.context.sectors
    return render_template(
        "practice/traject.html", traject=found, sheets=[card_of(sheet, today()) for sheet in found.sheets],
        tools=[offered.tool for offered in queries.tools()],
        sector=next((one.name for one in sectors if one.code == found.sector), ""),
    )


@bp.get(f"{TRAJECT}/bewerken", endpoint="edit_traject")
@needs(Role.BEGELEIDER)
def show_edit(traject_id: int) -> Page:
    found = own_traject(traject_id)
    return _form_page(form_of(facts_of(found), current_framework().catalog), found)


@bp.post(f"{TRAJECT}/bewerken")
@needs(Role.BEGELEIDER)
def change(traject_id: int) -> Response | Page:
    queries.hold_work_of(actor())
    found = own_traject(traject_id)
    form = sent_form(facts_of(found), current_framework().catalog)
    if not form.merge(form_of(facts_of(found), current_framework().catalog)):
        return _form_page(form, found, 409)
    if not form.validate():
        return _form_page(form, found, 422)
    trajecten.change(found, form.facts)
    flash(_("Je traject is bewaard."))
    return redirect(url_for("practice.traject", traject_id=found.id), 303)


@bp.post(f"{TRAJECT}/sluiten")
@needs(Role.BEGELEIDER)
def close_traject(traject_id: int) -> Response:
    found = own_traject(traject_id)
    trajecten.close(found)
    flash(_("Het traject is gesloten. De bladen blijven staan."))
    return redirect(url_for("practice.traject", traject_id=found.id), 303)


@bp.post(f"{TRAJECT}/heropenen")
@needs(Role.BEGELEIDER)
def reopen_traject(traject_id: int) -> Response:
    found = own_traject(traject_id)
    trajecten.reopen(found)
    flash(_("Het traject loopt weer."))
    return redirect(url_for("practice.traject", traject_id=found.id), 303)


def _sheet_named() -> PracticeSheet | None:
    """The sheet in the address; 404 for what is not there or is somebody else's."""
    if "blad" not in request.args:
        return None
    find = queries.sheet_to_change if request.method == "POST" else queries.sheet_of
    found = find(actor(), number_in(request.args["blad"]))
    authorize(found is not None and can_use_practice(actor(), found))
    return found


def _form_page(form: TrajectForm, traject: Traject | None = None, status: int = 200) -> Page:
    return render_template("practice/edit_traject.html", form=form, traject=traject,
                           schools=queries.schools_of(actor())), status
