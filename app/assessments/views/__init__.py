"""Pages of one's own measurements, and the questionnaire."""

from __future__ import annotations

from flask import Blueprint, abort

from app.access import actor, authorize, can_use_self_assessment
from app.assessments import queries
from app.assessments.models import SelfAssessment

bp = Blueprint("assessments", __name__)
ONE = "/zelfbeeld/<int:assessment_id>"


def own_assessment(assessment_id: int) -> SelfAssessment:
    """404 for one that is not there or is somebody else's."""
    who = actor()
    found = queries.assessment(assessment_id, who.organisation_id)
    if found is None:
        abort(404)
    authorize(can_use_self_assessment(who, found))
    return found


from app.assessments.views import measurements, questionnaire, saving  # noqa: E402, F401
