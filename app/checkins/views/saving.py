"""What the page's script asks for: keeping one change of hers the moment it is made."""

from __future__ import annotations

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_plan, needs
from app.checkins import agreeing, queries
from app.checkins.agreeing import AlreadyFixed, PlanRests, values_of
from app.checkins.forms import Refused, check_in_form, read_change, sent_goals
from app.checkins.models import CheckIn
from app.checkins.views import bp
from app.checkins.views.hers import ADDRESS
from app.web.formats import clock, now

Answer = tuple[Response, int]


@bp.post(f"{ADDRESS}/veld")
@needs(Role.BEGELEIDER)
def save(check_in_id: int) -> Answer:
    """Keeps one change; per field the last one counts. When something else was saved meanwhile, the answer tells what
    is stored now. A confirmation is never taken back by it: that is for the button.
    """
    check_in = queries.check_in_to_change(actor(), check_in_id)
    authorize(check_in is not None and can_use_plan(actor(), check_in))
    assert check_in is not None
    try:
        sent = read_change(request.get_data())
    except Refused:
        return _refused(_("Dit past niet bij deze tussenstand. Er is niets veranderd."), 422)
    if stays := _stays(check_in):
        return _refused(stays, 409)
    goals = queries.goals_for(check_in, sent_goals(sent.answers))
    form = check_in_form(goals, change=sent.answers)
    if sent.answers.keys() - set(form.names):
        return _refused(_("Dit past niet bij deze tussenstand. Er is niets veranderd."), 422)
    if not form.validate():
        told = " ".join(f"{form[name].label.text} {' '.join(map(str, form[name].errors))}" for name in form.errors)
        return _refused(told, 422)
    behind = sent.revision is not None and sent.revision < check_in.revision
    agreeing.write(check_in, goals, {**values_of(check_in, goals), **form.values})
    told_back: dict[str, object] = {"saved": clock(now()), "revision": check_in.revision}
    if behind:
        told_back["page"] = {"answers": dict(values_of(check_in, goals))}
    return jsonify(told_back), 200


def _stays(check_in: CheckIn) -> str:
    """Why nothing is kept without the button, if so."""
    try:
        agreeing.may_change(check_in)
    except AlreadyFixed:
        return _("De tussenstand is intussen vastgelegd. Je laatste wijziging is niet bewaard; ze staat nog op deze "
                 "pagina.")
    except PlanRests:
        return _("Dit plan is nu niet vastgesteld. Je laatste wijziging is niet bewaard; ze staat nog op deze pagina.")
    if check_in.person_confirmed_at or check_in.partner_confirmed_at:
        return _("De tussenstand is intussen bevestigd. Je laatste wijziging is nog niet bewaard. Kies ‘Bewaar’ als ze "
                 "erbij moet: dan bevestigen jullie opnieuw.")
    return ""


def _refused(told: str, status: int) -> Answer:
    return jsonify(error="refused", message=told), status
