"""Pages for whoever is not signed in yet."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from flask import Blueprint, current_app, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from werkzeug.wrappers import Response

from app.access import needs, public
from app.accounts import links, services, sessions
from app.accounts.forms import ForgottenForm, NewPasswordForm, SignInForm
from app.accounts.services import WrongPassword
from app.accounts.throttle import TooManyAttempts
from app.db import SAFE, db
from app.organisations import queries as organisations
from app.web import carried
from app.web.carried import Carried
from app.web.errors import page as error_page
from app.web.errors import wants_json

bp = Blueprint("accounts", __name__)


@bp.get("/inloggen", endpoint="sign_in")
@public
def show_sign_in() -> Response:
    if current_user.is_authenticated:
        return redirect(url_for("home.start"))
    return _sign_in_page(SignInForm(), 200)


@bp.post("/inloggen")
@public
def do_sign_in() -> Response:
    form = SignInForm()
    if not form.validate():
        return _sign_in_page(form, 422, kept=carried.through_log_in())
    try:
        person = services.sign_in(form.email.data, form.password.data, request.remote_addr)
    except WrongPassword:
        told = _("Dit e-mailadres en wachtwoord horen niet bij elkaar. Probeer het nog eens of vraag een nieuw "
                 "wachtwoord.")
        return _sign_in_page(form, 422, told, carried.through_log_in())
    except TooManyAttempts as wait:
        told = _("Er is een paar keer een verkeerd wachtwoord ingevuld. Wacht %(seconds)s seconden en probeer het "
                 "opnieuw.", seconds=wait.seconds)
        return _told_to_wait(_sign_in_page(form, 429, told, carried.through_log_in()), wait)
    kept, target = carried.through_log_in(), carried.local_path(request.args.get("naar"))
    sessions.begin(person)
    return carried.offer_again(kept, 200) if kept else redirect(target or url_for("home.start"))


@bp.post("/uitloggen")
@needs()
def sign_out() -> Response:
    services.end_sessions(current_user.account)
    sessions.end()
    flash(_("Je bent uitgelogd, ook op andere apparaten."))
    return redirect(url_for("accounts.sign_in"))


@bp.get("/wachtwoord-vergeten", endpoint="forgotten")
@public
def show_forgotten() -> Response:
    return make_response(render_template("accounts/forgotten.html", form=ForgottenForm(), told=None))


@bp.post("/wachtwoord-vergeten")
@public
def do_forgotten() -> Response:
    form = ForgottenForm()
    if not form.validate():
        return make_response(render_template("accounts/forgotten.html", form=form, told=None), 422)
    try:
        with _same_time_for_all():
            services.send_password_link(form.email.data, request.remote_addr)
            db.session.commit()     # here, so that writing falls within the time that is the same for all
    except TooManyAttempts as wait:
        told = _("Van deze plek is heel vaak om een nieuw wachtwoord gevraagd. Wacht %(seconds)s seconden en probeer "
                 "het opnieuw.", seconds=wait.seconds)
        return _told_to_wait(make_response(render_template("accounts/forgotten.html", form=form, told=told), 429), wait)
    return make_response(render_template("accounts/link_sent.html"))


@bp.route("/wachtwoord/<link>", methods=["GET", "POST"])
@public
def choose_password(link: str) -> Response:
    try:
        found = links.find(link)
        person = sessions.person_of(current_app, found.account)
        if person is None:
            raise links.ClosedLink
        form = NewPasswordForm()
        email, organisation = found.account.email, organisations.organisation(found.organisation_id).name
        form.about = (email, person.name, organisation)
        if not form.validate_on_submit():
            page = render_template("accounts/choose_password.html", form=form, email=email, organisation=organisation,
                                   purpose=found.purpose)
            return make_response(page, 422 if form.is_submitted() else 200)
        services.choose_password(found, form.new_password.data)
    except links.UnknownLink:
        return make_response(render_template("accounts/no_link.html", known=False), 404)
    except links.ClosedLink:
        return make_response(render_template("accounts/no_link.html", known=True), 410)
    sessions.end()
    flash(_("Je wachtwoord is bewaard. Log er nu mee in."))
    return redirect(url_for("accounts.sign_in"))


@bp.errorhandler(CSRFError)
def stale(_error: CSRFError) -> Response:
    """A page that stood open since yesterday. Signing in asks only for the password again."""
    if request.endpoint != "accounts.do_sign_in":
        kept = carried.of_this_request()
        return carried.offer_again(kept, 400) if kept else error_page(400)
    form = SignInForm()
    return _sign_in_page(form, 400, _("Deze pagina stond lang open. Vul je wachtwoord nog een keer in."),
                         carried.through_log_in())


def sign_in_first() -> Response:
    """The answer for somebody who must sign in. A form that she sent goes along through the log-in."""
    if wants_json():
        return make_response({"error": "signed_out", "sign_in": url_for("accounts.sign_in")}, 401)
    if request.method in SAFE:
        return redirect(url_for("accounts.sign_in", naar=request.full_path.rstrip("?")))
    kept = carried.of_this_request()
    back = request.path if kept is None and _can_be_opened(request.path) else None
    told = _("Je was een tijd weg en bent uitgelogd. Log in; we brengen je terug naar deze pagina en zetten je tekst "
             "terug.") if kept else _("Je was een tijd weg en bent uitgelogd. Log in om verder te gaan.")
    return _sign_in_page(SignInForm(formdata=None), 401, told, kept, back)


def _can_be_opened(path: str) -> bool:
    """True when an address is a page and not only what a form is sent to."""
    routes = current_app.create_url_adapter(request)
    return routes is not None and routes.test(path, method="GET")


def _sign_in_page(form: SignInForm, status: int, told: str | None = None, kept: Carried | None = None,
                  back: str | None = None) -> Response:
    target = back or carried.local_path(request.args.get("naar"))
    page = render_template("accounts/sign_in.html", form=form, told=told, kept=kept, target=target)
    return make_response(page, status)


def _told_to_wait(response: Response, wait: TooManyAttempts) -> Response:
    response.headers["Retry-After"] = str(wait.seconds)
    return response


@contextlib.contextmanager
def _same_time_for_all() -> Iterator[None]:
    """Ends no sooner than a fixed time after it began, far more than the work inside ever takes."""
    fixed = 0.05 if current_app.config["SETTINGS"].testing else 0.5
    began = time.perf_counter()
    yield
    time.sleep(max(0.0, fixed - (time.perf_counter() - began)))
