"""Which roles the dienst covers, for hr: in words, of nobody."""

from __future__ import annotations

from flask import render_template

from app.access import Role, actor, needs
from app.team import words
from app.team.coverage_page import dienst_page
from app.team.views import bp


@bp.get("/opleidingen/rollen")
@needs(Role.HR)
def dienst() -> str:
    return render_template("team/dienst.html", page=dienst_page(actor().organisation_id), words=words)
