"""Who this browser is: the session in the cookie."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from flask import Flask, g, session
from flask_login import LoginManager, current_user, login_user, logout_user

from app.accounts.models import Account


class Somebody(Protocol):
    """What signing in must know of a person; people has the rest."""

    name: str

    @property
    def first_name(self) -> str: ...
    @property
    def account(self) -> Account: ...


Load = Callable[[str], Somebody | None]


def init_app(app: Flask) -> None:
    manager = LoginManager()
    manager.session_protection = None       # people move between networks all day
    manager.init_app(app, add_context_processor=False)
    app.jinja_env.globals["current_user"] = current_user        # looked up where a page names her, and only there


def know_people_by(app: Flask, load: Load) -> None:
    """`load` finds who belongs to a session's key: active, with this version of the session; else None."""
    app.login_manager.user_loader(load)     # type: ignore[attr-defined]
    app.extensions["load_person"] = load


def person_of(app: Flask, account: Account) -> Somebody | None:
    """Whose account this is; None when she may not sign in."""
    load: Load = app.extensions["load_person"]
    return load(account.get_id())


def begin(person: Somebody) -> None:
    """Signed in from now on, in a new session: nothing of the one before is kept."""
    session.clear()
    g.pop("csrf_token", None)       # was made for the session before
    login_user(person)
    session.permanent = True


def end() -> None:
    logout_user()
    session.clear()
    g.pop("csrf_token", None)
