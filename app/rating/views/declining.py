"""Rather not: said without an account, and without a reason if she likes."""

from __future__ import annotations

from flask import abort, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import by_link
from app.db import db
from app.rating import drafts, limits
from app.rating.page import form_of
from app.rating.queries import Asked, Declined, NotWanted
from app.rating.rater_form import Voice
from app.rating.views import asked_by, bp
from app.rating.words import words_of
from app.rounds import approving, choosing, inviting
from app.rounds.invitations import Decline
from app.rounds.models import Invitation
from app.rounds.queries import asked as rounds


@bp.get("/b/<token>/liever-niet", endpoint="decline")
@by_link
def show_decline(token: str) -> str:
    return _page(asked_by(token))


@bp.post("/b/<token>/liever-niet")
@by_link
def do_decline(token: str) -> str | tuple[str, int]:
    """What was answered so far is thrown away."""
    asked = asked_by(token)
    form = form_of(asked)
    chosen = request.form.get("reden", "" if form.voice is Voice.ADULT else Decline.NO_REASON)
    if not chosen:
        return _page(asked, unchosen=True), 422
    if chosen not in {*Decline}:
        abort(400)
    try:
        inviting.decline(db.session.get_one(Invitation, asked.invitation_id), Decline(chosen))
    except inviting.NotAsked:
        raise NotWanted from None
    drafts.destroy(asked)       # once nothing more can be saved
    return render_template("rating/declined.html", asked=asked, form=form, words=words_of(form.voice),
                           on_device=g.get("class_token"))


@bp.post("/b/<token>/toch-wel")
@by_link
def take_part(token: str) -> Response:
    """She declined by mistake, or thinks otherwise. To who did not decline it is the way to the first page."""
    try:
        asked_by(token)
    except Declined as no:
        limits.count_use(token.partition(".")[0])
        db.session.info["organisation_id"] = no.organisation_id
        part = rounds.part_to_change(no.organisation_id, no.part_id)
        invitation = db.session.get(Invitation, no.invitation_id)
        if part is None or invitation is None:
            raise NotWanted from None
        try:
            approving.ask_after_all(part, invitation)
        except (choosing.NotNow, approving.Refused, approving.Spaced):
            raise NotWanted from None
    return redirect(url_for("rating.first", token=token), 303)


def _page(asked: Asked, *, unchosen: bool = False) -> str:
    form = form_of(asked)
    return render_template(
        "rating/decline.html", asked=asked, form=form, words=words_of(form.voice),
        token=(request.view_args or {})["token"], reasons=Decline, unchosen=unchosen,
    )
