"""From choosing a question set to reading what was finished."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.assessments import queries, services
from app.assessments.neighbours import neighbours, self_counts
from app.assessments.questionnaire import offered_sets
from app.assessments.views import ONE, bp, own_assessment
from app.competencies.queries import current_framework


@bp.get("/metingen")
@needs(Role.BEGELEIDER)
def measurements() -> str:
    who = actor()
    return render_template(
        "assessments/measurements.html", running=queries.running(who), finished=queries.finished(who),
        person_id=who.person_id, rounds=neighbours().rounds_of(who),
        ask_at=neighbours().begin_at(who),
    )


@bp.get("/zelfbeeld", endpoint="begin")
@needs(Role.BEGELEIDER)
def show_begin() -> str:
    return _begin_page()


@bp.post("/zelfbeeld")
@needs(Role.BEGELEIDER)
def do_begin() -> Response | tuple[str, int]:
    try:
        begun = services.begin(actor(), request.form.get("lijst", ""))
    except services.NotOffered:
        return _begin_page(_("Kies eerst welke lijst je wilt invullen.")), 422
    except services.AlreadyFinished:
        return redirect(url_for("assessments.measurements"))
    if begun.already:
        flash(_("Je was al bezig met een zelfbeeld. Je gaat daarmee verder."))
    return redirect(url_for("assessments.assessment", assessment_id=begun.assessment_id))


@bp.get(ONE)
@needs(Role.BEGELEIDER)
def assessment(assessment_id: int) -> Response | str:
    """Where she stopped; when it is finished, her answers."""
    found = own_assessment(assessment_id)
    questionnaire = queries.questionnaire_of(found)
    if found.finished_at is None:
        page = questionnaire.where_to_continue(queries.answers_of(found))
        if page is None:
            return redirect(url_for("assessments.overview", assessment_id=found.id))
        return redirect(url_for("assessments.question", assessment_id=found.id, slug=page.competency.slug))
    return render_template(
        "assessments/answers.html",
        assessment=found,
        questionnaire=questionnaire,
        topics=queries.read(found, questionnaire),
        measurement_id=queries.measurement_id_of(found),
    )


@bp.get(f"{ONE}/opnieuw", endpoint="discard")
@needs(Role.BEGELEIDER)
def show_discard(assessment_id: int) -> Response | str:
    found = own_assessment(assessment_id)
    if found.finished_at is not None:
        return redirect(url_for("assessments.assessment", assessment_id=found.id))
    return render_template("assessments/discard.html", running=queries.running(actor()))


@bp.post(f"{ONE}/opnieuw")
@needs(Role.BEGELEIDER)
def do_discard(assessment_id: int) -> Response | tuple[str, int]:
    found = own_assessment(assessment_id)
    try:
        services.discard(found)
    except services.AlreadyFinished:
        return render_template("assessments/fixed.html", assessment=found), 409
    flash(_("Wat je had ingevuld, is weggegooid. Je kunt opnieuw beginnen."))
    return redirect(url_for("assessments.begin"))


def _begin_page(problem: str | None = None) -> str:
    who = actor()
    catalog = current_framework().catalog
    return render_template(
        "assessments/begin.html",
        running=queries.running(who),
        recent=queries.finished_recently(who),
        choices=[(offered, len(catalog.asked(offered.code, "zelf"))) for offered in offered_sets(catalog)],
        chosen=request.form.get("lijst"),
        problem=problem,
        counts=self_counts(who),
    )
