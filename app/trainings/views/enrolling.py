"""A session, as each who has to do with it sees it: to sign up, to propose, to plan."""

from __future__ import annotations

from collections.abc import Callable

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import (
    Role,
    actor,
    authorize,
    can_plan_trainings,
    can_propose_training,
    can_use_enrolment,
    needs,
)
from app.competencies.queries import current_framework
from app.conversations.calendar import calendar_file
from app.trainings import enrolling, planning
from app.trainings.cards import in_calendar
from app.trainings.enrolling import TooLate
from app.trainings.enrolment_queries import enrolment_by_id, enrolment_of, people_led, signed_up, still_guides
from app.trainings.evaluating import can_evaluate, heard_of, is_over
from app.trainings.lifecycle import EnrolmentState, Impossible, SessionState
from app.trainings.links import kept_for, plan_behind
from app.trainings.models import Enrolment, TrainingSession
from app.trainings.session_forms import ProposeForm
from app.trainings.session_queries import Place, is_open, session_of, session_to_change, taken_of
from app.trainings.views import bp
from app.trainings.views.looking import said
from app.trainings.views.sessions import ADDRESS

Page = str | tuple[str, int]
EVERYBODY = (Role.BEGELEIDER, Role.TEAMLEIDER, Role.HR)


@bp.get(ADDRESS)
@needs(*EVERYBODY)
def session(session_id: int) -> Page:
    return _page(_found(session_id))


@bp.get(f"{ADDRESS}/agenda.ics")
@needs(*EVERYBODY)
def calendar(session_id: int) -> Response:
    """Its days as a file for a calendar, or to take them out again; 404 while there are none."""
    session = _found(session_id)
    authorize(bool(session.meetings))
    answer = FlaskResponse(calendar_file(*in_calendar(session, request.host)), mimetype="text/calendar")
    name = "opleiding-gaat-niet-door" if session.state == SessionState.CALLED_OFF else "opleiding"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return answer


@bp.post(f"{ADDRESS}/aanmelden")
@needs(Role.BEGELEIDER)
def sign_up(session_id: int) -> Response | Page:
    def act(session: TrainingSession) -> str:
        if enrolling.sign_up(session, actor().person_id) == EnrolmentState.ENROLLED:
            return (_("Je bent ingeschreven. Je krijgt een mail met de dagen voor je agenda.") if session.meetings else
                    _("Je bent ingeschreven. De dagen volgen nog; je krijgt een mail zodra ze er zijn."))
        return _("De laatste plaats is net weg. Je staat op de wachtlijst; komt er een plaats vrij, dan krijg je een "
                 "mail.") if request.form.get("room") else _(
                     "Je staat op de wachtlijst. Komt er een plaats vrij, dan krijg je een mail.")

    return _do(session_id, act)


@bp.post(f"{ADDRESS}/afmelden")
@needs(Role.BEGELEIDER)
def withdraw(session_id: int) -> Response | Page:
    def act(session: TrainingSession) -> str:
        enrolling.withdraw(session, actor().person_id)
        return (_("Je bent afgemeld. Stond het al in je agenda? Haal het daar weg.") if session.meetings else
                _("Je bent afgemeld."))

    return _do(session_id, act)


@bp.post(f"{ADDRESS}/liever-niet")
@needs(Role.BEGELEIDER)
def decline(session_id: int) -> Response | Page:
    def act(session: TrainingSession) -> str:
        enrolling.decline(session, actor().person_id)
        return _("Je gaat liever niet. Wie je leidinggeeft, ziet dat; verder niemand.")

    return _do(session_id, act)


