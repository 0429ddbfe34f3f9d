"""Taking the outbox to the mail server: a mail may be late, and is never lost.

Before a word is said to the server the attempt is written down, with when to try again; after its 250 that it was
delivered. Whatever dies in between costs time, or at worst a second copy of the one letter that was under way.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import logging
import time
from collections.abc import Collection
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from blinker import Signal
from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select, update

from app.config import Config, MailSettings
from app.db import db
from app.messages.letters import Letter, is_fleeting, letter
from app.messages.mail_server import Lost, MailServer, Never, NoServer, NotNow
from app.messages.models import Message
from app.web.formats import now

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
WAITS: Final = (MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 4 * HOUR, 8 * HOUR, 12 * HOUR, 24 * HOUR, 24 * HOUR, 24 * HOUR,
                24 * HOUR)
"""How long after each attempt the next one comes: for five days in all, as mail servers do themselves (RFC 5321)."""

UNDER_WAY: Final = 10 * MINUTE
"""Nobody else tries a message that somebody took on: longer than an attempt can last, whatever the server does."""

LONGEST_RUN: Final = 50
"""Seconds after which the worker sees to its other work first."""

IN_A_ROW: Final = 2
"""So many lost connections after each other, and the server gets until the next minute."""

log = logging.getLogger(__name__)
refused = Signal()
"""Sent with the message as its sender, in the transaction that writes down that it will never arrive, and why."""


def deliver_due(except_for: Collection[int] = ()) -> int:
    """Delivers what is due, one by one, and says how many the server took.

    `except_for`: organisations whose mail never leaves. Commits; needs an application context of its own. Two of these
    at once share the work. Without a mail server everything waits.
    """
    settings = _settings().mail
    if settings is None:
        return 0
    delivered = lost = 0
    end = time.monotonic() + LONGEST_RUN
    with MailServer(settings) as server:
        while time.monotonic() < end and lost < IN_A_ROW and (due := _first_due(except_for)):
            try:
                server.open()
            except NoServer as error:       # costs no message an attempt
                log.warning("the mail server cannot be used: %s", error)
                break
            if not _take_on(due):
                continue
            try:
                delivered += _deliver(server, settings, due.id)
                lost = 0
            except NoServer as error:
                log.warning("the mail server takes nothing from us: %s", error)
                _put_off(due.id, str(error))
                break
            except Lost as error:
                lost += 1
                log.warning("the mail server was lost: %s", error)
                _put_off(due.id, str(error))
    return delivered


def _settings() -> Config:
    settings: Config = current_app.config["SETTINGS"]
    return settings


def _first_due(except_for: Collection[int]) -> Message | None:
    found = db.session.scalar(
        select(Message)
        .where(Message.due_at <= now(), Message.organisation_id.not_in(except_for))
        .order_by(Message.due_at, Message.id)
        .limit(1)
    )
    if found is not None:
        db.session.expunge(found)
    db.session.rollback()       # SQLite has one writer, who must not wait for a mail server
    return found


def _take_on(message: Message) -> bool:
    """Writes the attempt down; False when another worker did so first."""
    taken = db.session.execute(
        update(Message)
        .where(Message.id == message.id, Message.due_at == message.due_at, Message.attempts == message.attempts)
        .values(attempts=Message.attempts + 1, due_at=now() + UNDER_WAY)
        .returning(Message.id)
    ).first()
    db.session.commit()
    return taken is not None


def _deliver(server: MailServer, settings: MailSettings, message_id: int) -> int:
    """1 when the server took it. Raises NoServer, or Lost when nobody knows."""
    message = db.session.get(Message, message_id)
    if message is None:         # withdrawn
        db.session.rollback()
        return 0
    try:
        written = letter(message)
        mail = None if written is None else _mail(settings, message, written)
    except Exception:           # a mistake of ours must not hold up what waits behind it
        db.session.rollback()
        log.exception("message %s could not be written", message_id)
        _put_off(message_id, "could not be written")
        return 0
    if mail is None:            # not wanted any more
        db.session.delete(message)
        db.session.commit()
        return 0
    recipient = message.recipient
    db.session.rollback()
    try:
        server.hand_over(recipient, mail)
    except Never as error:
        _give_up(message_id, str(error))
        return 0
    except NotNow as error:
        _put_off(message_id, str(error))
        return 0
    _settle(message_id)
    return 1


def _mail(settings: MailSettings, message: Message, written: Letter) -> EmailMessage:
    """The letter as it travels. Its Message-ID is the same at every attempt, so that a second copy can be known."""
    mail = EmailMessage(policy=SMTP)
    mail["From"] = settings.sender
    mail["To"] = message.recipient
    mail["Subject"] = written.subject.replace("=?", "= ?")     # else a coded word is decoded, line ends too
    mail["Date"] = format_datetime(now())
    mail["Message-ID"] = f"<{_mark(message)}@{settings.sender.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail["Content-Language"] = "nl"
    mail.set_content(written.text, cte="quoted-printable")
    mail.add_alternative(written.html, subtype="html", cte="quoted-printable")
    return mail


def _mark(message: Message) -> str:
    """An id of a message that was forgotten may be given out again, so its moment counts as well."""
    told = f"{message.id} {message.created_at.isoformat()} {message.template}"
    mark = hmac.digest(_settings().key("message-id"), told.encode(), hashlib.sha256)[:18]
    return base64.urlsafe_b64encode(mark).decode()


def _settle(message_id: int) -> None:
    message = db.session.get(Message, message_id)
    if message is not None:
        if is_fleeting(message):
            db.session.delete(message)
        else:
            message.due_at, message.delivered_at = None, now()
    db.session.commit()


def _put_off(message_id: int, why: str) -> None:
    """Tried again later; given up after the last time."""
    message = db.session.get(Message, message_id)
    if message is None:
        db.session.rollback()
        return
    told = why if message.concerns is None else why[:3]     # the server's words name who was written to, and when
    log.info("message %s waits after attempt %s: %s", message_id, message.attempts, told)
    if message.attempts > len(WAITS):
        _give_up(message_id, _("na vijf dagen proberen kwam de mail nog niet aan"))
        return
    message.due_at = now() + WAITS[message.attempts - 1]
    db.session.commit()


def _give_up(message_id: int, why: str) -> None:
    message = db.session.get(Message, message_id)
    if message is not None:
        message.due_at, message.refused = None, why
        refused.send(message)
        if is_fleeting(message):
            db.session.delete(message)
    db.session.commit()
