"""Approving whom somebody asks. Never open to the subject herself."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_approve_raters, can_manage_round, needs
from app.db import db
from app.people.queries import name_of
from app.rounds import approving, choosing, moves, sheets
from app.rounds.approving import Changed, Refused, Spaced, TooFew
from app.rounds.cards import CHOSEN_BY_HER, cards_of, counts_of
from app.rounds.choosing import NobodyChosen, NotNow
from app.rounds.forms.raters import AddressForm, SheetsForm, ids_in
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import RoundSubject
from app.rounds.queries import asked, course
from app.rounds.queries.ahead import too_close_ahead
from app.rounds.queries.sufficient import sufficient_for
from app.rounds.views import bp
from app.rounds.views.adding import door
from app.rounds.views.feedback import HERS, foreseen_with_more, invitation_of
from app.rounds.words.raters import foreseen, reason_of, shortfall_text
from app.rounds.words.spacing import ahead_text, too_close_text
from app.web.formats import today

WARN_FROM = 5       # asked by so many people at once (docs: never a block)
ADDRESS = "/rondes/mensen/<int:part_id>"


@bp.get(ADDRESS)
@needs()
def part(part_id: int) -> Response:
    return _page(part_to_approve(part_id))


@bp.route(f"{ADDRESS}/<{HERS}:group>", methods=["GET", "POST"])
@needs()
def add_raters(part_id: int, group: str) -> Response:
    part = part_to_approve(part_id)
    authorize(any(known.rater_group == group for known in part.round.groups))
    return door(part, group, back=url_for("rounds.part", part_id=part_id, _anchor=group),
                closed=lambda: _too_late(part), by_approver=True)


@bp.get(f"{ADDRESS}/vooruitblik")
@needs()
def foresee_for(part_id: int) -> Response:
    return foreseen_with_more(part_to_approve(part_id), own=False)


@bp.post(f"{ADDRESS}/goed")
@needs()
def approve(part_id: int) -> Response:
    part = part_to_approve(part_id)
    try:
        approving.approve(part, actor().person_id, ids_in(request.form.getlist("seen")))
    except NotNow:
        return _again(part_id, _("%(name)s is nog aan het kiezen, of de ronde loopt niet meer. Er is niets veranderd.",
                                 name=part.person.first_name))
    except Changed:
        return _again(part_id, _("De keuze is veranderd sinds je deze pagina opende. Kijk nog een keer."))
    except NobodyChosen:
        return _again(part_id, _("Er is niemand om uit te nodigen."))
    except TooFew as refusal:
        return _again(part_id, *map(shortfall_text, refusal.shortfalls), status=422)
    except Refused as refusal:
        return _again(part_id, reason_of(refusal.problem, "", refusal.hint), status=422)
    except Spaced as refusal:
        return _again(part_id, *map(too_close_text, refusal.obstacles), status=422)
    if part.round.state == RoundState.OPEN:
        flash(_("Goed zo. De uitnodigingen gaan nu weg."))
    else:
        flash(_("Goed zo. De uitnodigingen gaan weg als de ronde begint."))
    return redirect(url_for("rounds.part", part_id=part_id), 303)


@bp.post(f"{ADDRESS}/<int:invitation_id>/weg")
@needs()
def remove(part_id: int, invitation_id: int) -> Response:
    part = part_to_approve(part_id)
    invitation = invitation_of(part, invitation_id)
    try:
        approving.remove(part, invitation)
    except NotNow:
        return _too_late(part)
    except TooFew:
        return _again(part_id, _("Zonder %(name)s zijn er te weinig mensen in deze groep. Voeg eerst iemand anders toe "
                                 "en nodig die uit.", name=invitation.name), status=422)
    flash(_("%(name)s wordt niet (meer) gevraagd.", name=invitation.name))
    return redirect(url_for("rounds.part", part_id=part_id, _anchor=invitation.rater_group), 303)


@bp.post(f"{ADDRESS}/<int:invitation_id>/adres")
@needs()
def correct_address(part_id: int, invitation_id: int) -> Response:
    part = part_to_approve(part_id)
    invitation = invitation_of(part, invitation_id)
    form = AddressForm()
    if not form.validate():
        return _page(part, wrong_address=(invitation.id, form), status=422)
    try:
        approving.correct_address(part, invitation, form.email.data)
    except NotNow:
        return _too_late(part)
    except Refused as refusal:
        form.email.errors = [reason_of(refusal.problem, form.email.data, refusal.hint)]
        return _page(part, wrong_address=(invitation.id, form), status=422)
    except Spaced as refusal:
        return _again(part_id, *map(too_close_text, refusal.obstacles), status=422)
    flash(_("Het adres van %(name)s is verbeterd.", name=invitation.name))
    return redirect(url_for("rounds.part", part_id=part_id, _anchor=invitation.rater_group), 303)


@bp.post(f"{ADDRESS}/<int:invitation_id>/link")
@needs()
def give_new_link(part_id: int, invitation_id: int) -> Response:
    part = part_to_approve(part_id)
    invitation = invitation_of(part, invitation_id)
    try:
        approving.give_new_link(part, invitation)
    except NotNow:
        return _too_late(part)
    flash(_("%(name)s krijgt een nieuwe link. De oude werkt niet meer; wat al was ingevuld, blijft staan.",
            name=invitation.name))
    return redirect(url_for("rounds.part", part_id=part_id, _anchor=invitation.rater_group), 303)


@bp.post(f"{ADDRESS}/bladen")
@needs()
def add_sheets(part_id: int) -> Response:
    part = part_to_approve(part_id)
    form = SheetsForm(part)
    if not form.validate():
        return _page(part, sheets_form=form, status=422)
    try:
        sheets.add(part, form.kind.data, form.count.data)
    except NotNow:
        return _too_late(part)
    flash(ngettext("%(num)s blad staat klaar om goed te keuren.", "%(num)s bladen staan klaar om goed te keuren.",
                   form.count.data))
    return redirect(url_for("rounds.part", part_id=part_id, _anchor="bladen"), 303)


@bp.post(f"{ADDRESS}/bladen/weg")
@needs()
def take_sheets_away(part_id: int) -> Response:
    part = part_to_approve(part_id)
    try:
        sheets.take_away(part, request.form.get("kind", ""))
    except NotNow:
        return _too_late(part)
    flash(_("De bladen die nog niet waren goedgekeurd, zijn weg."))
    return redirect(url_for("rounds.part", part_id=part_id, _anchor="bladen"), 303)


def part_to_approve(part_id: int) -> RoundSubject:
    """A part of somebody else of the dienst, once people may be chosen; held when it is changed."""
    find = asked.part_to_change if request.method == "POST" else asked.part_of
    part = find(actor().organisation_id, part_id)
    authorize(part is not None and can_approve_raters(actor(), part.person)
              and part.round.state != RoundState.CONCEPT)
    assert part is not None
    return part


def _page(part: RoundSubject, *problems: str, status: int = 200, sheets_form: SheetsForm | None = None,
          wrong_address: tuple[int, AddressForm] | None = None) -> Response:
    up = approving.is_up(part)
    shown = [one for one in part.invitations if one.state != State.PROPOSED or up or one.added_by_approver]
    waiting = approving.waiting(part)
    running = part.round.state == RoundState.OPEN
    held_back = choosing.runs(part) and approving.held_back(part)
    obstacles = course.spacing_of(part.round_id, part.organisation_id, max(today(), part.round.opens_on))[part.id] \
        if held_back else ()
    manages = running and part.round.is_pulse and can_manage_round(actor(), part.round)
    addresses = {one.email for one in shown if one.email is not None}
    page = render_template(
        "rounds/part.html", part=part, round=part.round, State=State, Round=RoundState, up=up, problems=problems,
        cards=cards_of(part, shown), waiting=waiting, runs=choosing.runs(part), held_back=held_back and running,
        obstacles=[too_close_text(found) for found in obstacles], chosen_by_her=CHOSEN_BY_HER,
        pressure=asked.asked_now(part.organisation_id, addresses), warn_from=WARN_FROM,
        short=[shortfall_text(found) for found in approving.short(part, shown)],
        leads=choosing.leads_of(asked.readers_of(part.person)),
        foreseen=[ahead_text(one) for one in (too_close_ahead(part) if up else ())]
        or foreseen(part.round, counts_of(shown), own=False),
        enough=sufficient_for(part) if running and not part.round.is_pulse else (),
        approver=name_of(part.organisation_id, part.approved_by_id),
        sheets_form=sheets_form or SheetsForm(part), wrong_address=wrong_address,
        manages=manages, later=moves.pulse_extension_of(part.round) if manages else None,
        on_paper=sheets.approved(part), used=asked.sheets_used(part.id) if running else {},
    )
    return make_response(page, status)


def _again(part_id: int, *problems: str, status: int = 409) -> Response:
    """The page as it stands, after a refusal."""
    db.session.rollback()
    part = asked.part_of(actor().organisation_id, part_id)
    authorize(part is not None)
    assert part is not None
    return _page(part, *problems, status=status)


def _too_late(part: RoundSubject) -> Response:
    if request.method == "POST":
        flash(_("Er is niets veranderd: dit kan nu niet meer. Zo staat het ervoor."))
    return redirect(url_for("rounds.part", part_id=part.id), 303)
