"""Which roles the dienst covers, for hr: in the words of the last momentopname, of nobody and of no team."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template

from app.access import Role, actor, authorize, can_plan_trainings, needs
from app.competencies.parts import FrameworkRole
from app.competencies.queries import framework_of
from app.measurement.coverage import PEOPLE_FOR_HR
from app.needs import queries
from app.needs.views import bp
from app.team import words
from app.trainings.queries import roles_on_offer


@bp.get("/opleidingen/rollen")
@needs(Role.HR)
def roles() -> str:
    authorize(can_plan_trainings(actor()))
    found = queries.role_words(actor().organisation_id)
    chapters: Sequence[tuple[str, Sequence[FrameworkRole]]] = ()
    offered: frozenset[str] = frozenset()
    if found and found.words:
        catalog = framework_of(found.framework_version_id).catalog
        of = sorted(catalog.professionaliteiten, key=lambda one: -one.number)      # the derde first
        chapters = tuple((one.name, catalog.roles_of(one.code)) for one in of)
        offered = roles_on_offer(actor().organisation_id, catalog)
    return render_template("needs/roles.html", found=found, chapters=chapters, offered=offered, least=PEOPLE_FOR_HR,
                           words=words)
