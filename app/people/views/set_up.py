"""The first visit to an empty installation."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import public
from app.accounts import sessions
from app.db import SAFE
from app.organisations import queries as organisations
from app.organisations.services import AlreadySetUp
from app.people import services
from app.people.forms import SetUpForm
from app.people.views import bp


@bp.route("/richt-in", methods=["GET", "POST"])
@public
def set_up() -> Response:
    if organisations.any_exists():
        abort(404)
    form = SetUpForm()
    if not form.validate_on_submit():
        return make_response(render_template("organisations/set_up.html", form=form), 422 if form.errors else 200)
    try:
        person = services.set_up(form.organisation.data, form.name.data, form.email.data, form.new_password.data)
    except AlreadySetUp:
        abort(404)
    sessions.begin(person)
    flash(_("Je organisatie staat klaar. Voeg nu teams en mensen toe."))
    return redirect(url_for("people.overview"))


def before_anybody() -> Response | None:
    """Signing in is of no use before there is an organisation; every page that needs it leads here."""
    if request.method in SAFE and not organisations.any_exists():
        return redirect(url_for("people.set_up"))
    return None
