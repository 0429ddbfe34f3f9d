"""What every view declares about who may open it, and the gate that asks: deny by default."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any, TypeVar

from flask import Flask, abort, request
from flask_login import current_user

from app.access.actors import Actor, Role
from app.db import SAFE

View = TypeVar("View", bound=Callable[..., Any])


def public(view: View) -> View:
    """Anybody may open this."""
    view.access = "public"  # type: ignore[attr-defined]
    return view


def needs(*roles: Role) -> Callable[[View], View]:
    """Somebody with one of these roles; without roles: anybody who is signed in."""

    def declare(view: View) -> View:
        view.access = frozenset(roles)  # type: ignore[attr-defined]
        return view

    return declare


def by_link(view: View) -> View:
    """Whoever holds the link in the address may open this: no session is looked at, and no cookie is read or set."""
    view.access = "link"  # type: ignore[attr-defined]
    return view


def declared_access(view: Callable[..., Any]) -> frozenset[Role] | str | None:
    access: frozenset[Role] | str | None = getattr(view, "access", None)
    return access


def actor() -> Actor:
    """The Actor of this request; only in views that declare needs(...)."""
    who: Actor = current_user.actor
    return who


def authorize(allowed: bool) -> None:
    """404 unless allowed: what is not yours does not exist for you."""
    if not allowed:
        abort(404)


def init_app(app: Flask, check_csrf: Callable[[], None], signed_out: Callable[[], Any]) -> None:
    """Deny by default. `signed_out` answers for somebody who must sign in first, before the CSRF check."""

    @app.before_request
    def gate() -> Any:
        if request.endpoint is None:
            return None
        if request.method not in SAFE:
            request.get_data()      # all of it, before the database is asked: SQLite's one writer waits for nobody
        declared = declared_access(app.view_functions[request.endpoint])
        if declared is None:
            abort(403)
        if declared == "link":
            if request.method not in SAFE and request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
                abort(403)      # a form on somebody else's page; old browsers do not tell where they come from
            return None
        if isinstance(declared, frozenset):
            if not current_user.is_authenticated:
                return signed_out()
            if not may_open(declared, current_user.actor.roles):
                abort(403)
        check_csrf()
        return None


def may_open(declared: Collection[Role], roles: Collection[Role]) -> bool:
    return not declared or bool(frozenset(declared) & frozenset(roles))
