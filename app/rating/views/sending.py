"""Sending what was answered, and the one page that says so."""

from __future__ import annotations

from flask import g, redirect, render_template, url_for
from werkzeug.wrappers import Response

from app.access import by_link
from app.rating import sending
from app.rating.page import form_of
from app.rating.views import asked_by, bp
from app.rating.views.answering import overview_page
from app.rating.words import words_of


@bp.post("/b/<token>/verstuur")
@by_link
def send(token: str) -> Response | str | tuple[str, int]:
    """The page of thanks is this answer itself: nothing of what was sent can be asked for later."""
    asked = asked_by(token)
    form = form_of(asked)
    try:
        receipt = sending.send(asked)
    except sending.NothingAnswered:
        return overview_page(asked, nothing=True)
    return render_template(
        "rating/thanks.html", asked=asked, form=form, words=words_of(form.voice), receipt=receipt,
        on_device=g.get("class_token"),
    )


@bp.get("/b/<token>/verstuur", endpoint="sent")
@by_link
def look_again(token: str) -> Response:
    """The address of the page of thanks, opened again: that it was sent, or else what can be sent."""
    asked_by(token)
    return redirect(url_for("rating.overview", token=token))
