"""Days in a calendar, and how somebody wants to be kept up to date."""

from __future__ import annotations

import datetime as dt

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, by_link, needs
from app.conversations import planning
from app.conversations import queries as conversations
from app.development import neighbours
from app.development.actions import queries as action_queries
from app.development.actions.queries import DatedAction
from app.development.agenda import addresses
from app.development.agenda.addresses import UnknownAddress
from app.development.agenda.calendar import Day, day_file, subscription
from app.development.views import bp
from app.development.views.actions import ADDRESS, own_action
from app.people.models import Person
from app.web.addresses import absolute
from app.web.formats import now
from app.web.limits import TooOften

SETTINGS = "/ontwikkelplan/agenda"
PAST = dt.timedelta(days=30)        # so long a conversation that was held stays in a calendar


@bp.get(f"{ADDRESS}/agenda.ics")
@needs(Role.BEGELEIDER)
def action_day(action_id: int) -> Response:
    """404 while the action has no date."""
    goal, action = own_action(action_id)
    authorize(action.due_on is not None)
    assert action.due_on is not None
    day = _day(DatedAction(action.id, action.title, action.due_on, goal.changed_at, action.if_then))
    return _answer(day_file(day), "attachment", "actie")


@bp.get("/agenda/<token>.ics")
@by_link
def calendar(token: str) -> Response:
    """Whoever holds the address reads titles and days; nothing else stands in it."""
    try:
        person = addresses.person_behind(token)
    except UnknownAddress:
        return _for_nobody(FlaskResponse(_("Dit agenda-adres werkt niet (meer)."), 404, mimetype="text/plain"))
    except TooOften as wait:
        answer = _for_nobody(FlaskResponse(_("Even geduld."), 429, mimetype="text/plain"))
        answer.headers["Retry-After"] = str(wait.seconds)
        return answer
    return _for_nobody(_answer(_everything(person), "inline", "groeispiegel"))


@bp.get(SETTINGS)
@needs(Role.BEGELEIDER)
def wishes() -> str:
    found = addresses.wishes_of(actor())
    token = addresses.token_of(found)
    return render_template(
        "development/agenda.html",
        mails=found is None or found.mails,
        token=token,
        address=absolute("development.calendar", token=token) if token else None,
    )


@bp.post(SETTINGS)
@needs(Role.BEGELEIDER)
def set_mails() -> Response:
    wanted = request.form.get("mails") == "ja"
    addresses.set_mails(actor(), wanted)
    flash(_("Je krijgt mails over je plan.") if wanted else _("Je krijgt geen mails meer over je plan."))
    return redirect(url_for("development.wishes"), 303)


@bp.post(f"{SETTINGS}/adres")
@needs(Role.BEGELEIDER)
def make_address() -> Response:
    """The first one, or another instead of the one that the page showed."""
    seen = request.form.get("seen")
    if seen:
        addresses.renew(actor(), seen)
        flash(_("Je hebt een nieuw agenda-adres. Het oude werkt niet meer."))
    else:
        addresses.begin(actor())
    return redirect(url_for("development.wishes", _anchor="adres"), 303)


@bp.post(f"{SETTINGS}/adres/weg")
@needs(Role.BEGELEIDER)
def end_address() -> Response:
    addresses.end(actor())
    flash(_("Je agenda-adres werkt niet meer."))
    return redirect(url_for("development.wishes"), 303)


def _everything(person: Person) -> bytes:
    """Her actions with a date, her conversations, and what other rooms have for her."""
    days = [_day(action) for action in action_queries.dated_actions(person.id, person.organisation_id)]
    days += neighbours.days_of_others(person.id, person.organisation_id, request.host)
    talks = conversations.planned_for(person.actor, now() - PAST)
    meetings = [planning.meeting_of(talk, request.host) for talk in talks]
    meetings += neighbours.meetings_of_others(person.id, person.organisation_id, request.host)
    return subscription("Groeispiegel", days, meetings)


def _day(action: DatedAction) -> Day:
    return Day(f"actie-{action.id}@{request.host}", action.title, action.due_on,
               absolute("development.action", action_id=action.id), action.changed_at, action.if_then)


def _answer(file: bytes, way: str, name: str) -> FlaskResponse:
    answer = FlaskResponse(file, mimetype="text/calendar")
    answer.headers["Content-Disposition"] = f'{way}; filename="{name}.ics"'
    return answer


def _for_nobody(answer: FlaskResponse) -> FlaskResponse:
    """The address is the key: no page that is opened from here learns it, and nothing of it is kept."""
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["Cache-Control"] = "no-store"
    return answer
