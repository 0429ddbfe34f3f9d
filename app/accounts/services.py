"""Signing in, choosing passwords, inviting."""

from __future__ import annotations

import datetime as dt

from flask import current_app
from sqlalchemy.exc import IntegrityError

from app.accounts import emails, links, passwords, queries, sessions, throttle
from app.accounts.models import Account, LinkPurpose, PasswordLink
from app.accounts.sessions import Somebody
from app.db import db, keep
from app.messages import services as messages
from app.organisations import queries as organisations
from app.web import formats


class EmailTaken(Exception):
    """Somebody on this installation signs in with this address."""


class WrongPassword(Exception):
    """This address and this password do not belong together, or nobody with this address may sign in."""


def create(organisation_id: int, email: str, password: str | None = None) -> Account:
    """An account; without a password until an invitation is accepted. Raises EmailTaken."""
    account = Account(
        organisation_id=organisation_id,
        email=email,
        password_hash=None if password is None else passwords.hash_of(password),
    )
    try:
        with db.session.begin_nested():
            db.session.add(account)
    except IntegrityError:
        raise EmailTaken from None
    return account


def change_email(account: Account, email: str, first_name: str) -> None:
    """Another address to sign in with; the old one hears of it, links sent there stop working. Raises EmailTaken."""
    before = account.email
    try:
        with db.session.begin_nested():
            account.email = email
            db.session.flush()
    except IntegrityError:
        raise EmailTaken from None
    links.close_all(account.id)
    if account.password_hash is None:
        invite(account, first_name)
    else:
        messages.put(
            account.organisation_id, "email_changed", before, name=first_name, organisation=_organisation(account)
        )


def sign_in(email: str, password: str, remote: str | None) -> Somebody:
    """Whoever has this address and password. Raises WrongPassword or TooManyAttempts.

    Takes the same steps whether or not there is such an account, and holds no lock while it hashes.
    """
    email = emails.as_typed(email)
    account_count, address_count = throttle.account(email), throttle.address(remote)
    throttle.count(account_count, address_count)
    stored = queries.stored_password(email)
    if not passwords.matches(password, stored.hash if stored else None) or stored is None or stored.hash is None:
        raise WrongPassword
    account = db.session.get_one(Account, stored.account_id)
    person = sessions.person_of(current_app, account)
    if person is None or account.password_hash != stored.hash:
        raise WrongPassword
    throttle.clear(account_count)
    throttle.take_off(address_count)
    if passwords.is_outdated(stored.hash):
        account.password_hash = passwords.hash_of(password)
    return person


def change_password(account: Account, current: str, new: str, remote: str | None) -> None:
    """Ends all sessions of this account. Raises WrongPassword or TooManyAttempts; wrong ones are counted."""
    subjects = throttle.account(account.email), throttle.address(remote)
    throttle.count_in(db.session, *subjects)
    if not passwords.matches(current, account.password_hash):
        keep()
        raise WrongPassword
    throttle.take_off(subjects[1])
    set_password(account, new)


def choose_password(link: PasswordLink, password: str) -> None:
    """With an invitation or a reset. Raises ClosedLink when another request used the link first."""
    links.use(link)
    set_password(link.account, password)


def end_sessions(account: Account) -> None:
    """Every cookie that was given out for this account stops working, a copied one too."""
    account.session_version += 1


def set_password(account: Account, password: str) -> None:
    """A new password: sessions with the old one end, links stop working, failures are forgotten."""
    account.password_hash = passwords.hash_of(password)
    end_sessions(account)
    links.close_all(account.id)
    throttle.clear(throttle.account(account.email))
    db.session.flush()


def invite(account: Account, first_name: str) -> None:
    """A fresh invitation to choose a password goes to the outbox; earlier ones stop working."""
    link = links.make(account, LinkPurpose.INVITE)
    _send_invitation(account, link.public_id, link.expires_at, first_name)


def send_password_link(email: str, remote: str | None) -> None:
    """To whoever has this address: a link for a new password, or the invitation again. Nothing for anybody else.

    Raises TooManyAttempts when one address asks very often. Too many for one account are passed over in silence.
    """
    email = emails.as_typed(email)
    throttle.count(throttle.address(remote, throttle.LINK_ADDRESS))
    try:
        throttle.count(throttle.Counted(throttle.LINK, email))
    except throttle.TooManyAttempts:
        return
    account = queries.account_with(email)
    person = sessions.person_of(current_app, account) if account else None
    if account is None or person is None:
        return
    if account.password_hash is not None:
        _send_reset(account)
    elif open_one := links.open_invitation(account.id):     # asking for it must not end what waits in a mailbox
        _send_invitation(account, open_one.public_id, open_one.expires_at, person.first_name)
    else:
        invite(account, person.first_name)


def forget_expired(moment: dt.datetime) -> None:
    """Links that ended a month ago and failures of a day ago."""
    links.forget_before(moment - dt.timedelta(days=30))
    throttle.forget_before(moment - dt.timedelta(days=1))


def _send_invitation(account: Account, public_id: str, expires_at: dt.datetime, first_name: str) -> None:
    messages.put(
        account.organisation_id,
        "invite",
        account.email,
        link=public_id,
        name=first_name,
        organisation=_organisation(account),
        until=formats.date(expires_at),
    )


def _send_reset(account: Account) -> None:
    link = links.make(account, LinkPurpose.RESET)
    messages.put(
        account.organisation_id,
        "reset",
        account.email,
        link=link.public_id,
        organisation=_organisation(account),
        until=f"{formats.date(link.expires_at)}, {formats.clock(link.expires_at)}",
    )


def _organisation(account: Account) -> str:
    return organisations.organisation(account.organisation_id).name
