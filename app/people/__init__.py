"""Who works where, and who may be seen by whom."""

from __future__ import annotations

from flask import Flask

from app.accounts import sessions
from app.accounts.views import bp as accounts_pages
from app.people import labels, queries
from app.people.function_profiles import use as use_function_profiles
from app.people.views import bp
from app.people.views.set_up import before_anybody


def init_app(app: Flask) -> None:
    """Joins this room to the application."""
    sessions.know_people_by(app, queries.load_signed_in)
    app.before_request_funcs.setdefault(accounts_pages.name, []).append(before_anybody)
    app.register_blueprint(bp)
    app.jinja_env.filters["role_label"] = labels.role_label
    app.jinja_env.filters["in_order"] = labels.in_order
    app.jinja_env.globals["role_hints"] = labels.role_hints


__all__ = ["init_app", "use_function_profiles"]
