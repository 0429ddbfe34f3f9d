"""One competency from close by: of a self-assessment, or of a round."""

from __future__ import annotations

from flask import abort, render_template

from app.access import actor, needs
from app.profiles import readings, round_labels, texts
from app.profiles.closeup_page import competency_page
from app.profiles.comments import may_read
from app.profiles.queries import Heading
from app.profiles.round_reading import read_round
from app.profiles.views import bp
from app.profiles.views.self import own_competency


@bp.get("/profiel/<int:measurement_id>/<slug>")
@needs()
def competency(measurement_id: int, slug: str) -> str:
    heading = readings.opened(actor(), measurement_id)
    if heading is None:
        abort(404)
    return _of_round(heading, slug) if heading.of_round else own_competency(heading, slug)


def _of_round(heading: Heading, slug: str) -> str:
    who = actor()
    page = competency_page(read_round(heading, who), who, slug)
    if page is None:
        abort(404)
    return render_template(
        "profiles/round/competency.html",
        page=page,
        labels=round_labels,
        texts=texts,
        may_read_comments=may_read(who, heading),
    )
