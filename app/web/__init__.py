"""What every page shares: language, formats, security headers, assets, error pages, navigation."""

from __future__ import annotations

from flask import Flask, abort, current_app, request
from flask_compress import Compress
from flask_wtf.csrf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter, Map

from app.access import declared_access
from app.config import Config
from app.db import LARGEST_NUMBER, SAFE
from app.web import assets, carried, errors, formats, headers, language, navigation, uploads

csrf = CSRFProtect()


class RowNumber(IntegerConverter):
    """A number that a row can have; greater ones are a 404 and never reach the database."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=LARGEST_NUMBER)


def init_app(app: Flask, config: Config) -> None:
    if config.trusted_proxies:
        hops = config.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]
    app.config.update(
        WTF_CSRF_CHECK_DEFAULT=False,       # the gate checks, after it knows who is asking
        WTF_CSRF_TIME_LIMIT=None,           # a form may stay open overnight
        WTF_CSRF_SSL_STRICT=False,          # who strips the Referer has nothing to compare
        COMPRESS_ALGORITHM=["gzip"],
        COMPRESS_MIMETYPES=["text/html", "application/json"],
        COMPRESS_STREAMS=False,
    )
    app.url_map.converters["int"] = RowNumber
    language.init_app(app)
    csrf.init_app(app)
    Compress(app)
    headers.init_app(app, config)
    assets.init_app(app)
    formats.init_app(app)
    uploads.init_app(app)
    carried.init_app(app)
    errors.init_app(app)
    navigation.init_app(app)
    app.jinja_env.globals["mail_leaves"] = mail_leaves
    app.before_request(only_text)


def only_text() -> None:
    """404 for an address with a character that no database keeps: nothing is called so. A link that somebody was sent
    has its own page for what is wrong with it.
    """
    view = current_app.view_functions.get(request.endpoint or "")
    if view is not None and declared_access(view) == "link":
        return
    asked = (request.path, *request.args.keys(), *(value for _, value in request.args.items(multi=True)))
    if any("\0" in text for text in asked):
        abort(404)


def mail_leaves() -> bool:
    """Whether there is a mail server to take what is put in the outbox."""
    return current_app.config["SETTINGS"].mail is not None


def check_csrf() -> None:
    """Every unsafe request carries its token; raises CSRFError, answered by a page that loses nothing."""
    if request.method not in SAFE:
        csrf.protect()
