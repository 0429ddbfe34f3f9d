"""The beheerder's pages of teams."""

from __future__ import annotations

from flask import flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, needs
from app.organisations import queries as organisations
from app.organisations import services
from app.organisations.models import Team
from app.organisations.services import TeamNameTaken, TeamNotEmpty
from app.people import queries
from app.people.forms import TeamForm
from app.people.views import bp


@bp.route("/beheer/teams", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def teams() -> Response:
    form = TeamForm()
    if form.validate_on_submit():
        try:
            team = services.add_team(actor().organisation_id, form.name.data)
        except TeamNameTaken:
            form.name.errors = [_name_taken()]
        else:
            flash(_("%(name)s is toegevoegd.", name=team.name))
            return redirect(url_for("people.teams"))
    page = render_template("people/teams.html", form=form, teams=queries.team_overview(actor().organisation_id))
    return make_response(page, 422 if form.errors else 200)


@bp.route("/beheer/teams/<int:team_id>", methods=["GET", "POST"])
@needs(Role.BEHEERDER)
def team(team_id: int) -> Response:
    found = _team(team_id)
    form = TeamForm(obj=found)
    if form.validate_on_submit():
        try:
            services.rename_team(found, form.name.data)
        except TeamNameTaken:
            form.name.errors = [_name_taken()]
        else:
            flash(_("De naam is bewaard."))
            return redirect(url_for("people.teams"))
    return _team_page(found, form, 422 if form.errors else 200)


@bp.post("/beheer/teams/<int:team_id>/weg")
@needs(Role.BEHEERDER)
def remove_team(team_id: int) -> Response:
    found = _team(team_id)
    try:
        services.remove_team(found)
    except TeamNotEmpty:
        told = _("Er werkt nog iemand in dit team, of iemand geeft er leiding aan. Daarom blijft het staan.")
        return _team_page(found, TeamForm(formdata=None, obj=found), 409, told)
    flash(_("Het team is weg."))
    return redirect(url_for("people.teams"))


def _team_page(found: Team, form: TeamForm, status: int, told: str | None = None) -> Response:
    members = queries.members_of(found.organisation_id, found.id)
    page = render_template("people/team.html", form=form, team=found, members=members, told=told)
    return make_response(page, status)


def _team(team_id: int) -> Team:
    found = organisations.team(actor().organisation_id, team_id)
    authorize(found is not None)
    assert found is not None
    return found


def _name_taken() -> str:
    return _("Er is al een team met deze naam.")
