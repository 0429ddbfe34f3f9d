"""What people wrote in a round, for who may read it."""

from __future__ import annotations

from flask import render_template

from app.access import actor, needs
from app.competencies.queries import framework_of
from app.profiles import round_labels
from app.profiles.comments import asked_groups, comments_of, may_read
from app.profiles.round_comments import voices
from app.profiles.views import bp
from app.profiles.views.opening import opened


@bp.get("/profiel/<int:measurement_id>/opmerkingen")
@needs()
def comments(measurement_id: int) -> str:
    who = actor()
    heading = opened(measurement_id, may_read).heading
    catalog = framework_of(heading.framework_version_id).catalog
    return render_template(
        "profiles/round/comments.html",
        heading=heading,
        voices=voices(catalog, comments_of(heading), asked_groups(heading)),
        own=who.person_id == heading.subject_id,
        first_name=heading.subject_name.split()[0],
        labels=round_labels,
    )
