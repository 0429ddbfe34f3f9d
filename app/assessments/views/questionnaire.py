"""The pages of a running self-assessment: a competency a page, then the overview."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.assessments import forms, queries, services
from app.assessments.changes import AS_IT_IS, LONGEST_REMARK, Change, Kept
from app.assessments.models import SelfAssessment
from app.assessments.questionnaire import NO_REASON, Questionnaire
from app.assessments.views import ONE, bp, own_assessment
from app.competencies.catalog import Asked
from app.web.formats import clock, date, now

Page = tuple[str, int]
SKIPPED = "overgeslagen"        # in the address: she is going over what she skipped
TOP = "vraag"                   # where a page begins under the header


@bp.get(f"{ONE}/<slug>", endpoint="question")
@needs(Role.BEGELEIDER)
def show_question(assessment_id: int, slug: str) -> Response | Page:
    found = own_assessment(assessment_id)
    questionnaire = queries.questionnaire_of(found)
    page = _page(questionnaire, slug)
    if found.finished_at is not None:
        return redirect(url_for("assessments.assessment", assessment_id=found.id))
    return _question(found, questionnaire, page)


@bp.post(f"{ONE}/<slug>")
@needs(Role.BEGELEIDER)
def keep_page(assessment_id: int, slug: str) -> Response | Page:
    found = own_assessment(assessment_id)
    questionnaire = queries.questionnaire_of(found)
    page = _page(questionnaire, slug)
    if "revision" not in request.form:      # not a page of ours, or cut off on its way
        abort(400)
    sent = forms.read_page(request.form, page, questionnaire)
    if sent.problems:
        return _question(found, questionnaire, page, problems=sent.problems, typed=sent.change)
    try:
        services.save_page(found, page, sent.change, sent.seen)
    except services.AlreadyFinished:
        return _fixed(found)
    except services.NothingToLookBackOn:
        abort(400)
    except services.Behind as behind:
        return _question(found, questionnaire, page, stored=behind.kept, just_now=behind.differing)
    return redirect(_next(found, questionnaire, page))


@bp.get(f"{ONE}/overzicht")
@needs(Role.BEGELEIDER)
def overview(assessment_id: int) -> Response | Page:
    found = own_assessment(assessment_id)
    if found.finished_at is not None:
        return redirect(url_for("assessments.assessment", assessment_id=found.id))
    return _overview(found)


@bp.post(f"{ONE}/afronden")
@needs(Role.BEGELEIDER)
def finish(assessment_id: int) -> Response | Page:
    found = own_assessment(assessment_id)
    try:
        services.finish(found, queries.questionnaire_of(found))
    except services.TooLittleAnswered:
        return _overview(found, too_little=True)
    except services.AlreadyFinished:
        abort(404)
    flash(_("Je zelfbeeld is afgerond. Dit is je profiel."))
    return redirect(url_for("profiles.latest"))


def saved_words(found: SelfAssessment) -> str:
    """When something was last saved, in words; nothing when it never was."""
    if found.saved_at is None:
        return ""
    if date(found.saved_at) == date(now()):
        return _("Bewaard om %(time)s", time=clock(found.saved_at))
    return _("Bewaard op %(day)s om %(time)s", day=date(found.saved_at), time=clock(found.saved_at))


def _page(questionnaire: Questionnaire, slug: str) -> Asked:
    try:
        return questionnaire.page(slug)
    except KeyError:
        abort(404)


def _question(found: SelfAssessment, questionnaire: Questionnaire, page: Asked, *,
              problems: tuple[forms.Problem, ...] = (), typed: Change | None = None,
              stored: Kept | None = None, just_now: Change | None = None) -> Page:
    """The page of one competency. `typed` is shown in place of what is stored, `just_now` beside it."""
    question = queries.question(found, questionnaire, page)
    kept = stored or question.kept
    html = render_template(
        "assessments/question.html",
        assessment=found,
        person_id=actor().person_id,
        questionnaire=questionnaire,
        question=question,
        points=[(point.score, point.short) for point in questionnaire.catalog.scales.adult.points],
        kept=kept.with_change(typed) if typed else kept,
        as_it_is=AS_IT_IS,
        just_now=just_now,
        problems=problems,
        first=questionnaire.before(page) is None,
        skipped_only=SKIPPED in request.args,
        saved="" if problems or just_now else saved_words(found),
        most=LONGEST_REMARK,
        no_reason=NO_REASON,
    )
    return html, 422 if problems else 409 if just_now else 200


def _overview(found: SelfAssessment, *, too_little: bool = False) -> Page:
    html = render_template(
        "assessments/overview.html",
        assessment=found,
        person_id=actor().person_id,
        overview=queries.overview(found, queries.questionnaire_of(found)),
        too_little=too_little,
        saved=saved_words(found),
    )
    return html, 422 if too_little else 200


def _fixed(found: SelfAssessment) -> Page:
    return render_template("assessments/fixed.html", assessment=found), 409


def _next(found: SelfAssessment, questionnaire: Questionnaire, page: Asked) -> str:
    """Where the pressed button leads."""
    if request.form.get("naar") == "terug":
        to = questionnaire.before(page)
        if to is None:
            return url_for("assessments.measurements")
    elif SKIPPED in request.args:
        to = questionnaire.first_skipped(queries.answers_of(found), after=page)
    else:
        to = questionnaire.after(page)
    if to is None:
        return url_for("assessments.overview", assessment_id=found.id)
    only = "" if SKIPPED in request.args else None
    return url_for("assessments.question", assessment_id=found.id, slug=to.competency.slug, _anchor=TOP,
                   overgeslagen=only)
