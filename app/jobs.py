"""What the worker does by itself."""

from __future__ import annotations

from flask import Flask

from app.accounts import services as accounts
from app.background import as_soon_as_can, every_minute, every_night
from app.db import db
from app.messages import delivery
from app.organisations import queries as organisations
from app.web.formats import now


def tidy_accounts() -> None:
    """Ended password links and old failures to sign in are nobody's business any more."""
    accounts.forget_expired(now())
    db.session.commit()


def deliver_mail() -> None:
    """What is due in the outbox goes to the mail server; nothing of the demo ever does."""
    demos = organisations.demos()
    db.session.rollback()
    delivery.deliver_due(except_for=demos)


def init_app(app: Flask) -> None:
    every_night(app, tidy_accounts)
    every_minute(app, deliver_mail)
    if app.config["SETTINGS"].mail:
        delivery.wake(app, as_soon_as_can(app, deliver_mail))
