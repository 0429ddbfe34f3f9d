"""Every link that does not lead to questions has a friendly page of its own; a script gets the same as JSON."""

from __future__ import annotations

import secrets

from flask import current_app, jsonify, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from app.access import by_link
from app.db import db
from app.rating import limits
from app.rating.limits import TooOften
from app.rating.queries import AlreadySent, DeadLink, Declined, NotWanted, RoundClosed, UnknownLink
from app.rating.sheets import NotOpenYet
from app.rating.views import bp
from app.rounds import links
from app.web.errors import wants_json
from app.web.formats import date


@bp.route("/b/", defaults={"token": ""}, methods=["GET", "POST"])
@bp.route("/b/<path:token>", methods=["GET", "POST"])
@by_link
def mistyped(token: str) -> Response:  # noqa: ARG001 (what it is does not matter: it is no link)
    """Any other address that begins like a link."""
    limits.count_guess()
    raise UnknownLink


@bp.errorhandler(UnknownLink)
def unknown(_error: UnknownLink) -> Response:
    return _refuse(404, "unknown", _("Deze link klopt niet"),
                   _("Kopieer de link helemaal uit de mail, of vraag om een nieuwe bij wie hem stuurde."))


@bp.errorhandler(DeadLink)
def dead(_error: DeadLink) -> Response:
    return _refuse(410, "dead", _("Er is een nieuwere link"),
                   _("Deze link werkt niet meer: er is daarna een nieuwe verstuurd. Open de link uit de laatste mail. "
                     "Wat al was ingevuld, staat er nog."))


@bp.errorhandler(RoundClosed)
def closed(error: RoundClosed) -> Response:
    return _refuse(410, "closed", _("Deze ronde is gesloten"),
                   _("Antwoorden kon tot en met %(day)s. Bedankt voor het meedenken.", day=date(error.closes_on)))


@bp.errorhandler(AlreadySent)
def already_sent(_error: AlreadySent) -> Response:
    return _refuse(410, "sent", _("Verstuurd"), _("Met deze link zijn de antwoorden al verstuurd. Bedankt!"))


@bp.errorhandler(Declined)
def declined(error: Declined) -> Response:
    """With a way back: a slip of the finger, or of somebody who held her phone."""
    told = _("Met deze link is gezegd: liever niet. Daarom vragen we hier niets. Was dat een vergissing? Meedoen "
             "kan nog.")
    if error.contact:
        told = " ".join([told, _("Vragen? Dat kan bij %(contact)s.", contact=error.contact)])
    return _refuse(410, "declined", _("Liever niet meedoen"), told)


@bp.errorhandler(NotWanted)
def not_wanted(_error: NotWanted) -> Response:
    return _refuse(410, "not-wanted", _("Deze vraag is ingetrokken"),
                   _("Er hoeft hier niets meer te worden ingevuld. Bedankt voor de moeite."))


@bp.errorhandler(NotOpenYet)
def not_open_yet(error: NotOpenYet) -> Response:
    return _refuse(410, "not-open", _("Deze ronde is nog niet begonnen"),
                   _("Antwoorden kan vanaf %(day)s.", day=date(error.opens_on)))


@bp.errorhandler(TooOften)
def too_often(error: TooOften) -> Response:
    response = _refuse(429, "often", _("Even geduld"),
                       _("Er kwamen kort na elkaar te veel verzoeken. Probeer het over %(seconds)s seconden opnieuw. "
                         "Wat al bewaard was, staat er nog.", seconds=error.seconds))
    response.headers["Retry-After"] = str(error.seconds)
    return response


@bp.errorhandler(HTTPException)
def refused(error: HTTPException) -> Response:
    if error.response is not None:
        return make_response(error.response)
    status = error.code or 500
    if status == 404:
        return _refuse(404, "404", _("Deze pagina is er niet"),
                       _("Het adres klopt niet helemaal. Open de link uit de mail opnieuw: wat al bewaard was, staat "
                         "er nog."))
    if status == 413:
        return _refuse(413, "413", _("Dit is te veel in één keer"),
                       _("Wat hier aankwam, is groter dan we kunnen aannemen. Het is niet bewaard. Wat al bewaard was, "
                         "staat er nog. Ga terug en maak de tekst korter."))
    return _refuse(status, str(status), _("Dit konden we niet lezen"),
                   _("Er is niets veranderd. Wat al bewaard was, staat er nog. Ga terug, laad de pagina opnieuw en "
                     "probeer het nog een keer."))


@bp.errorhandler(Exception)
def failed(error: Exception) -> Response:
    if current_app.testing:
        raise error
    code = secrets.token_hex(4)
    current_app.logger.exception("error %s at %s", code, request.endpoint)
    return _refuse(500, "500", _("Er ging iets mis bij ons"),
                   _("Wat al bewaard was, staat er nog. Probeer het over een minuut opnieuw. Blijft het misgaan? Noem "
                     "dan deze code: %(code)s.", code=code))


def _refuse(status: int, error: str, what: str, told: str) -> Response:
    db.session.rollback()
    if wants_json():
        return make_response(jsonify(error=error, message=f"{what}. {told}"), status)
    over = error in ("closed", "sent", "not-wanted", "declined")
    token = (request.view_args or {}).get("token", "")
    parts = links.read(token) if over else None
    return make_response(
        render_template("rating/refused.html", what=what, told=told, forget=parts[0] if parts else None,
                        token=token if error == "declined" else None), status
    )
