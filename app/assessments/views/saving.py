"""What the page's script asks for: keeping one change the moment it is made."""

from __future__ import annotations

from flask import jsonify, request
from flask_babel import gettext as _
from flask_wtf.csrf import generate_csrf
from werkzeug.wrappers import Response

from app.access import Role, needs
from app.assessments import forms, queries, services
from app.assessments.views import ONE, bp, own_assessment
from app.web.formats import clock

Answered = tuple[Response, int]


@bp.post(f"{ONE}/antwoord")
@needs(Role.BEGELEIDER)
def save(assessment_id: int) -> Answered:
    """Keeps one change. When something else was saved meanwhile, the answer tells what is stored now."""
    found = own_assessment(assessment_id)
    questionnaire = queries.questionnaire_of(found)
    try:
        change, seen = forms.read_change(request.get_data(), questionnaire)
        saved = services.save(found, change, seen)
    except forms.Refused as refused:
        return jsonify(error="refused", message=str(refused)), 422
    except services.NothingToLookBackOn:
        return jsonify(error="refused", message=_("Bij dit onderwerp valt nog niet terug te kijken. Er is niets "
                                                  "veranderd.")), 422
    except services.AlreadyFinished:
        return jsonify(error="finished", message=_("Dit zelfbeeld is al afgerond. Je laatste wijziging is niet "
                                                   "bewaard.")), 409
    told: dict[str, object] = {"saved": clock(saved.at), "revision": saved.revision}
    if saved.behind:
        kept = queries.kept(found, questionnaire.page_of(change.competency))
        told["page"] = {"answers": dict(kept.answers), "remark": kept.remark, "look_back": kept.look_back}
    return jsonify(told), 200


@bp.get("/zelfbeeld/formulier")
@needs()
def form_token() -> Response:
    """A fresh CSRF token, for a page that stood open while its session ended and another one began. Whoever reacts to a
    tussenstand needs one too.
    """
    return jsonify(token=generate_csrf())
