"""One competency from close by: of a self-assessment, or of a round."""

from __future__ import annotations

from flask import abort, render_template

from app.access import actor, needs
from app.profiles import round_labels, texts
from app.profiles.closeup_page import competency_page
from app.profiles.comments import may_read
from app.profiles.readings import Opened
from app.profiles.round_reading import read_round
from app.profiles.views import bp
from app.profiles.views.opening import opened
from app.profiles.views.self import own_competency


@bp.get("/profiel/<int:measurement_id>/<slug>")
@needs()
def competency(measurement_id: int, slug: str) -> str:
    found = opened(measurement_id)
    return _of_round(found, slug) if found.heading.of_round else own_competency(found, slug)


def _of_round(found: Opened, slug: str) -> str:
    who = actor()
    page = competency_page(read_round(found.heading, who, found.measurements), who, slug)
    if page is None:
        abort(404)
    return render_template(
        "profiles/round/competency.html",
        page=page,
        labels=round_labels,
        texts=texts,
        may_read_comments=may_read(who, found.heading),
    )
