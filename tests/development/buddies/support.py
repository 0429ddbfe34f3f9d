"""Offering, asking, and what was mailed about it."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from sqlalchemy import select

from app import jobs
from app.db import db
from app.development.buddies import services as buddies
from app.messages.models import Message
from tests.development.support import actor_of
from tests.support.builders import Persona
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient

MOMENT = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)


def offer(app: Flask, person: Persona, competency: str = "VM1", *kinds: str) -> None:
    with app.app_context():
        buddies.offer(actor_of(person), competency, kinds or ("kijk-mee",))
        db.session.commit()


def outbox(app: Flask) -> list[tuple[str, str]]:
    with app.app_context():
        rows = db.session.execute(select(Message.template, Message.recipient).order_by(Message.id))
        return [(template, recipient) for template, recipient in rows]


def arrived(app: Flask) -> list[tuple[str, str]]:
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    return [(str(mail["To"]), str(mail["Subject"])) for mail in post.arrived]


def choose(client: CheckedClient, action_id: int, person: Persona, kind: str = "kijk-mee", code: str = "VM1") -> int:
    return client.send(f"/ontwikkelplan/acties/{action_id}/maatje",
                       {"buddy": f"{person.id} {kind} {code}"}).status_code
