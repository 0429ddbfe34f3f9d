"""Which roles a team covers, for whoever leads it."""

from __future__ import annotations

from flask import abort, render_template, request

from app.access import Role, actor, needs
from app.team import words
from app.team.coverage_page import roles_page
from app.team.queries import led_teams
from app.team.views import bp
from app.team.views.overview import chosen


@bp.get("/team/<int:team_id>/rollen")
@needs(Role.TEAMLEIDER)
def roles(team_id: int) -> str:
    """`vertrekt`: the id of somebody in the team who is thought away."""
    team = chosen(led_teams(actor()), team_id)
    leaver = None
    if asked := request.args.get("vertrekt"):
        leaver = next((one for one in team.people if str(one.id) == asked), None)
        if leaver is None:
            abort(404)
    return render_template("team/roles.html", page=roles_page(actor(), team, leaver), words=words)
