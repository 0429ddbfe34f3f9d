"""Nothing typed is lost when a session ended: the form travels through the log-in and is offered again.

A post that comes without a session (or with a stale CSRF token) is not carried out. Its fields go along as hidden
fields of the log-in form; after signing in a page shows the way back with the same fields and a fresh token, and one
button to store them. Only posts that this site's own pages sent are carried, so that no other site can plant text.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Flask, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict

PREFIX = "carried-"
TARGET = "carried_to"
NOT_CARRIED = frozenset({"csrf_token", TARGET})
MOST = 200_000      # characters


@dataclass(frozen=True, slots=True)
class Carried:
    """A post that waits: where it was going, and its fields in order."""

    target: str
    fields: tuple[tuple[str, str], ...]


def local_path(address: str | None) -> str | None:
    """The address if it is a path of this site, else None."""
    if not address or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc or any(ord(c) < 32 for c in address) else address


def from_this_site() -> bool:
    """True when the browser says that one of our own pages sent this request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] == request.host


def of_this_request() -> Carried | None:
    """What this refused post would have stored, if it may be carried."""
    if request.method != "POST" or not from_this_site() or not request.form:
        return None
    return _carried(request.full_path.rstrip("?"), request.form, "")


def through_log_in() -> Carried | None:
    """What the log-in form brought along."""
    target = local_path(request.form.get(TARGET))
    if target is None or not from_this_site():
        return None
    return _carried(target, request.form, PREFIX)


def _carried(target: str, form: MultiDict[str, str], prefix: str) -> Carried | None:
    fields = tuple(
        (name.removeprefix(prefix), value)
        for name, value in form.items(multi=True)
        if name.startswith(prefix) and name.removeprefix(prefix) not in NOT_CARRIED and "password" not in name
    )
    if not fields or sum(len(name) + len(value) for name, value in fields) > MOST:
        return None
    return Carried(target, fields)


def offer_again(carried: Carried, status: int) -> Response:
    """A page that shows what was kept and stores it with one press of a button."""
    return make_response(render_template("carried.html", carried=carried, status=status), status)


def init_app(app: Flask) -> None:
    app.jinja_env.globals["carried_prefix"] = PREFIX
    app.jinja_env.globals["carried_target"] = TARGET
