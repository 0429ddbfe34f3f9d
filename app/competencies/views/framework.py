"""Browsing the framework: by professionaliteit, role and aspect, each competency with its source."""

from __future__ import annotations

from flask import abort, render_template

from app.access import needs
from app.competencies import queries
from app.competencies.views import bp


@bp.get("/raamwerk")
@needs()
def framework() -> str:
    return render_template("competencies/framework.html", framework=queries.current_framework())


@bp.get("/raamwerk/<slug>")
@needs()
def competency(slug: str) -> str:
    found = queries.framework_with_competency(slug)
    if found is None:
        abort(404)
    return render_template(
        "competencies/competency.html",
        framework=found.framework,
        competency=found.framework.catalog.competency_by_slug(slug),
        retired=found.retired,
    )


@bp.get("/raamwerk/rollen/<code>")
@needs()
def role(code: str) -> str:
    framework = queries.current_framework()
    try:
        found = framework.catalog.role(code)
    except KeyError:
        abort(404)
    return render_template("competencies/role.html", framework=framework, role=found)


@bp.get("/raamwerk/aspecten/<code>")
@needs()
def aspect(code: str) -> str:
    framework = queries.current_framework()
    try:
        found = framework.catalog.aspect(code)
    except KeyError:
        abort(404)
    return render_template("competencies/aspect.html", framework=framework, aspect=found)
