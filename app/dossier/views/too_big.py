"""A form with a file that is far too big: what was typed comes back, and the file is never kept, in memory or on disk.

The words of a form stand before its file. They are read from the beginning of what is sent; the rest is let go by,
since a browser shows no answer before it has sent everything.
"""

from __future__ import annotations

import time
from typing import IO, Final

from flask import request, session
from flask_login import current_user
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound, RequestEntityTooLarge
from werkzeug.sansio.multipart import Data, Field, File, MultipartDecoder, NeedData
from werkzeug.wrappers import Response

from app.access import Role, actor, may_open
from app.dossier import words
from app.dossier.models import EvidenceKind
from app.dossier.views import WITH_A_FILE, WORDS, bp
from app.dossier.views.doors import own
from app.dossier.views.filling import changing, form_page, making
from app.web import errors
from app.web.carried import from_this_site

MOST_LET_BY: Final = 500_000_000    # bytes; and so many seconds
PATIENCE: Final = 120.0
_PIECE: Final = 65_536


@bp.errorhandler(RequestEntityTooLarge)
def too_big(_error: RequestEntityTooLarge) -> Response | tuple[str, int]:
    """Who is signed in and used a form of ours gets it back; anybody else is not listened to any longer."""
    known = request.endpoint in WITH_A_FILE and "_user_id" in session and from_this_site()
    typed = _words_of_this_request() if known else None
    if typed is None or not current_user.is_authenticated or not may_open({Role.BEGELEIDER}, actor().roles):
        return errors.page(413)
    told = str(words.TOO_BIG)
    if "evidence_id" in (arguments := request.view_args or {}):
        try:
            evidence = own(arguments["evidence_id"])
        except NotFound:        # no other handler sees what is raised in this one
            return errors.page(404)
        kind = EvidenceKind(evidence.kind)
        return form_page(changing(evidence, typed), kind, 413, evidence, told=told)
    kind = EvidenceKind(arguments["kind"])
    return form_page(making(kind, typed), kind, 413, told=told)


def _words_of_this_request() -> MultiDict[str, str] | None:
    """The fields before the file; None when they cannot be read. Afterwards everything was taken from the line."""
    length, most = request.content_length or 0, request.max_content_length or 0
    boundary = request.mimetype_params.get("boundary", "")
    if request.mimetype != "multipart/form-data" or not boundary or not most < length <= MOST_LET_BY:
        return None
    line: IO[bytes] = request.environ["wsgi.input"]
    try:
        typed = _fields(line.read(min(WORDS, length)), boundary)
        return typed if _let_by(line, length - WORDS) else None
    except (OSError, ValueError):
        return None


def _let_by(line: IO[bytes], left: int) -> bool:
    """Takes so many bytes from the line, and keeps none."""
    until = time.monotonic() + PATIENCE
    while left > 0 and time.monotonic() < until:
        piece = line.read(min(_PIECE, left))
        if not piece:
            return False
        left -= len(piece)
    return left <= 0


def _fields(beginning: bytes, boundary: str) -> MultiDict[str, str] | None:
    """The fields up to the first file; None when no file begins here. Raises ValueError for what is no such form."""
    decoder = MultipartDecoder(boundary.encode("latin-1"), max_parts=200)
    decoder.receive_data(beginning)
    fields: list[tuple[str, bytearray]] = []
    while not isinstance(event := decoder.next_event(), NeedData | File):
        if isinstance(event, Field):
            fields.append((event.name, bytearray()))
        elif isinstance(event, Data) and fields:
            fields[-1][1].extend(event.data)
    if not isinstance(event, File):
        return None
    return MultiDict((name, bytes(value).decode("utf-8", "replace")) for name, value in fields)
