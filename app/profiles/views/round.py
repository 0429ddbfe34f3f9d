"""The profile that came out of a round, and what its subject expects of it beforehand."""

from __future__ import annotations

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.access import actor, authorize, can_talk_with, can_view_profile, needs
from app.profiles import guessing, queries, readings, round_page
from app.profiles.comments import may_read
from app.profiles.forms.guess import GuessForm
from app.profiles.guesses import Guessed, aspects_to_guess
from app.profiles.neighbours import neighbours
from app.profiles.queries import Heading
from app.profiles.readings import Opened
from app.profiles.round_reading import RoundBasis, read_round
from app.profiles.views import bp
from app.profiles.views.opening import is_latest
from app.web.carried import local_path
from app.web.formats import today

GUESS = "/profiel/<int:measurement_id>/voorspelling"


def page(found: Opened) -> str:
    """The page of a released round."""
    who, heading = actor(), found.heading
    basis = read_round(heading, who, found.measurements)
    own = who.person_id == heading.subject_id
    picture = round_page.known_picture(request.args.get("plaatje"), basis)
    third = round_page.known_beside(request.args.get("erbij"))
    return render_template(
        "profiles/round/profile.html",
        heading=heading,
        measurements=found.measurements,
        own=own,
        readers=readings.readers_of(heading) if own else (),
        people=round_page.people(basis),
        has_own=bool(basis.wave.own),
        may_read_comments=may_read(who, heading),
        talk=neighbours().talk_about(who, heading.part_id) if heading.part_id else None,
        may_talk=can_talk_with(who, heading.subject),
        goals=len(basis.goals),
        later=heading.lead_reads_from if heading.lead_reads_from and heading.lead_reads_from > today() else None,
        body=round_page.body(basis, own, picture, third, found.guess),
    )


@bp.get(GUESS)
@needs()
def before_reading(measurement_id: int) -> Response | str:
    """The invitation to guess, as long as she did not read yet and there is something to guess."""
    heading, latest = _own(measurement_id)
    basis = read_round(heading, actor())
    form = _form(basis)
    if not latest or guessing.guess_of(heading) is not None or not form.seen_most.choices:
        return _on(heading)
    return _invitation(basis, form)


@bp.post(GUESS)
@needs()
def guess(measurement_id: int) -> Response | tuple[str, int]:
    heading, latest = _own(measurement_id)
    if not latest:
        return _on(heading)
    if "decline" in request.form:
        guessing.keep(heading, Guessed())
        return _on(heading)
    basis = read_round(heading, actor())
    form = _form(basis)
    if not form.validate():
        return _invitation(basis, form), 422
    guessing.keep(heading, form.guess)
    return _on(heading)


def _own(measurement_id: int) -> tuple[Heading, bool]:
    """A round of her own, and whether it is the latest."""
    measurements = queries.readable_beside(actor(), measurement_id)
    heading = next((one for one in measurements if one.id == measurement_id), None)
    if heading is None or not heading.of_round:
        abort(404)
    authorize(can_view_profile(actor(), heading))
    return heading, is_latest(heading, measurements)


def _form(basis: RoundBasis) -> GuessForm:
    form = GuessForm()
    form.offer(aspects_to_guess(round_page.made(basis).figures))
    return form


def _invitation(basis: RoundBasis, form: GuessForm) -> str:
    return render_template("profiles/round/guess.html", heading=basis.heading, form=form, going=_going())


def _going() -> str | None:
    """Where she wanted to go when she was led to the guess: an address of this site."""
    return local_path(request.args.get("naar"))


def _on(heading: Heading) -> Response:
    return redirect(_going() or url_for("profiles.measurement", measurement_id=heading.id), 303)
