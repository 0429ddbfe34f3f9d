"""A sheet as a document, to send or to take along."""

from __future__ import annotations

from flask import make_response
from werkzeug.wrappers import Response

from app.access import Role, needs
from app.practice.document import TYPES, Kind, file_name, made
from app.practice.models import PracticeSheet
from app.practice.views import bp
from app.practice.views.doors import SHEET, own_sheet


@bp.get(f"{SHEET}/document.pdf")
@needs(Role.BEGELEIDER)
def document_pdf(sheet_id: int) -> Response:
    return _file(own_sheet(sheet_id), "pdf")


@bp.get(f"{SHEET}/document.docx")
@needs(Role.BEGELEIDER)
def document_docx(sheet_id: int) -> Response:
    return _file(own_sheet(sheet_id), "docx")


def _file(sheet: PracticeSheet, kind: Kind) -> Response:
    response = make_response(made(sheet, kind))
    response.headers["Content-Type"] = TYPES[kind]
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(sheet, kind)}"'
    return response