@bp.post(f"{ADDRESS}/voorstellen")
@needs(Role.TEAMLEIDER)
def propose(session_id: int) -> Response | Page:
    """Only to people whom she leads: of others she does not learn that they exist."""
    session = _held(session_id)
    form = ProposeForm()
    led = {one.person.id: one.person for one in people_led(actor(), session)
           if can_propose_training(actor(), one.person)}
    people = [led[person_id] for person_id in set(form.people.data or ()) if person_id in led]
    if not people:
        form.people.errors = [_("Kies ten minste één persoon.")]
        return _page(session, 422, form=form)
    try:
        count = enrolling.propose(session, people, actor())
    except TooLate:
        return _page(session, 409, told=_too_late())
    flash(ngettext("Voorgesteld aan 1 persoon, die een mail krijgt.",
                   "Voorgesteld aan %(num)s mensen, die een mail krijgen.", count) if count
          else _("Zij hadden dit al."))
    places = kept_for(actor()) if "places" in request.form else None        # the page that she proposed on goes on
    return redirect(f"{places}#b{session.id}" if places else
                    url_for("trainings.session", session_id=session.id, _anchor="team"), 303)


@bp.post("/opleidingen/inschrijving/<int:enrolment_id>/terug")
@needs(Role.TEAMLEIDER)
def take_back(enrolment_id: int) -> Response | Page:
    enrolment: Enrolment | None = enrolment_by_id(actor(), enrolment_id)
    authorize(enrolment is not None and can_propose_training(actor(), enrolment.person))
    assert enrolment is not None
    session = _held(enrolment.session_id)
    enrolment = enrolment_of(session, enrolment.person_id)
    if enrolment is not None:
        try:
            enrolling.take_back(enrolment)
        except Impossible:
            return _page(session, 409, told=_("Er is intussen al geantwoord op dit voorstel. Zie hieronder."))
    flash(_("Het voorstel is teruggenomen."))
    return redirect(url_for("trainings.session", session_id=session.id, _anchor="team"), 303)


def _do(session_id: int, act: Callable[[TrainingSession], str]) -> Response | Page:
    """What a begeleider does for herself. Her page says how it stands when it cannot be done any more."""
    authorize(still_guides(actor().person_id))
    session = _held(session_id)
    enrolment = enrolment_of(session, actor().person_id)
    authorize(enrolment is None or can_use_enrolment(actor(), enrolment))
    try:
        told = act(session)
    except TooLate:
        return _page(session, 409, told=_too_late())
    except Impossible:
        return _page(session, 409, told=_("Dat kan nu niet meer: het is intussen veranderd. Zie hieronder."))
    flash(told)
    return redirect(url_for("trainings.session", session_id=session.id), 303)


def _too_late() -> str:
    return _("De bijeenkomst is al begonnen, of gaat niet door. Aanmelden en afmelden kan niet meer.")


def _found(session_id: int) -> TrainingSession:
    """404 for what another organisation plans, or nobody."""
    found = session_of(actor().organisation_id, session_id)
    authorize(found is not None)
    assert found is not None
    return found


def _held(session_id: int) -> TrainingSession:
    """The same, held while who goes is changed."""
    found = session_to_change(actor().organisation_id, session_id)
    authorize(found is not None)
    assert found is not None
    return found


def _page(session: TrainingSession, status: int = 200, *, form: ProposeForm | None = None, told: str = "") -> Page:
    who = actor()
    own = enrolment_of(session, who.person_id) if Role.BEGELEIDER in who.roles else None
    hr = can_plan_trainings(who)
    led = people_led(who, session) if Role.TEAMLEIDER in who.roles else []
    form = form or ProposeForm(formdata=None)
    form.offer(led)
    return render_template(
        "trainings/session.html",
        session=session, place=Place(session, taken_of(session)), open=is_open(session), told=told,
        begeleider=Role.BEGELEIDER in who.roles, own=own, to_evaluate=can_evaluate(session, own),
        team=led, leads=Role.TEAMLEIDER in who.roles, form=form,
        hr=hr, going=signed_up(session) if hr else [], closes=hr and planning.can_be_closed(session),
        plan=plan_behind(who, session.id) if hr else None,
        heard=heard_of(session, words=hr), over=is_over(session), **said(current_framework().catalog),
    ), status
