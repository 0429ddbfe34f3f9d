"""What the page's script asks for: keeping one change of either of the two the moment it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import jsonify, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_agree_plan, can_use_plan, needs
from app.checkins import agreeing, queries
from app.checkins.agreeing import AlreadyFixed, PlanRests, reaction_of, values_of
from app.checkins.forms import Refused, SharedForm, check_in_form, reaction_form, read_change, sent_goals
from app.checkins.models import CheckIn
from app.checkins.views import bp
from app.checkins.views.hers import ADDRESS
from app.web.formats import clock, now

Answer = tuple[Response, int]


@dataclass(frozen=True, slots=True)
class Part:
    """What one of the two writes: the form with the change in it, what is stored by now, and how it is kept."""

    form: SharedForm
    stored: Callable[[], Mapping[str, str]]
    write: Callable[[Mapping[str, str]], bool]


@bp.post(f"{ADDRESS}/veld")
@needs()
def save(check_in_id: int) -> Answer:
    """One change of hers."""
    check_in = queries.check_in_to_change(actor(), check_in_id)
    authorize(check_in is not None and can_use_plan(actor(), check_in))
    assert check_in is not None

    def part_of(answers: Mapping[str, str]) -> Part:
        goals = queries.goals_for(check_in, sent_goals(answers))
        return Part(check_in_form(goals, change=answers), lambda: values_of(check_in, goals),
                    lambda values: agreeing.write(check_in, goals, values))

    return _keep(check_in, part_of)


@bp.post(f"{ADDRESS}/reactie/veld")
@needs()
def save_reaction(check_in_id: int) -> Answer:
    """One change of whoever reacts."""
    check_in = queries.check_in_to_change(actor(), check_in_id)
    authorize(check_in is not None and can_agree_plan(actor(), check_in, check_in.plan.person))
    assert check_in is not None
    me = actor().person_id

    def part_of(answers: Mapping[str, str]) -> Part:
        return Part(reaction_form(change=answers), lambda: reaction_of(check_in, me),
                    lambda values: agreeing.react(check_in, me, values))

    return _keep(check_in, part_of)


def _keep(check_in: CheckIn, part_of: Callable[[Mapping[str, str]], Part]) -> Answer:
    """Per field the last change counts. A confirmation is never taken back by it: that is for the button.

    When something else was saved meanwhile, the answer tells what is stored now, and not how often it was changed: the
    page stays the older one that it is, and whoever confirms on it is shown first what she did not read.
    """
    try:
        sent = read_change(request.get_data())
    except Refused:
        return _refused(_("Dit past niet bij deze tussenstand. Er is niets veranderd."), 422)
    if stays := _stays(check_in):
        return _refused(stays, 409)
    part = part_of(sent.answers)
    form = part.form
    if sent.answers.keys() - set(form.names):
        return _refused(_("Dit past niet bij deze tussenstand. Er is niets veranderd."), 422)
    if not form.validate():
        told = " ".join(f"{form[name].label.text} {' '.join(map(str, form[name].errors))}" for name in form.errors)
        return _refused(told, 422)
    behind = sent.revision is not None and sent.revision < check_in.revision
    part.write({**part.stored(), **form.values})
    saved = clock(now())
    if behind:
        return jsonify(saved=saved, page={"answers": dict(part.stored())}), 200
    return jsonify(saved=saved, revision=check_in.revision), 200


def _stays(check_in: CheckIn) -> str:
    """Why nothing is kept without the button, if so."""
    try:
        agreeing.may_change(check_in)
    except AlreadyFixed:
        return _("De tussenstand is intussen vastgelegd. Je laatste wijziging is niet bewaard; ze staat nog op deze "
                 "pagina.")
    except PlanRests:
        return _("Dit plan is nu niet vastgesteld. Je laatste wijziging is niet bewaard; ze staat nog op deze pagina.")
    if check_in.person_confirmed_at or check_in.partner_confirmed_at:
        return _("De tussenstand is intussen bevestigd. Je laatste wijziging is nog niet bewaard. Kies ‘Bewaar’ als ze "
                 "erbij moet: dan bevestigen jullie opnieuw.")
    return ""


def _refused(told: str, status: int) -> Answer:
    return jsonify(error="refused", message=told), status
