"""Signing in and passwords."""

from __future__ import annotations

from flask import Flask

from app.accounts import links, passwords, sessions
from app.accounts.views import bp, sign_in_first
from app.messages.letters import teach


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    sessions.init_app(app)
    app.register_blueprint(bp)
    app.jinja_env.globals["password_link"] = links.address
    for template in ("invite", "reset"):
        teach(template, links.still_works)
    with app.app_context():
        passwords.prepare()


__all__ = ["init_app", "sign_in_first"]
