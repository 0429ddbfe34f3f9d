"""HR plans a session, changes it, calls it off and closes it."""

from __future__ import annotations

import datetime as dt

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_plan_trainings, needs
from app.trainings import planning, words
from app.trainings.enrolment_queries import hold_who_goes, signed_up
from app.trainings.lifecycle import TAKES_A_PLACE, EnrolmentState, SessionState
from app.trainings.models import Training, TrainingSession
from app.trainings.planning import NotNow, TooFewPlaces
from app.trainings.session_forms import EVALUATED, MOST_DAYS, CloseForm, SessionForm, seen, seen_of, session_form
from app.trainings.session_queries import session_of, session_to_change, taken_of
from app.trainings.views import bp
from app.trainings.views.catalogue import ADDRESS as OFFER
from app.trainings.views.looking import found
from app.web.formats import today

ADDRESS = "/opleidingen/bijeenkomst/<int:session_id>"
Page = str | tuple[str, int]


@bp.route(f"{OFFER}/<int:training_id>/bijeenkomst", methods=["GET", "POST"])
@needs(Role.HR)
def plan_session(training_id: int) -> Response | Page:
    authorize(can_plan_trainings(actor()))
    training = found(actor(), training_id)
    if training.retired_at is not None:
        flash(_("Deze opleiding wordt niet meer aangeboden. Bied haar eerst weer aan."))
        return redirect(url_for("trainings.training", training_id=training.id), 303)
    form = _form(training, None)
    if request.method == "GET" or "more" in request.form:
        return _page(form, training)
    if not form.validate():
        return _page(form, training, status=422)
    made = planning.plan(training, form.planned)
    flash(_("De bijeenkomst is gepland. Mensen kunnen zich nu aanmelden."))
    return redirect(url_for("trainings.session", session_id=made.id), 303)


@bp.route(f"{ADDRESS}/bewerken", methods=["GET", "POST"])
@needs(Role.HR)
def edit_session(session_id: int) -> Response | Page:
    """What somebody else changed meanwhile is not written over unseen."""
    session = to_change(session_id)
    if session.state != SessionState.PLANNED:
        return _back(session, _("Deze bijeenkomst is geweest of gaat niet door. De gegevens blijven zoals ze zijn."))
    form = _form(session.training, session)
    if request.method == "GET" or "more" in request.form:
        return _page(form, session.training, session)
    if not form.validate():
        return _page(form, session.training, session, 422)
    stored = planning.said_of(session)
    if form.shown.data != seen(stored) and form.planned != stored:
        form.shown.data = seen(stored)
        return _page(form, session.training, session, 409, told=_(
            "Iemand anders veranderde deze bijeenkomst intussen ook. Je ziet wat je net typte. Klopt het nog? Bewaar "
            "het dan opnieuw."))
    try:
        planning.change(session, form.planned)
    except TooFewPlaces as error:
        form.places.errors = [ngettext("Er is al %(num)s mens ingeschreven. Minder plaatsen kan niet.",
                                       "Er zijn al %(num)s mensen ingeschreven. Minder plaatsen kan niet.",
                                       error.taken)]
        return _page(form, session.training, session, 422)
    return _back(session, _("De bijeenkomst is bewaard."))


@bp.route(f"{ADDRESS}/afzeggen", methods=["GET", "POST"])
@needs(Role.HR)
def call_off(session_id: int) -> Response | Page:
    session = to_change(session_id)
    if request.method == "GET" and session.state == SessionState.PLANNED:
        return render_template("trainings/session_off.html", session=session, taken=taken_of(session))
    try:
        planning.call_off(session)
    except NotNow:
        return _back(session, _("Deze bijeenkomst is geweest. Afzeggen kan niet meer."))
    return _back(session, _("De bijeenkomst gaat niet door. Wie zich had aangemeld, krijgt een mail."))


@bp.route(f"{ADDRESS}/afsluiten", methods=["GET", "POST"])
@needs(Role.HR)
def close(session_id: int) -> Response | Page:
    """Who was there; once it is closed, to put that right."""
    authorize(can_plan_trainings(actor()))
    if request.method == "POST":
        hold_who_goes(actor().organisation_id, session_id)
    session = to_change(session_id)
    if not planning.can_be_closed(session):
        return _back(session, _("Afsluiten kan vanaf de laatste dag van de bijeenkomst."))
    held = session.state == SessionState.HELD
    going = [one for one in signed_up(session) if one.state in TAKES_A_PLACE]
    form = CloseForm(data={"evaluate_until": today() + EVALUATED, "shown": seen_of(going)})
    if held:
        del form["evaluate_until"]
    stale = request.method == "POST" and form.shown.data != seen_of(going)
    if stale:
        form.shown.data = seen_of(going)
    elif request.method == "POST" and form.validate():
        until: dt.date = session.evaluate_until or today() if held else form.evaluate_until.data
        planning.close(session, frozenset(form.came.data or ()), until)
        return _back(session, _("Vastgelegd wie erbij was."))
    came = [one.person_id for one in going if one.state != EnrolmentState.ABSENT]
    if request.method == "POST":
        came = list(form.came.data or ())
    told = _("Intussen veranderde wie er staat, of wat er al was vastgelegd. Je ziet wat je net aanvinkte. Klopt het "
             "nog? Leg het dan opnieuw vast.") if stale else ""
    return render_template("trainings/session_close.html", session=session, form=form, going=going, came=came,
                           held=held, told=told), 409 if stale else 422 if form.errors else 200


def to_change(session_id: int) -> TrainingSession:
    """For HR; held while it is changed. 404 for what another organisation plans, or nobody."""
    authorize(can_plan_trainings(actor()))
    find = session_of if request.method == "GET" else session_to_change
    session = find(actor().organisation_id, session_id)
    authorize(session is not None)
    assert session is not None
    return session


def _form(training: Training, session: TrainingSession | None) -> SessionForm:
    sent = sum(name.startswith("day_") for name in request.form)
    rows = min(MOST_DAYS, sent + ("more" in request.form)) if sent else None
    return session_form(training, session, rows)


def _page(form: SessionForm, training: Training, session: TrainingSession | None = None, status: int = 200, *,
          told: str = "") -> Page:
    return render_template("trainings/session_edit.html", form=form, training=training, session=session, told=told,
                           most=MOST_DAYS, words=words), status


def _back(session: TrainingSession, told: str) -> Response:
    flash(told)
    return redirect(url_for("trainings.session", session_id=session.id), 303)
