"""The behoefte, for hr and for whoever leads a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import abort, make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, authorize, can_read_needs, needs
from app.charts.matrix import Matrix, Spot
from app.competencies.catalog import Catalog
from app.competencies.queries import framework_of
from app.measurement.group_needs import Quadrant
from app.measurement.snapshots import TEAM
from app.needs import queries, table_page, words
from app.needs.cells import Cut
from app.needs.choosing import Unknown, chosen, reads_all
from app.needs.left_out import REASONS, SMALL
from app.needs.page import NeedsPage, needs_page
from app.needs.queries import SnapshotRow
from app.needs.views import bp
from app.papers.spreadsheet import separated, workbook
from app.web.formats import day_of

ADDRESS = "/opleidingen/behoefte"
ONE = f"{ADDRESS}/<int:snapshot_id>"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FEW_TEAMS = 12      # so many stand on the page itself


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with what it takes to speak of it."""

    page: NeedsPage
    title: str
    catalog: Catalog
    profiles: Mapping[str, str]


@bp.get(ADDRESS)
@needs(Role.HR, Role.TEAMLEIDER)
def overview() -> str:
    """Of the last momentopname."""
    who = actor()
    authorize(can_read_needs(who))
    snapshots = queries.snapshots_of(who.organisation_id)
    if snapshots and (reads_all(who) or who.leads):
        return _page(_found(snapshots, snapshots[0]))
    return render_template("needs/none.html", reads_all=reads_all(who), leads=bool(who.leads))


@bp.get(ONE)
@needs(Role.HR, Role.TEAMLEIDER)
def snapshot(snapshot_id: int) -> str:
    return _page(_of(snapshot_id))


@bp.get(f"{ONE}/tabel.csv")
@needs(Role.HR, Role.TEAMLEIDER)
def as_values(snapshot_id: int) -> Response:
    page = _of(snapshot_id).page
    return _sent(page, separated(table_page.needs(page)), "text/csv; charset=utf-8", "csv")


@bp.get(f"{ONE}/tabel.xlsx")
@needs(Role.HR, Role.TEAMLEIDER)
def as_workbook(snapshot_id: int) -> Response:
    shown = _of(snapshot_id)
    return _sent(shown.page, workbook(shown.title, table_page.tables(shown.page, shown.title)), XLSX, "xlsx")


@bp.get(f"{ADDRESS}/teams")
@needs(Role.HR)
def teams() -> str:
    """Every team, to choose one from."""
    authorize(reads_all(actor()))
    names = queries.first_teams(actor().organisation_id, 100_000)
    return render_template("needs/teams.html", teams=names)


def _of(snapshot_id: int) -> Shown:
    authorize(can_read_needs(actor()))
    snapshots = queries.snapshots_of(actor().organisation_id)
    return _found(snapshots, next((one for one in snapshots if one.id == snapshot_id), None) or abort(404))


def _found(snapshots: Sequence[SnapshotRow], one: SnapshotRow) -> Shown:
    """404 for what is not there, or not for her."""
    who = actor()
    try:
        choice = chosen(who, request.args, one)
    except Unknown:
        abort(404)
    catalog = framework_of(one.framework_version_id).catalog
    page = needs_page(who, catalog, snapshots, one, choice)
    if any(value not in page.values.get(cut, ()) for cut, value in choice.cuts.items() if cut != TEAM):
        abort(404)
    profiles = queries.profile_names(who.organisation_id) if Cut.PROFILE in one.cuts else {}
    return Shown(page, words.title(choice, catalog, profiles), catalog, profiles)


def _page(shown: Shown) -> str:
    who, page = actor(), shown.page
    every = reads_all(who)
    teams = queries.first_teams(who.organisation_id, FEW_TEAMS + 1, None if every else who.leads)
    return render_template(
        "needs/overview.html", page=page, title=shown.title, profiles=shown.profiles, words=words, reads_all=every,
        catalog=shown.catalog, matrix=matrix_of(page), quadrants=list(Quadrant),
        teams=teams if len(teams) <= FEW_TEAMS else {}, many_teams=len(teams) > FEW_TEAMS,
        TEAM=TEAM,
        left_out=[one for one in REASONS if page.people and page.people[one]
                  and (one != SMALL or TEAM in page.choice.cuts)],
        offer="trainings.catalogue" if every else "trainings.offer",
    )


def matrix_of(page: NeedsPage) -> Matrix:
    """The aspects of the page as a picture."""
    spots = tuple(Spot(one.number, one.aspect.name, one.need.importance, one.need.gap)
                  for one in page.aspects if one.need and one.number)
    return Matrix(
        title=_("Belang en verschil per aspect"),
        alternative=_("De cijfers staan in de tabel hieronder."),
        across=_("verschil met de doelscore"), upward=_("belang"),
        panes=(_("Borgen en delen"), _("Nu ontwikkelen"), _("Loslaten"), _("Kan later")),
        spots=spots,
    )


def _sent(page: NeedsPage, made: bytes, kind: str, ending: str) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = kind
    day = day_of(page.snapshot.taken_at)
    response.headers["Content-Disposition"] = f'attachment; filename="behoefte-{day}.{ending}"'
    return response
