"""The page of a team, for whoever leads it."""

from __future__ import annotations

from flask import render_template, request

from app.access import Role, actor, authorize, can_lead_team, needs
from app.profiles.texts import difference
from app.team import attention, words
from app.team.changes import TEAM_FROM
from app.team.page import team_page
from app.team.queries import LedTeam, led_teams
from app.team.standing import Shows
from app.team.views import bp
from app.team.waiting import Order


@bp.get("/team")
@needs(Role.TEAMLEIDER)
def overview() -> str:
    """Her team; of several the first by name."""
    teams = led_teams(actor())
    return _shown(teams, teams[0]) if teams else render_template("team/none.html")


@bp.get("/team/<int:team_id>")
@needs(Role.TEAMLEIDER)
def team(team_id: int) -> str:
    teams = led_teams(actor())
    return _shown(teams, chosen(teams, team_id))


def chosen(teams: tuple[LedTeam, ...], team_id: int) -> LedTeam:
    """One of the teams that she leads; 404 for any other."""
    found = next((one for one in teams if one.id == team_id), None)
    authorize(found is not None and can_lead_team(actor(), found))
    assert found is not None
    return found


def _shown(teams: tuple[LedTeam, ...], of: LedTeam) -> str:
    """`toon`: what stands in the columns; `volgorde`: in which order people stand. What is not known is the usual."""
    shows = next((one for one in Shows if one == request.args.get("toon")), Shows.ASPECTS)
    order = next((one for one in Order if one == request.args.get("volgorde")), Order.NAME)
    page = team_page(actor(), of, shows, order)
    return render_template("team/team.html", teams=teams, page=page, words=words, coming=attention.coming,
                           asks=attention.asks(page.items, page.names, page.places), orders=tuple(Order),
                           kinds=tuple(Shows), least=TEAM_FROM, difference=difference)
