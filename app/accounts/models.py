"""Tables of signing in. Who works where is in people."""

from __future__ import annotations

import datetime as dt
import enum

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation


class Account(OfOrganisation, UserMixin, Base):
    """How one person signs in. `email` is lower case and unique over the whole installation.

    `session_version` goes up when the password changes: sessions that carry an older one have ended.
    """

    __tablename__ = "account"
    __table_args__ = (CheckConstraint("email = lower(email)", name="email_lower"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str | None]           # none until an invitation is accepted
    session_version: Mapped[int] = mapped_column(default=1)

    def get_id(self) -> str:
        return f"{self.id}.{self.session_version}"


class LinkPurpose(enum.StrEnum):
    INVITE = "invite"
    RESET = "reset"


class PasswordLink(OfOrganisation, Base):
    """Permission to choose a password once. The secret part of the link is derived, never stored."""

    __tablename__ = "password_link"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str]
    expires_at: Mapped[dt.datetime]
    used_at: Mapped[dt.datetime | None]
    account: Mapped[Account] = relationship(lazy="raise_on_sql")


class SignInThrottle(Base):
    """Failures per account or per address; `key` is a keyed hash, so that the table names nobody."""

    __tablename__ = "sign_in_throttle"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failure_at: Mapped[dt.datetime]
