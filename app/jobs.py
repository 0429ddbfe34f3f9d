"""What the worker does by itself."""

from __future__ import annotations

from flask import Flask

from app.accounts import services as accounts
from app.background import every_night
from app.db import db
from app.web.formats import now


def tidy_accounts() -> None:
    """Ended password links and old failures to sign in are nobody's business any more."""
    accounts.forget_expired(now())
    db.session.commit()


def init_app(app: Flask) -> None:
    every_night(app, tidy_accounts)
