"""Throwing a tussenstand away that nobody answered to, asked once more."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_use_plan, needs
from app.checkins import agreeing, queries, words
from app.checkins.agreeing import AlreadyFixed, Answered, PlanRests
from app.checkins.models import CheckIn
from app.checkins.views import bp
from app.checkins.views.hers import ADDRESS

Page = str | tuple[str, int]
STAYS = (AlreadyFixed, PlanRests, Answered)


@bp.get(f"{ADDRESS}/weggooien", endpoint="discard")
@needs(Role.BEGELEIDER)
def show_discard(check_in_id: int) -> str:
    return _page(_own(check_in_id))


@bp.post(f"{ADDRESS}/weggooien")
@needs(Role.BEGELEIDER)
def do_discard(check_in_id: int) -> Response | Page:
    check_in = _own(check_in_id)
    try:
        agreeing.discard(check_in)
    except STAYS:
        return _page(check_in), 409
    flash(_("De tussenstand is weggegooid."))
    return redirect(url_for("development.plan"), 303)


def _own(check_in_id: int) -> CheckIn:
    """Held when she throws it away."""
    find = queries.check_in_to_change if request.method == "POST" else queries.check_in_of
    check_in = find(actor(), check_in_id)
    if check_in is None:
        abort(404)
    authorize(can_use_plan(actor(), check_in))
    return check_in


def _page(check_in: CheckIn) -> str:
    stays = ""
    try:
        agreeing.may_discard(check_in)
    except STAYS as refusal:
        stays = words.not_discarded(refusal)
    return render_template("checkins/discard.html", check_in=check_in, stays=stays, words=words)
