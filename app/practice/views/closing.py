"""Finishing a sheet: what is still missing, what looks like a person, and the closing check."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.practice import queries, services
from app.practice.models import PracticeSheet
from app.practice.page import page_of
from app.practice.reading import title_of
from app.practice.views import bp
from app.practice.views.doors import SHEET, own_sheet
from app.rounds.queries.course import holidays

Page = str | tuple[str, int]


@bp.get(f"{SHEET}/afronden", endpoint="finish")
@needs(Role.BEGELEIDER)
def show_finish(sheet_id: int) -> Response | Page:
    found = own_sheet(sheet_id)
    if found.finished_at is not None:
        return redirect(url_for("practice.sheet", sheet_id=found.id))
    return _page(found)


@bp.post(f"{SHEET}/afronden")
@needs(Role.BEGELEIDER)
def do_finish(sheet_id: int) -> Response | Page:
    queries.hold_work_of(actor())
    found = own_sheet(sheet_id)
    try:
        services.finish(found, tuple(request.form.getlist("check")))
    except services.NotWhole:
        return _page(found, 422)
    flash(_("Je blad is afgerond. Je vindt het terug bij Praktijk."))
    return redirect(url_for("practice.sheet", sheet_id=found.id), 303)


@bp.post(f"{SHEET}/heropenen")
@needs(Role.BEGELEIDER)
def reopen_sheet(sheet_id: int) -> Response:
    queries.hold_work_of(actor())
    found = own_sheet(sheet_id)
    services.reopen(found)
    flash(_("Je kunt dit blad weer verbeteren. Rond het af als het klopt."))
    return redirect(url_for("practice.sheet", sheet_id=found.id), 303)


@bp.post(f"{SHEET}/kopie")
@needs(Role.BEGELEIDER)
def copy_sheet(sheet_id: int) -> Response:
    who = actor()
    queries.hold_work_of(who)
    made = services.copy(who, own_sheet(sheet_id), holidays(who.organisation_id))
    flash(_("Dit is een nieuw blad, met wat op het vorige stond. Kijk vooral de data na."))
    return redirect(url_for("practice.sheet", sheet_id=made.id), 303)


def _page(found: PracticeSheet, status: int = 200) -> Page:
    page = page_of(actor(), found)
    warned = [shown for phase in page.phases for shown in phase.fields if shown.warning]
    return render_template("practice/finish.html", sheet=found, page=page, tool=page.tool, title=title_of(found),
                           warned=warned, ticked=request.form.getlist("check")), status
