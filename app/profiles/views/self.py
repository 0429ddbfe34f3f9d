"""The profile: the newest one, one by its number, and one competency from close by."""

from __future__ import annotations

from flask import abort, render_template, request

from app.access import Role, actor, authorize, can_view_profile, needs
from app.competencies.queries import current_framework
from app.profiles import page, queries, texts
from app.profiles.queries import Heading
from app.profiles.reading import read, read_competency
from app.profiles.views import bp
from app.profiles.words import nearest_points

FIRST_SET = "tweede"        # what a first self-assessment proposes


@bp.get("/profiel")
@needs(Role.BEGELEIDER)
def latest() -> str:
    who = actor()
    headings = queries.headings_of(who.person_id, who.organisation_id)
    newest = tuple(heading for heading in headings if not heading.of_round)[:1]
    if not newest:
        minutes = current_framework().catalog.question_set(FIRST_SET).minutes
        return render_template("profiles/empty.html", minutes=minutes)
    return _page(newest[0])


@bp.get("/profiel/<int:measurement_id>")
@needs(Role.BEGELEIDER)
def measurement(measurement_id: int) -> str:
    return _page(_own(measurement_id))


@bp.get("/profiel/<int:measurement_id>/<slug>")
@needs(Role.BEGELEIDER)
def competency(measurement_id: int, slug: str) -> str:
    found = read_competency(_own(measurement_id), slug)
    if found is None:
        abort(404)
    return render_template(
        "profiles/competency.html",
        found=found,
        picture=page.competency_picture(found.line) if found.line.score is not None else None,
        points={point.score: point.short.lower() for point in found.basis.framework.catalog.scales.adult.points},
        nearest_points=nearest_points,
        texts=texts,
    )


def _own(measurement_id: int) -> Heading:
    heading = queries.readable(actor(), measurement_id)
    if heading is None or heading.of_round:
        abort(404)
    authorize(can_view_profile(actor(), heading))
    return heading


def _page(heading: Heading) -> str:
    basis = read(heading)
    body = page.body(basis, page.known_picture(request.args.get("plaatje"), basis))
    return render_template("profiles/profile.html", heading=heading, body=body)
