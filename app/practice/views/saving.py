"""What the page's script asks for: keeping one change the moment it is made."""

from __future__ import annotations

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.practice import services
from app.practice.costs import costs_of
from app.practice.forms.sheet import Refused, read_change
from app.practice.page import inputs_of, warnings_of
from app.practice.queries import tool_of
from app.practice.views import bp
from app.practice.views.doors import SHEET, own_sheet
from app.web.formats import clock

Answered = tuple[Response, int]


@bp.post(f"{SHEET}/veld")
@needs(Role.BEGELEIDER)
def save(sheet_id: int) -> Answered:
    """Keeps one change. When something else was saved meanwhile, the answer tells what is stored now."""
    found = own_sheet(sheet_id)
    try:
        change, seen = read_change(request.get_data(), tool_of(found))
        saved = services.save(found, change, seen)
    except Refused as refused:
        return jsonify(error="refused", message=str(refused), field=refused.field), 422
    except services.AlreadyFinished:
        return jsonify(error="finished", message=_("Dit blad is al afgerond. Je laatste wijziging is niet bewaard; "
                                                   "hij staat nog op deze pagina.")), 409
    told: dict[str, object] = {"saved": clock(saved.at), "revision": saved.revision,
                               "warnings": dict(warnings_of(actor(), found, change))}
    if costs := costs_of(tool_of(found), found.answers):
        told["costs"] = costs
    if saved.behind:
        told["page"] = {"answers": dict(inputs_of(found))}
    return jsonify(told), 200
