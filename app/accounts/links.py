"""Links with which somebody chooses a password. The secret part is derived when it is shown or sent, never stored."""

from __future__ import annotations

import base64
import datetime as dt
import enum
import hashlib
import hmac
import secrets
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask import current_app
from sqlalchemy import delete, select, update
from sqlalchemy.orm import contains_eager

from app.accounts.models import Account, LinkPurpose, PasswordLink
from app.db import db
from app.messages.models import Message
from app.web.addresses import absolute
from app.web.formats import now

VALID_FOR = {LinkPurpose.INVITE: dt.timedelta(days=30), LinkPurpose.RESET: dt.timedelta(hours=2)}


class UnknownLink(Exception):
    """This link was never given out."""


class ClosedLink(Exception):
    """This link was used, is too old, or was followed by a newer one."""


@dataclass(frozen=True, slots=True)
class OpenInvitation:
    """An invitation that still works."""

    public_id: str
    expires_at: dt.datetime


class LinkState(enum.Enum):
    OPEN = enum.auto()
    USED = enum.auto()
    CLOSED = enum.auto()        # too old, or followed by a newer one


def make(account: Account, purpose: LinkPurpose) -> PasswordLink:
    """A new link; the older ones of this account stop working."""
    close_all(account.id)
    link = PasswordLink(
        organisation_id=account.organisation_id,
        public_id=secrets.token_urlsafe(12),
        account_id=account.id,
        purpose=purpose,
        expires_at=now() + VALID_FOR[purpose],
    )
    db.session.add(link)
    db.session.flush()
    return link


def token(public_id: str) -> str:
    """What stands in the address: which link it is, and the proof that we gave it out."""
    key = current_app.config["SETTINGS"].key("password-link")
    proof = hmac.digest(key, public_id.encode(), hashlib.sha256)
    return f"{public_id}.{base64.urlsafe_b64encode(proof).decode().rstrip('=')}"


def address(public_id: str) -> str:
    """The whole address, for a mail; also where no request is going on."""
    return absolute("accounts.choose_password", link=token(public_id))


def find(link: str) -> PasswordLink:
    """The link with its account. Raises UnknownLink or ClosedLink."""
    public_id = link.rpartition(".")[0]
    if not hmac.compare_digest(token(public_id).encode(), link.encode()):
        raise UnknownLink
    found = db.session.scalar(
        select(PasswordLink)
        .join(PasswordLink.account)
        .where(PasswordLink.public_id == public_id)
        .options(contains_eager(PasswordLink.account))
    )
    if found is None or found.used_at is not None or found.expires_at <= now():
        raise ClosedLink
    return found


def use(link: PasswordLink) -> None:
    """Uses it up, with all others of this account. Raises ClosedLink when another request was first."""
    used = db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.id == link.id, PasswordLink.used_at.is_(None), PasswordLink.expires_at > now())
        .values(used_at=now())
        .returning(PasswordLink.id)
    ).first()
    if used is None:
        raise ClosedLink
    close_all(link.account_id)


def close_all(account_id: int) -> None:
    """From now on no link of this account works."""
    db.session.execute(
        update(PasswordLink)
        .where(PasswordLink.account_id == account_id, PasswordLink.expires_at > now())
        .values(expires_at=now())
    )


def open_invitation(account_id: int) -> OpenInvitation | None:
    row = db.session.execute(
        select(PasswordLink.public_id, PasswordLink.expires_at).where(
            PasswordLink.account_id == account_id,
            PasswordLink.purpose == LinkPurpose.INVITE,
            PasswordLink.used_at.is_(None),
            PasswordLink.expires_at > now(),
        )
    ).first()
    return OpenInvitation(*row) if row else None


def states(public_ids: Collection[str]) -> Mapping[str, LinkState]:
    """What became of each of these links. Those that were forgotten are closed."""
    rows = db.session.execute(
        select(PasswordLink.public_id, PasswordLink.used_at, PasswordLink.expires_at).where(
            PasswordLink.public_id.in_(public_ids)
        )
    )
    known = {
        public_id: LinkState.USED if used_at else LinkState.OPEN if expires_at > now() else LinkState.CLOSED
        for public_id, used_at, expires_at in rows
    }
    return {public_id: known.get(public_id, LinkState.CLOSED) for public_id in public_ids}


def still_works(message: Message) -> LinkState | None:
    """For a letter with a link: None when it would be sent in vain."""
    link = str(message.arguments["link"])
    return LinkState.OPEN if states({link})[link] is LinkState.OPEN else None


def forget_before(moment: dt.datetime) -> None:
    db.session.execute(delete(PasswordLink).where(PasswordLink.expires_at < moment))
