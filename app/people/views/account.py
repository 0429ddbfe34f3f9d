"""One's own account."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import needs
from app.accounts import services, sessions
from app.accounts.forms import ChangePasswordForm
from app.accounts.services import WrongPassword
from app.accounts.throttle import TooManyAttempts
from app.organisations import queries as organisations
from app.people import queries
from app.people.models import Person
from app.people.views import bp


@bp.get("/account")
@needs()
def account() -> Response:
    return _page(ChangePasswordForm(formdata=None), 200)


@bp.post("/account")
@needs()
def change_password() -> Response:
    form, person = ChangePasswordForm(), _me()
    form.about = (person.name, person.account.email, organisations.organisation(person.organisation_id).name)
    if not form.validate():
        return _page(form, 422)
    try:
        services.change_password(
            person.account, form.current_password.data, form.new_password.data, request.remote_addr
        )
    except WrongPassword:
        form.current_password.errors = [_("Dit is niet je wachtwoord van nu. Typ het nog een keer.")]
        return _page(form, 422)
    except TooManyAttempts as wait:
        form.current_password.errors = [_("Er is een paar keer een verkeerd wachtwoord ingevuld. Wacht %(seconds)s "
                                          "seconden en probeer het opnieuw.", seconds=wait.seconds)]
        page = _page(form, 429)
        page.headers["Retry-After"] = str(wait.seconds)
        return page
    sessions.begin(person)
    flash(_("Je nieuwe wachtwoord is bewaard. Op andere apparaten ben je uitgelogd."))
    return redirect(url_for("people.account"))


def _me() -> Person:
    person: Person = current_user._get_current_object()
    return person


def _page(form: ChangePasswordForm, status: int) -> Response:
    person = _me()
    names = queries.team_names(person.organisation_id)
    page = render_template(
        "people/account.html",
        form=form,
        person=person,
        organisation=organisations.organisation(person.organisation_id),
        works_in=sorted(names[m.team_id] for m in person.memberships if not m.leads),
        leads=sorted(names[m.team_id] for m in person.memberships if m.leads),
        partner=queries.name_of(person.organisation_id, person.discussion_partner_id),
        beheerders=queries.active_beheerders(person.organisation_id),
    )
    return make_response(page, status)
