"""Whoever was at a session says what she thought of it, and takes her certificate."""

from __future__ import annotations

from flask import Response as FlaskResponse
from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, needs
from app.people.queries import own_organisation
from app.trainings import certificates, evaluating
from app.trainings.enrolment_queries import enrolment_of
from app.trainings.lifecycle import EnrolmentState
from app.trainings.session_forms import EvaluationForm
from app.trainings.session_queries import session_of, session_to_change
from app.trainings.views import bp
from app.trainings.views.sessions import ADDRESS

Page = str | tuple[str, int]


@bp.route(f"{ADDRESS}/evaluatie", methods=["GET", "POST"])
@needs(Role.BEGELEIDER)
def evaluation(session_id: int) -> Response | Page:
    find = session_of if request.method == "GET" else session_to_change
    session = find(actor().organisation_id, session_id)
    authorize(session is not None)
    assert session is not None
    enrolment = enrolment_of(session, actor().person_id)
    back = redirect(url_for("trainings.session", session_id=session_id), 303)
    if not evaluating.can_evaluate(session, enrolment):
        said = enrolment is not None and enrolment.evaluated
        flash(_("Je hebt al gezegd wat je ervan vond. Dank je wel.") if said else
              _("Zeggen wat je ervan vond, kan alleen als je erbij was, en tot en met de laatste dag daarvoor."))
        return back
    form = EvaluationForm()
    if not form.validate_on_submit():
        return render_template("trainings/evaluation.html", form=form, session=session), 422 if form.errors else 200
    evaluating.evaluate(session, actor().person_id, form.answer)
    flash(_("Dank je wel. Wat je schreef, staat nergens met je naam."))
    return back


@bp.get(f"{ADDRESS}/bewijs.pdf")
@needs(Role.BEGELEIDER)
def certificate(session_id: int) -> Response:
    """Of somebody who was there; others are led to the session."""
    session = session_of(actor().organisation_id, session_id)
    authorize(session is not None)
    assert session is not None
    enrolment = enrolment_of(session, actor().person_id)
    if enrolment is None or enrolment.state != EnrolmentState.ATTENDED:
        return redirect(url_for("trainings.session", session_id=session_id), 303)
    paper = certificates.paper_of(session, current_user.name, own_organisation())
    answer = FlaskResponse(paper, mimetype="application/pdf")
    answer.headers["Content-Disposition"] = 'attachment; filename="bewijs-van-deelname.pdf"'
    return answer
