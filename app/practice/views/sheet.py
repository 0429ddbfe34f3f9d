"""A sheet: filling it in, reading it, hanging it under a traject, throwing it away."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_practice, needs
from app.db import keep
from app.forms import number_in
from app.practice import queries, services
from app.practice.forms.sheet import is_a_form, read_form
from app.practice.models import PracticeSheet
from app.practice.neighbours import resting_on
from app.practice.page import SheetPage, page_of
from app.practice.queries import tool_of
from app.practice.reading import read, title_of
from app.practice.tools import FIRST_PHASE
from app.practice.views import bp
from app.practice.views.doors import SHEET, own_sheet
from app.web.formats import clock, date, today

Page = str | tuple[str, int]


@bp.get(SHEET, endpoint="sheet")
@needs(Role.BEGELEIDER)
def show_sheet(sheet_id: int) -> Page:
    """?meer=code: with an empty row more in that list."""
    found = own_sheet(sheet_id)
    return _page(page_of(actor(), found, more=request.args.get("meer", "")))


@bp.post(SHEET)
@needs(Role.BEGELEIDER)
def save_sheet(sheet_id: int) -> Response | Page:
    found = own_sheet(sheet_id)
    if not is_a_form(request.form):         # not a page of ours, or cut off on its way
        abort(400)
    sent = read_form(request.form, tool_of(found), without=request.form.get("weg", ""))
    if sent.problems:
        return _page(page_of(actor(), found, sent=sent), 422)
    merged = services.save_form(found, sent.values, sent.marks)
    if merged.torn:
        keep()                              # what was changed only here is stored
        return _page(page_of(actor(), found, torn=merged.torn), 409)
    return redirect(_next(found), 303)


@bp.get(f"{SHEET}/lezen")
@needs(Role.BEGELEIDER)
def reading(sheet_id: int) -> str:
    """To read and to print: also empty, for a conversation with a pen."""
    found = own_sheet(sheet_id)
    tool = tool_of(found)
    return render_template(
        "practice/reading.html", sheet=found, tool=tool, title=title_of(found),
        phases=[read(tool, found.answers, phase) for phase in (FIRST_PHASE, *tool.later_phases)],
    )


@bp.post(f"{SHEET}/traject")
@needs(Role.BEGELEIDER)
def put_in_traject(sheet_id: int) -> Response:
    queries.hold_work_of(actor())
    found = own_sheet(sheet_id)
    chosen = request.form.get("traject", "")
    traject = queries.traject_to_change(actor(), number_in(chosen)) if chosen else None
    authorize(not chosen or (traject is not None and can_use_practice(actor(), traject)))
    services.put_in(found, traject)
    flash(_("Dit blad hoort nu bij traject %(code)s.", code=traject.case_code) if traject
          else _("Dit blad hoort nu bij geen traject."))
    return redirect(url_for("practice.sheet", sheet_id=found.id, _anchor="traject"), 303)


@bp.get(f"{SHEET}/weggooien", endpoint="discard")
@needs(Role.BEGELEIDER)
def show_discard(sheet_id: int) -> str:
    found = own_sheet(sheet_id)
    return render_template("practice/discard.html", sheet=found, title=title_of(found), resting=resting_on(found.id))


@bp.post(f"{SHEET}/weggooien")
@needs(Role.BEGELEIDER)
def do_discard(sheet_id: int) -> Response:
    queries.hold_work_of(actor())
    found = own_sheet(sheet_id)
    services.discard(found)
    flash(_("Het blad is weggegooid."))
    return redirect(url_for("practice.overview"), 303)


def _page(page: SheetPage, status: int = 200) -> Page:
    trajecten = [one for one in queries.trajecten_of(actor()) if one.closed_at is None or one is page.sheet.traject]
    html = render_template(
        "practice/sheet.html", page=page, sheet=page.sheet, tool=page.tool, title=title_of(page.sheet),
        person_id=actor().person_id, resting=resting_on(page.sheet.id), trajecten=trajecten,
        saved="" if page.problems else saved_words(page.sheet),
        reads=read(page.tool, page.sheet.answers, FIRST_PHASE) if page.phases[0].fixed else None,
        onward=[offered.tool for offered in queries.tools() if offered.tool.following(page.tool.code)],
    )
    return html, status


def saved_words(found: PracticeSheet) -> str:
    """When something was last saved, in words; nothing when nothing was filled in yet."""
    if not found.revision:
        return ""
    if date(found.changed_at) == date(today()):
        return _("Bewaard om %(time)s", time=clock(found.changed_at))
    return _("Bewaard op %(day)s om %(time)s", day=date(found.changed_at), time=clock(found.changed_at))


def _next(found: PracticeSheet) -> str:
    """Where the pressed button leads."""
    if more := request.form.get("meer"):
        return url_for("practice.sheet", sheet_id=found.id, meer=more, _anchor=f"f-{more}")
    if gone := request.form.get("weg"):
        return url_for("practice.sheet", sheet_id=found.id, _anchor=f"f-{gone.partition('.')[0]}")
    if request.form.get("doe") == "rond-af":
        return url_for("practice.finish", sheet_id=found.id)
    flash(_("Bewaard."))
    return url_for("practice.sheet", sheet_id=found.id)
