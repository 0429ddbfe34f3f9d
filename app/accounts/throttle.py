"""Slowing down whoever guesses: a growing delay per account, and a wider one per address.

An attempt is counted before the password is looked at, in a transaction of its own: many guesses at the same moment are
counted too, and slow hashing holds no lock. What succeeded is taken off again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import ipaddress
import math
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.models import SignInThrottle
from app.db import db
from app.web.formats import now

FIRST_DELAY = 5.0       # seconds


@dataclass(frozen=True, slots=True)
class Limit:
    """`free` attempts without delay, then 5, 10, 20 … seconds up to `longest`. Every `forget` one is forgotten."""

    kind: str
    free: int
    forget: dt.timedelta
    longest: dt.timedelta

    def delay(self, attempts: int) -> dt.timedelta:
        """How long to wait after this many attempts."""
        if attempts < self.free:
            return dt.timedelta(0)
        steps = min(attempts - self.free, 30)
        return min(dt.timedelta(seconds=FIRST_DELAY * 2**steps), self.longest)

    def remembered(self, attempts: int, since: dt.timedelta) -> int:
        """What is left of so many attempts after this time."""
        return max(0, attempts - int(since / self.forget))


ACCOUNT = Limit("account", free=5, forget=dt.timedelta(minutes=15), longest=dt.timedelta(minutes=15))
ADDRESS = Limit("address", free=50, forget=dt.timedelta(minutes=1), longest=dt.timedelta(minutes=1))
LINK = Limit("link", free=3, forget=dt.timedelta(minutes=20), longest=dt.timedelta(hours=1))
LINK_ADDRESS = Limit("link-address", free=50, forget=dt.timedelta(minutes=1), longest=dt.timedelta(minutes=1))


@dataclass(frozen=True, slots=True)
class Counted:
    """One thing that attempts are counted for."""

    limit: Limit
    subject: str

    @property
    def key(self) -> str:
        secret = current_app.config["SETTINGS"].key("throttle")
        return hmac.digest(secret, f"{self.limit.kind}:{self.subject}".encode(), hashlib.sha256).hex()


class TooManyAttempts(Exception):
    """Wait this many whole seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def account(email: str) -> Counted:
    return Counted(ACCOUNT, email)


def address(remote: str | None, limit: Limit = ADDRESS) -> Counted:
    """Where a request comes from; of an IPv6 address its network, since one person has all of that."""
    try:
        found = ipaddress.ip_address(remote or "")
    except ValueError:
        return Counted(limit, "")
    if isinstance(found, ipaddress.IPv6Address):
        return Counted(limit, str(ipaddress.ip_network((found, 64), strict=False)))
    return Counted(limit, str(found))


def count(*subjects: Counted) -> None:
    """Counts one attempt for all of these at once and for good, before the request's own transaction begins.

    Raises TooManyAttempts, and counts nothing, while one of them must wait.
    """
    with db.sessionmaker.begin() as own:
        count_in(own, *subjects)


def count_in(session: Session, *subjects: Counted) -> None:
    """Counts one attempt for all of these in a transaction that already runs. Raises TooManyAttempts."""
    moment = now()
    rows = {subject: _row(session, subject, moment) for subject in sorted(subjects, key=lambda s: s.key)}
    wait = max(_wait(subject.limit, row, moment) for subject, row in rows.items())
    if wait > dt.timedelta(0):
        raise TooManyAttempts(math.ceil(wait.total_seconds()))
    for subject, row in rows.items():
        row.failures = subject.limit.remembered(row.failures, moment - row.last_failure_at) + 1
        row.last_failure_at = moment
    session.flush()


def clear(subject: Counted) -> None:
    """Forgets all attempts."""
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.key == subject.key))


def take_off(subject: Counted) -> None:
    """Takes off the one attempt that succeeded; what failed before it stays."""
    db.session.execute(
        update(SignInThrottle)
        .where(SignInThrottle.key == subject.key, SignInThrottle.failures > 0)
        .values(failures=SignInThrottle.failures - 1)
    )


def forget_before(moment: dt.datetime) -> None:
    db.session.execute(delete(SignInThrottle).where(SignInThrottle.last_failure_at < moment))


def _wait(limit: Limit, row: SignInThrottle, moment: dt.datetime) -> dt.timedelta:
    return row.last_failure_at + limit.delay(row.failures) - moment


def _row(session: Session, subject: Counted, moment: dt.datetime) -> SignInThrottle:
    """The row of a subject, locked until the transaction ends; made when it is not there."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    session.execute(
        insert(SignInThrottle).values(key=subject.key, failures=0, last_failure_at=moment).on_conflict_do_nothing()
    )
    return session.scalars(select(SignInThrottle).where(SignInThrottle.key == subject.key).with_for_update()).one()
