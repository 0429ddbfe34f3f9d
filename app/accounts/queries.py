"""Reading accounts, before anybody is known: these see the whole installation."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.accounts.models import Account
from app.db import db


@dataclass(frozen=True, slots=True)
class StoredPassword:
    account_id: int
    hash: str | None


def stored_password(email: str) -> StoredPassword | None:
    """Read in a transaction of its own that has ended when this returns: hashing must not hold a lock."""
    with db.sessionmaker() as own:
        row = own.execute(select(Account.id, Account.password_hash).where(Account.email == email)).first()
    return StoredPassword(*row) if row else None


def account_with(email: str) -> Account | None:
    return db.session.scalar(select(Account).where(Account.email == email))
