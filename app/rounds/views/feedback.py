"""A round as the subject sees it: what happens when, and choosing whom she asks."""

from __future__ import annotations

from flask import abort, flash, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_choose_raters, needs
from app.people.queries import name_of
from app.rounds import choosing, moves
from app.rounds.cards import CHOSEN_BY_HER, cards_of, changed_by_approver, counts_of
from app.rounds.choosing import NobodyChosen, NoCriticalFriend, NotNow, TooFewChosen
from app.rounds.forms.raters import ids_in
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, RoundSubject
from app.rounds.queries import asked
from app.rounds.queries.ahead import too_close_ahead
from app.rounds.queries.sufficient import sufficient_for
from app.rounds.views import bp
from app.rounds.views.adding import door
from app.rounds.words.raters import foreseen
from app.rounds.words.spacing import ahead_text
from app.web.navigation import belongs_to

HERS = f"any({', '.join(CHOSEN_BY_HER)})"


@bp.get("/feedback/<int:part_id>")
@needs(Role.BEGELEIDER)
def feedback(part_id: int) -> str:
    part = _own_part(part_id)
    readers = asked.readers_of(part.person)
    running = part.round.state == RoundState.OPEN
    cards = cards_of(part)
    return render_template(
        "rounds/pulse.html" if part.round.is_pulse else "rounds/feedback.html",
        part=part, round=part.round, cards=cards, changed=changed_by_approver(cards), State=State, Round=RoundState,
        may_choose=choosing.may_choose(part), waits=choosing.waits(part), leads=choosing.leads_of(readers),
        approver=name_of(part.organisation_id, part.approved_by_id), enough=sufficient_for(part) if running else (),
        later=moves.pulse_extension_of(part.round) if running and part.round.is_pulse else None,
    )


@bp.get("/feedback/<int:part_id>/mensen")
@needs(Role.BEGELEIDER)
def choose(part_id: int) -> Response:
    part = _own_part(part_id)
    if not choosing.may_choose(part):
        return redirect(url_for("rounds.feedback", part_id=part_id))
    return _choose_page(part)


@bp.route(f"/feedback/<int:part_id>/mensen/<{HERS}:group>", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def add_own(part_id: int, group: str) -> Response:
    part = _own_part(part_id)
    _must_be_asked(part, group)
    return door(part, group, back=url_for("rounds.choose", part_id=part_id, _anchor=group),
                closed=lambda: _too_late(part))


@bp.post("/feedback/<int:part_id>/mensen/<int:invitation_id>/weg")
@needs(Role.BEGELEIDER)
def take_back(part_id: int, invitation_id: int) -> Response:
    part = _own_part(part_id)
    invitation = invitation_of(part, invitation_id)
    try:
        choosing.take_back(part, invitation)
    except NotNow:
        return _too_late(part)
    flash(_("%(name)s staat niet meer op je lijst.", name=invitation.name))
    return redirect(url_for("rounds.choose", part_id=part_id, _anchor=invitation.rater_group), 303)


@bp.post("/feedback/<int:part_id>/mensen/stuur")
@needs(Role.BEGELEIDER)
def send_choice(part_id: int) -> Response:
    part = _own_part(part_id)
    if choosing.may_choose(part) and (told := _ahead(part)):
        return _choose_page(part, problem=" ".join(told))
    try:
        choosing.send_choice(part, ids_in(request.form.getlist("friend")), sure="sure" in request.form)
    except NotNow:
        return _too_late(part)
    except NobodyChosen:
        return _choose_page(part, problem=_("Kies eerst iemand die je om feedback vraagt."))
    except NoCriticalFriend:
        return _choose_page(part, asks_for_friend=True)
    except TooFewChosen as refusal:
        return _choose_page(part, problem=ngettext(
            "Vraag er nog %(num)s bij: minstens vier. Zo blijft niemand herkenbaar.",
            "Vraag er nog %(num)s bij: minstens vier. Zo blijft niemand herkenbaar.", refusal.short))
    flash(_("Je keuze is verstuurd."))
    return redirect(url_for("rounds.feedback", part_id=part_id), 303)


@bp.post("/feedback/<int:part_id>/mensen/terug")
@needs(Role.BEGELEIDER)
def withdraw_choice(part_id: int) -> Response:
    part = _own_part(part_id)
    try:
        choosing.withdraw_choice(part)
    except NotNow:
        return _too_late(part)
    flash(_("Je kunt je keuze weer veranderen. Stuur haar daarna opnieuw."))
    return redirect(url_for("rounds.choose", part_id=part_id), 303)


@bp.get("/feedback/<int:part_id>/vooruitblik")
@needs(Role.BEGELEIDER)
def foresee(part_id: int) -> Response:
    """What will probably be shown with `erbij` more people of a group, in plain text, for the page that asks while she
    types.
    """
    return foreseen_with_more(_own_part(part_id), own=True)


def foreseen_with_more(part: RoundSubject, *, own: bool) -> Response:
    if told := _ahead(part):
        answer = make_response(" ".join(told))
        answer.mimetype = "text/plain"
        return answer
    more = request.args.get("erbij", default=0, type=int)
    counts = dict(counts_of(part.invitations))
    group = request.args.get("groep", "")
    counts[group] = counts.get(group, 0) + min(max(more, 0), 500)
    answer = make_response(" ".join(foreseen(part.round, counts, own=own)))
    answer.mimetype = "text/plain"
    return answer


def _ahead(part: RoundSubject) -> tuple[str, ...]:
    """Why the people chosen for a korte vraag cannot be asked so, and what to change."""
    return tuple(ahead_text(one) for one in too_close_ahead(part))


def invitation_of(part: RoundSubject, invitation_id: int) -> Invitation:
    return next((one for one in part.invitations if one.id == invitation_id), None) or abort(404)


def _own_part(part_id: int) -> RoundSubject:
    """Her own, once people may be chosen; held when she changes it."""
    find = asked.part_to_change if request.method == "POST" else asked.part_of
    part = find(actor().organisation_id, part_id)
    authorize(part is not None and can_choose_raters(actor(), part) and part.round.state != RoundState.CONCEPT)
    assert part is not None
    if part.round.is_pulse:
        belongs_to("/ontwikkelplan")        # it stands beside a goal
    return part


def _must_be_asked(part: RoundSubject, group: str) -> None:
    authorize(any(known.rater_group == group for known in part.round.groups))


def _choose_page(part: RoundSubject, *, problem: str = "", asks_for_friend: bool = False) -> Response:
    readers = asked.readers_of(part.person)
    page = render_template(
        "rounds/choose.html", part=part, round=part.round, State=State, Round=RoundState, problem=problem,
        cards=[card for card in cards_of(part) if card.code in CHOSEN_BY_HER], asks_for_friend=asks_for_friend,
        leads=choosing.leads_of(readers),
        foreseen=_ahead(part) or foreseen(part.round, counts_of(part.invitations), own=True),
        friends=frozenset(request.form.getlist("friend")),
    )
    return make_response(page, 422 if problem or asks_for_friend else 200)


def _too_late(part: RoundSubject) -> Response:
    """Where she sees how it stands now."""
    if request.method == "POST":
        flash(_("Er is niets veranderd: je keuze was al verstuurd, of de ronde loopt niet meer."))
    return redirect(url_for("rounds.feedback", part_id=part.id), 303)
