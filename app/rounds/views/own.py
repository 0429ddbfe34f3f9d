"""A round that a begeleider begins about herself, and a korte vraag that is extended or stopped."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_choose_raters, can_manage_round, needs
from app.competencies.queries import current_framework
from app.rounds import moves, planning
from app.rounds.calendar import REMINDERS, propose
from app.rounds.forms.filled import group_data
from app.rounds.forms.planning import OwnRoundForm
from app.rounds.lifecycle import Move, MoveRefused, Who, moves_from
from app.rounds.models import RoundSubject
from app.rounds.queries import asked, course
from app.rounds.settings import settings_of
from app.rounds.views import bp
from app.rounds.words import course as words
from app.web.formats import date, today
from app.web.navigation import belongs_to

Page = str | tuple[str, int]


@bp.route("/feedback/nieuw", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def begin_own() -> Response | Page:
    who = actor()
    if refusal := _refusal():
        page = render_template("rounds/not_own.html", refusal=refusal)
        return (page, 409) if request.method == "POST" else page
    holidays = course.holidays(who.organisation_id)
    proposed = propose(today(), holidays)
    form = OwnRoundForm(data=group_data(current_framework().catalog) | {
        "lead_reads_comments": True, "reminder_first": REMINDERS[0], "reminder_second": REMINDERS[1],
        "choose_until": proposed.choose_until, "opens_on": proposed.opens_on, "closes_on": proposed.closes_on,
    })
    form.offer_purposes()
    form.offer_groups(current_framework().catalog)
    form.holidays = holidays
    if form.validate_on_submit():
        made = planning.plan(who, form.plan_about(who.person_id, _name()), own_initiative=True)
        moves.publish(made)
        flash(_("Je ronde is begonnen. Kies nu wie je om feedback vraagt."))
        return redirect(url_for("rounds.choose", part_id=made.subjects[0].id), 303)
    page = render_template("rounds/own.html", form=form)
    return (page, 422) if form.errors else page


@bp.get("/feedback/<int:part_id>/stop", endpoint="stop_own")
@needs(Role.BEGELEIDER)
def show_stop(part_id: int) -> str:
    part = _own_part(part_id)
    return _stop_page(part)


@bp.post("/feedback/<int:part_id>/stop")
@needs(Role.BEGELEIDER)
def do_stop(part_id: int) -> Response | Page:
    part = _own_part(part_id)
    if not _began_it(part):
        return _stop_page(part), 409
    try:
        moves.abort(part.round)
    except MoveRefused:
        return _stop_page(part), 409
    flash(_("De korte vraag is gestopt.") if part.round.is_pulse else words.move_told(Move.ABORT))
    if part.round.is_pulse:
        return redirect(url_for("rounds.feedback", part_id=part.id), 303)
    return redirect(url_for("assessments.measurements"), 303)


@bp.post("/feedback/<int:part_id>/verleng")
@needs(Role.BEGELEIDER, Role.BEHEERDER)
def extend_pulse(part_id: int) -> Response:
    """Of a korte vraag, by whoever may manage it."""
    part = asked.part_to_change(actor().organisation_id, part_id)
    authorize(part is not None and part.round.is_pulse and can_manage_round(actor(), part.round))
    assert part is not None
    try:
        moves.extend_pulse(part.round, by=actor().person_id)
        flash(_("Antwoorden kan nu tot en met %(day)s. Wie nog niet heeft geantwoord, krijgt een mail.",
                day=date(part.round.closes_on, "d MMMM")))
    except MoveRefused:
        flash(_("Er is niets veranderd: deze korte vraag kan niet (meer) worden verlengd."))
    hers = can_choose_raters(actor(), part)
    return redirect(url_for("rounds.feedback" if hers else "rounds.part", part_id=part.id), 303)


def _own_part(part_id: int) -> RoundSubject:
    found = asked.part_of(actor().organisation_id, part_id)
    if found is None:
        abort(404)
    authorize(can_choose_raters(actor(), found))
    if found.round.is_pulse:
        belongs_to("/ontwikkelplan")        # it stands beside a goal
    return found


def _began_it(part: RoundSubject) -> bool:
    return part.round.own_initiative and part.round.created_by_id == part.person_id


def _stop_page(part: RoundSubject) -> str:
    may = _began_it(part) and Move.ABORT in moves_from(part.round.state, Who.ORGANISER)
    return render_template("rounds/stop.html", part=part, may_stop=may, began_it=_began_it(part), words=words)


def _refusal() -> str | None:
    """Why she cannot begin one now."""
    who = actor()
    if not settings_of(who.organisation_id).begeleiders_start:
        return _("In je organisatie plant de teamleider of de beheerder een feedbackronde. Vraag er een aan.")
    if course.without_approver(who.organisation_id, [who.person_id]):
        return _("Een ander moet goedkeuren wie je vraagt, en dat kan nu niemand. Vraag de beheerder om je een team of "
                 "een gesprekspartner te geven.")
    return None


def _name() -> str:
    return _("Feedback voor %(name)s, %(month)s", name=current_user.first_name, month=date(today(), "MMMM y"))
