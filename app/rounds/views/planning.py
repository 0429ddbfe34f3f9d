"""Planning a round, copying an earlier one, and changing it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_manage_round, needs
from app.competencies.queries import current_framework, framework_of
from app.rounds import planning
from app.rounds.calendar import REMINDERS, propose
from app.rounds.forms.dates import RunningForm
from app.rounds.forms.filled import group_data, plan_data
from app.rounds.forms.planning import RoundForm
from app.rounds.lifecycle import State
from app.rounds.models import Round
from app.rounds.planning import Loosened
from app.rounds.queries import course, planned
from app.rounds.queries.planned import Candidate, CandidateTeam
from app.rounds.queries.recent import Recent, recent
from app.rounds.views import bp
from app.rounds.views.overview import ONE, ORGANISERS, Page, round_to_change
from app.rounds.words import course as words
from app.web.formats import today

CHANGES = (State.CONCEPT, State.CHOOSING, State.OPEN)


@bp.route("/rondes/nieuw", methods=["GET", "POST"])
@needs(*ORGANISERS)
def new() -> Response | Page:
    who = actor()
    candidates = planned.candidates(who)
    holidays = course.holidays(who.organisation_id)
    form = RoundForm(data=_beginning(candidates) | {
        "choose_until": (dates := propose(today(), holidays)).choose_until, "opens_on": dates.opens_on,
        "closes_on": dates.closes_on,
    })
    form.offer_purposes()
    form.offer_people(candidates)
    form.offer_groups(current_framework().catalog)
    form.holidays = holidays
    if form.validate_on_submit():
        made = planning.plan(who, form.plan)
        flash(_("De ronde is bewaard als concept. Kijk alles na en laat daarna de mensen kiezen."))
        return redirect(url_for("rounds.round", round_id=made.id), 303)
    page = render_template("rounds/plan.html", form=form, round=None, candidates=candidates,
                           recent=_recent(candidates), recent_said=words.recent_said)
    return (page, 422) if form.errors else page


@bp.route(f"{ONE}/bewerken", methods=["GET", "POST"])
@needs(*ORGANISERS)
def edit(round_id: int) -> Response | Page:
    found = _round(round_id)
    if found.state not in CHANGES:
        page = render_template("rounds/fixed.html", round=found, words=words)
        return (page, 409) if request.method == "POST" else page
    form = _running_form(found) if found.state == State.OPEN else _form(found)
    told = None
    if request.method == "POST" and request.form.get("seen") != planning.fingerprint(found):
        told = _("Iemand anders heeft deze ronde net veranderd. Hieronder staat wat jij had ingevuld. Kijk het na en "
                 "bewaar het opnieuw als het nog klopt.")
    elif form.validate_on_submit():
        try:
            planning.change(found, _wanted(found, form))
        except Loosened:
            abort(409)
        flash(_("De ronde is bewaard."))
        return redirect(url_for("rounds.round", round_id=found.id), 303)
    page = render_template(
        "rounds/running.html" if isinstance(form, RunningForm) else "rounds/plan.html", form=form, round=found,
        candidates=getattr(form, "candidates", ()), seen=planning.fingerprint(found), told=told,
        recent=_recent(getattr(form, "candidates", ()), found), recent_said=words.recent_said,
    )
    return page, 409 if told else 422 if form.errors else 200


def _round(round_id: int) -> Round:
    if request.method == "POST":
        return round_to_change(round_id)
    found = planned.round_to_show(actor().organisation_id, round_id)
    authorize(found is not None and can_manage_round(actor(), found))
    assert found is not None
    return found


def _beginning(candidates: tuple[CandidateTeam, ...]) -> dict[str, object]:
    """What a new form says: of the round that the address names, or else what is usual; about whom it names (`over`)
    where she can be chosen.
    """
    if request.args.get("van"):
        number = _number("van")
        found = planned.round_to_copy(actor(), number) if number is not None else None
        if found is None:
            abort(404)
        known = {one.id for team in candidates for one in team.people}
        return plan_data(planning.plan_of(found), current_framework().catalog, known)
    people = {one.id for team in candidates for one in team.people}
    return group_data(current_framework().catalog) | {
        "people": sorted(people if len(people) == 1 else people & {_number("over")}),
        "lead_reads_comments": True, "reminder_first": REMINDERS[0], "reminder_second": REMINDERS[1],
    }


def _number(name: str) -> int | None:
    """What the address says there, if that is a number at all."""
    said = request.args.get(name, "")
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 10 else None


def _form(found: Round) -> RoundForm:
    """The form of a round that nobody was invited in yet. Once it was announced, nothing in it can be loosened."""
    announced = found.state != State.CONCEPT
    candidates = _with_others(planned.candidates(actor()), found)
    said = planning.plan_of(found)
    catalog = framework_of(found.framework_version_id).catalog
    form = RoundForm(data=plan_data(said, catalog, said.person_ids))
    form.offer_purposes()
    form.offer_people(candidates)
    form.offer_groups(catalog)
    form.holidays = course.holidays(found.organisation_id)
    if announced:
        form.floor, form.kept = said.groups, said.dates
        form.fixed_circle = said.small_circle
        form.comments_stay = not said.lead_reads_comments
    return form


def _running_form(found: Round) -> RunningForm:
    days = [*found.reminder_days, None, None]
    form = RunningForm(data={
        "name": found.name, "reminder_first": days[0], "reminder_second": days[1],
        "lead_reads_comments": found.lead_reads_comments,
    })
    form.dates = planning.plan_of(found).dates
    return form


def _wanted(found: Round, form: RoundForm | RunningForm) -> planning.Plan:
    if isinstance(form, RoundForm):
        return form.plan
    return replace(
        planning.plan_of(found), name=form.name.data, reminder_days=form.reminder_days,
        lead_reads_comments=found.lead_reads_comments and form.lead_reads_comments.data,
    )


def _recent(candidates: Iterable[CandidateTeam], planned: Round | None = None) -> Mapping[int, Recent]:
    """Who of them is in another round, or was not long ago."""
    people = {one.id for team in candidates for one in team.people}
    return recent(actor().organisation_id, people, besides=planned.id if planned else None) if people else {}


def _with_others(candidates: tuple[CandidateTeam, ...], found: Round) -> tuple[CandidateTeam, ...]:
    """Also who is in the round already and would not be offered: she moved, or somebody else planned it."""
    known = {one.id for team in candidates for one in team.people}
    others = tuple(
        Candidate(part.person_id, part.person.name) for part in found.subjects if part.person_id not in known
    )
    return (*candidates, CandidateTeam(None, _("Doen al mee"), others)) if others else candidates
