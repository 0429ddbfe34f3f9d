"""A profile to take along: as a report, and as a table."""

from __future__ import annotations

from flask import make_response, request
from werkzeug.wrappers import Response

from app.access import actor, needs
from app.profiles import report_page, table_page
from app.profiles.views import bp
from app.profiles.views.opening import opened

SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/profiel/<int:measurement_id>/rapport.pdf")
@needs()
def report(measurement_id: int) -> Response:
    found = opened(measurement_id)
    made = report_page.made(found, actor(), request.args.get("plaatje"), request.args.get("erbij"))
    return _file(made, "application/pdf", report_page.file_name(found.heading, "pdf"))


@bp.get("/profiel/<int:measurement_id>/tabel.xlsx")
@needs()
def table(measurement_id: int) -> Response:
    found = opened(measurement_id)
    return _file(table_page.made(found, actor()), SPREADSHEET, report_page.file_name(found.heading, "xlsx"))


def _file(made: bytes, kind: str, name: str) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = kind
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response
