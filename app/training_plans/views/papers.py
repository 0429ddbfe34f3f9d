"""A plan to take along: as a spreadsheet, or as values."""

from __future__ import annotations

from flask import abort, make_response, request
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from app.access import Role, actor, needs
from app.papers.spreadsheet import Table, Value, separated, workbook
from app.training_plans import words
from app.training_plans.page import PlanPage, page_of
from app.training_plans.views import bp
from app.training_plans.views.looking import ONE, found
from app.web.formats import today

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get(f"{ONE}/plan.xlsx")
@needs(Role.HR)
def as_workbook(training_plan_id: int) -> Response:
    page = _shown(training_plan_id)
    return _sent(workbook(page.plan.name, (_table(page), _totals(page))), XLSX, "xlsx")


@bp.get(f"{ONE}/plan.csv")
@needs(Role.HR)
def as_values(training_plan_id: int) -> Response:
    return _sent(separated(_table(_shown(training_plan_id))), "text/csv; charset=utf-8", "csv")


def _shown(training_plan_id: int) -> PlanPage:
    page = page_of(actor(), found(training_plan_id), request.args.get("versie", ""))
    if page.chosen is None:
        abort(404)
    return page


def _table(page: PlanPage) -> Table:
    """A training in each row, a unit in each column."""
    head = (_("Opleiding"), _("Hoe vaak"), _("Plaatsen"), _("Kosten"), _("Uren"), *page.units.values(), _("Waarom"))
    rows: list[tuple[Value, ...]] = [
        (page.names.training(one.held.training), one.held.runs, one.held.total, one.cost, one.hours,
         *(one.held.places.get(code, 0) for code in page.units), f"{words.why(one, page.names)} {words.brings(one)}")
        for one in page.why
    ]
    return Table(_("Opleidingsplan"), head, tuple(rows))


def _totals(page: PlanPage) -> Table:
    assert page.chosen is not None
    sums = page.chosen.sums
    cost, left = (sums.cost, sums.left) if page.chosen.has_room else (_("past niet"), _("past niet"))
    return Table(_("Totalen"), (_("Wat"), _("Hoeveel")), (
        (_("Budget in euro's"), page.plan.budget),
        (_("Daarvan al in andere plannen"), page.plan.planned), (_("Kosten in euro's"), cost),
        (_("Over"), left), (_("Uren van iedereen samen"), sums.hours), (_("Bijeenkomsten"), sums.runs),
        (_("Plaatsen"), sums.places), (_("Uren per persoon, hoogstens"), page.asked.wishes.hours_per_person),
    ))  # fmt: skip


def _sent(made: bytes, kind: str, ending: str) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="opleidingsplan-{today():%Y-%m-%d}.{ending}"'
    return response
