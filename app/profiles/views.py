"""The profile: the newest one, one by its number, and one competency from close by."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, render_template, request
from flask_babel import gettext as _
from markupsafe import Markup

from app.access import Role, actor, authorize, can_view_profile, needs
from app.charts import marks
from app.competencies.queries import current_framework
from app.profiles import picture, queries, texts
from app.profiles.picture import Picture, Texts
from app.profiles.queries import Heading
from app.profiles.reading import read, read_competency
from app.profiles.words import findings, nearest_points

bp = Blueprint("profiles", __name__)

FIRST_SET = "tweede"        # what a first self-assessment proposes


@bp.get("/profiel")
@needs(Role.BEGELEIDER)
def latest() -> str:
    who = actor()
    newest = queries.headings_of(who.person_id, who.organisation_id)[:1]
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
    line = found.line
    words = texts.of_competency(line)
    shown = Picture(line.code, (replace(line, name=_("Jij en je doel")),))
    return render_template(
        "profiles/competency.html",
        found=found,
        dots=picture.dots(shown, words),
        key=_key(shown, words),
        points={point.score: point.short.lower() for point in found.reading.framework.catalog.scales.adult.points},
        nearest_points=nearest_points,
        texts=texts,
    )


def _own(measurement_id: int) -> Heading:
    heading = queries.measurement_heading(measurement_id)
    if heading is None:
        abort(404)
    authorize(can_view_profile(actor(), heading))
    return heading


def _key(shown: Picture, words: Texts) -> Markup:
    """What the marks in the pictures mean; app.charts escapes what it is given."""
    return Markup(marks.key((key, words.keys[key]) for key in shown.keys))  # noqa: S704


def _page(heading: Heading) -> str:
    reading = read(heading)
    found = picture.pictures(reading.figures)
    shown = picture.chosen(found, request.args.get("plaatje"))
    words = texts.of_picture(shown, reading.figures) if shown else None
    return render_template(
        "profiles/profile.html",
        reading=reading,
        findings=findings(reading.figures),
        pictures=[(one.code, texts.picture_name(one, reading.figures)) for one in found],
        shown=shown,
        words=words,
        key=_key(shown, words) if shown and words else "",
        radar=picture.radar(shown, words) if shown and words else None,
        dots=picture.dots(shown, words) if shown and words else None,
        texts=texts,
    )
