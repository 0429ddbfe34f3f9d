"""A tool: what it is for, and beginning a sheet of it, by itself, in a traject, or going on from an earlier sheet."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.practice import queries, services
from app.practice.forms.traject import BeginForm
from app.practice.queries import OfferedTool
from app.practice.views import bp
from app.rounds.queries.course import holidays

Page = str | tuple[str, int]
ADDRESS = "/praktijk/hulpmiddel/<tool>"


@bp.get(ADDRESS, endpoint="tool")
@needs(Role.BEGELEIDER)
def show_tool(tool: str) -> Page:
    """?traject=3 and ?blad=5 choose these beforehand; a traject alone also its latest sheet to go on from."""
    offered = _offered(tool)
    form = _form(offered)
    form.follows.data = form.latest_in(request.args.get("traject", ""))
    for field, named in ((form.traject, "traject"), (form.follows, "blad")):
        if request.args.get(named) in {choice.value for choice in field.choices or ()}:
            field.data = request.args[named]
    return _page(offered, form)


@bp.post(ADDRESS)
@needs(Role.BEGELEIDER)
def begin(tool: str) -> Response | Page:
    queries.hold_work_of(actor())
    offered = _offered(tool)
    form = _form(offered)
    if not form.validate():
        return _page(offered, form, 422)
    who = actor()
    sheet = services.begin_once(
        who, offered, holidays(who.organisation_id),
        queries.traject_of(who, form.traject_id) if form.traject_id else None,
        queries.sheet_of(who, form.follows_id) if form.follows_id else None,
    )
    return redirect(url_for("practice.sheet", sheet_id=sheet.id), 303)


def _offered(code: str) -> OfferedTool:
    return queries.tool(code) or abort(404)


def _form(offered: OfferedTool) -> BeginForm:
    form = BeginForm()
    form.offer(queries.trajecten_of(actor()), queries.followable(actor(), offered.tool))
    return form


def _page(offered: OfferedTool, form: BeginForm, status: int = 200) -> Page:
    return render_template("practice/tool.html", tool=offered.tool, form=form), status
