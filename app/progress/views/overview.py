"""The voortgang, for hr."""

from __future__ import annotations

import datetime as dt

from flask import abort, render_template, request

from app.access import Role, actor, needs
from app.development.plans.period import AUGUST, school_year
from app.people.queries import team_names
from app.progress import queries
from app.progress.figures import LEAST, by_team, course, rounds
from app.progress.views import bp
from app.web.formats import today


@bp.get("/voortgang")
@needs(Role.HR)
def overview() -> str:
    """Of one school year, `jaar`: the calendar year in which it begins."""
    this = school_year(today())
    years = queries.years_of(actor(), this)
    chosen = request.args.get("jaar", type=int, default=this.begins_on.year)
    if chosen not in years:
        abort(404)
    period = school_year(dt.date(chosen, AUGUST, 1))
    people = queries.people_of(actor(), period, today())
    return render_template(
        "progress/overview.html",
        years=years,
        chosen=chosen,
        period=period,
        whole=course(people),
        teams=by_team(people, team_names(actor().organisation_id)),
        rounds=rounds(queries.rounds_of(actor(), period), today()),
        spent=queries.spent_in(actor(), period),
        least=LEAST,
    )
