"""The list of rounds, one round, and its moves."""

from __future__ import annotations

import datetime as dt

from flask import abort, flash, redirect, render_template, url_for
from flask_babel import ngettext
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_manage_round, needs
from app.competencies.queries import framework_of
from app.rounds import moves
from app.rounds.forms.dates import ExtendForm
from app.rounds.lifecycle import Move, MoveRefused, State, Who, moves_from
from app.rounds.models import Round
from app.rounds.page import Stand, round_page
from app.rounds.queries import course, planned
from app.rounds.question_sets import OFFERED
from app.rounds.views import bp
from app.rounds.words import course as words
from app.rounds.words.raters import group_label
from app.rounds.words.spacing import too_close_text

ORGANISERS = (Role.TEAMLEIDER, Role.BEHEERDER)
ONE = "/rondes/<int:round_id>"
BY_HAND = (Move.PUBLISH, Move.OPEN, Move.EXTEND, Move.ABORT, Move.DROP)
FINAL = (Move.ABORT, Move.DROP)     # asked once more on a page of their own
Page = str | tuple[str, int]


@bp.get("/rondes")
@needs(*ORGANISERS)
def overview() -> str:
    rows = planned.overview(actor())
    return render_template(
        "rounds/overview.html",
        waiting=planned.waiting_choices(actor()),
        current=[row for row in rows if row.state in (State.CONCEPT, State.CHOOSING, State.OPEN)],
        closed=[row for row in rows if row.state == State.CLOSED],
        past=[row for row in rows if row.state in (State.RELEASED, State.ABORTED)],
        words=words,
    )


@bp.get(ONE, endpoint="round")
@needs(*ORGANISERS)
def show_round(round_id: int) -> Page:
    found = planned.round_to_show(actor().organisation_id, round_id)
    authorize(found is not None)
    assert found is not None
    return _round_page(found)


@bp.get(f"{ONE}/stap/<any({', '.join(repr(str(move)) for move in FINAL)}):move>", endpoint="confirm")
@needs(*ORGANISERS)
def show_confirm(round_id: int, move: str) -> Response | Page:
    found = planned.round_to_show(actor().organisation_id, round_id)
    authorize(found is not None and can_manage_round(actor(), found))
    assert found is not None
    if Move(move) not in moves_from(found.state, Who.ORGANISER):
        return redirect(url_for("rounds.round", round_id=found.id))
    return render_template("rounds/confirm.html", round=found, move=Move(move), words=words)


@bp.post(f"{ONE}/stap/<any({', '.join(repr(str(move)) for move in BY_HAND)}):move>", endpoint="move")
@needs(*ORGANISERS)
def do_move(round_id: int, move: str) -> Response | Page:
    found = round_to_change(round_id)
    wanted, form = Move(move), ExtendForm()
    try:
        if wanted is Move.EXTEND:
            if not form.validate():
                return _round_page(found, extend=form, status=422)
            moves.extend(found, form.closes_on.data, by=actor().person_id)
        else:
            BY_NAME[wanted](found)
    except MoveRefused as refusal:
        if not refusal.obstacles:
            return _round_page(found, told=words.refused(found.state), status=409)
        said = [words.obstacle_said(obstacle) for obstacle in refusal.obstacles]
        if wanted is Move.EXTEND:
            form.closes_on.errors = said
            return _round_page(found, extend=form, status=422)
        return _round_page(found, told=" ".join(said), status=409)
    flash(_opened(found) if wanted is Move.OPEN else words.move_told(wanted))
    if wanted is Move.DROP:
        return redirect(url_for("rounds.overview"), 303)
    return redirect(url_for("rounds.round", round_id=round_id), 303)


BY_NAME = {
    Move.PUBLISH: moves.publish,
    Move.OPEN: moves.open_round,
    Move.ABORT: moves.abort,
    Move.DROP: moves.drop,
}


def round_to_change(round_id: int) -> Round:
    """Held; 404 for one that is not there or not this actor's to change."""
    found = course.round_to_move(actor().organisation_id, round_id)
    if found is None:
        abort(404)
    authorize(can_manage_round(actor(), found))
    return found


def _round_page(found: Round, *, told: str | None = None, extend: ExtendForm | None = None,
                status: int = 200) -> Page:
    page = round_page(actor(), found)
    if page is None:
        abort(404)
    if extend is None:
        extend = ExtendForm(formdata=None, data={"closes_on": found.closes_on + dt.timedelta(days=7)})
    catalog = framework_of(found.framework_version_id).catalog
    answer = render_template("rounds/round.html", page=page, round=found, Stand=Stand, Move=Move, words=words,
                             told=told, extend=extend, final=FINAL, catalog=catalog, too_close=too_close_text,
                             group_name=group_label,
                             groups=sorted(found.groups, key=lambda group: list(OFFERED).index(group.rater_group)))
    return (answer, status) if status != 200 else answer


def _opened(found: Round) -> str:
    left = sum(part.approved_at is None for part in found.subjects)
    if not left:
        return words.move_told(Move.OPEN)
    return " ".join([words.move_told(Move.OPEN), ngettext(
        "Eén persoon kan nog meedoen zodra de keuze is goedgekeurd.",
        "%(num)s mensen kunnen nog meedoen zodra hun keuze is goedgekeurd.", left)])
