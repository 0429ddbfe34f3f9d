"""Error pages in the voice of the rest: what happened, what was kept, what to do."""

from __future__ import annotations

import secrets

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException

from app.db import db
from app.web import carried

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

    @app.errorhandler(Exception)
    def failed(error: Exception) -> Response:
        if current_app.testing:
            raise error
        code = secrets.token_hex(4)
        current_app.logger.exception("error %s at %s", code, request.endpoint)
        return page(500, code=code)
