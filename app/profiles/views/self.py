"""The profile: the newest measurement and one by its number. A round has a page of its own: round.py."""

from __future__ import annotations

from flask import abort, render_template, request

from app.access import Role, actor, needs
from app.competencies.queries import current_framework
from app.profiles import page, queries, readings, texts
from app.profiles.reading import read, read_competency
from app.profiles.readings import Opened
from app.profiles.views import bp
from app.profiles.views.opening import guessed, opened
from app.profiles.views.round import page as round_page
from app.profiles.words import nearest_points, points_in_words

FIRST_SET = "tweede"        # what a first self-assessment proposes


@bp.get("/profiel")
@needs(Role.BEGELEIDER)
def latest() -> str:
    who = actor()
    measurements = queries.headings_of(who.person_id, who.organisation_id)
    if not measurements:
        minutes = current_framework().catalog.question_set(FIRST_SET).minutes
        return render_template("profiles/empty.html", minutes=minutes)
    return _page(guessed(Opened(queries.opening(measurements), measurements)))


@bp.get("/profiel/<int:measurement_id>")
@needs()
def measurement(measurement_id: int) -> str:
    return _page(opened(measurement_id))


def own_competency(read_now: Opened, slug: str) -> str:
    """One competency of a self-assessment from close by."""
    found = read_competency(read_now.heading, slug, actor(), read_now.measurements)
    if found is None:
        abort(404)
    return render_template(
        "profiles/competency.html",
        found=found,
        picture=page.competency_picture(found.line) if found.line.score is not None else None,
        points=points_in_words(found.basis.framework.catalog),
        nearest_points=nearest_points,
        texts=texts,
    )


def _page(found: Opened) -> str:
    heading, measurements = found.heading, found.measurements
    if heading.of_round:
        return round_page(found)
    basis = read(heading, actor(), measurements)
    body = page.body(basis, page.known_picture(request.args.get("plaatje"), basis),
                     page.known_beside(request.args.get("erbij")))
    return render_template("profiles/profile.html", heading=heading, measurements=measurements, top=page.top(basis),
                           body=body, own=basis.own, readers=readings.readers_of(heading) if basis.own else ())
