"""What tests of the outbox put in it, and how they empty it."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import select

from app.config import MailSettings
from app.db import db
from app.messages import services
from app.messages.delivery import deliver_due
from app.messages.models import Message
from app.web.formats import as_if
from tests.support.mail import mailing

START = dt.datetime(2026, 3, 12, 9, 0, tzinfo=dt.UTC)


def put(app: Flask, organisation_id: int, *recipients: str, moment: dt.datetime = START) -> None:
    with app.app_context(), as_if(moment):
        for recipient in recipients:
            services.put(organisation_id, "email_changed", recipient, name="Jet", organisation="Dienst “Noord” & zo")
        db.session.commit()


def run(app: Flask, settings: MailSettings | None, moment: dt.datetime = START) -> int:
    with mailing(app, settings), app.app_context(), as_if(moment):
        return deliver_due()


def outbox(app: Flask) -> list[Message]:
    with app.app_context():
        return list(db.session.scalars(select(Message).order_by(Message.id)))


def people(count: int) -> list[str]:
    return [f"jet.{number}@dienst.example" for number in range(count)]
