"""Error pages in the voice of the rest: what happened, what was kept, what to do."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, make_response, render_template, request, session
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from werkzeug.exceptions import HTTPException

from app.db import db
from app.web import carried

CROSSED = frozenset({"23503", "23505", "40001", "40P01"})      # PostgreSQL: a key that is gone or taken, a deadlock
PAGES = frozenset({400, 403, 404, 405, 409, 410, 413, 429, 500})


def wants_json() -> bool:
    """True when a script of ours is asking."""
    return request.accept_mimetypes.best == "application/json"


def page(status: int, *, code: str | None = None) -> Response:
    """The error page of a status; unknown ones read like 400 or 500."""
    db.session.rollback()
    known = status if status in PAGES else (500 if status >= 500 else 400)
    if wants_json():
        return make_response({"error": str(status)}, status)
    return make_response(render_template("error.html", status=known, code=code), status)


def _with_what_was_typed(status: int, *, code: str | None = None) -> Response:
    """The error page; for a form of somebody who is signed in, the page that offers to store it again."""
    db.session.rollback()
    kept = carried.of_this_request() if "_user_id" in session and not wants_json() else None
    if kept is not None:
        try:
            return carried.offer_again(kept, status)
        except DBAPIError:          # the database itself is gone
            db.session.rollback()
    return page(status, code=code)


def init_app(app: Flask) -> None:
    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> Response:
        db.session.rollback()
        kept = carried.of_this_request()
        if wants_json():
            return make_response({"error": "stale"}, 400)
        return carried.offer_again(kept, 400) if kept else page(400)

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        if error.response is not None:
            return make_response(error.response)
        return page(error.code or 500)

    @app.errorhandler(IntegrityError)
    @app.errorhandler(OperationalError)
    def crossed(error: DBAPIError) -> Response:
        """Two people changed the same thing at the same moment: one of them is told, and keeps what she typed."""
        if getattr(error.orig, "sqlstate", None) not in CROSSED:
            return failed(error)
        return _with_what_was_typed(409)

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        if current_app.testing:
            raise error
        code = secrets.token_hex(4)
        current_app.logger.exception("error %s at %s", code, request.endpoint)
        return _with_what_was_typed(500, code=code)
