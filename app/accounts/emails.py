"""PURE: what an e-mail address looks like here: plain characters, lower case."""

from __future__ import annotations

from email_validator import EmailNotValidError, validate_email

LONGEST = 254


def normal(address: str) -> str:
    """The address as it is kept. Raises ValueError when it cannot be one."""
    try:
        found = validate_email(address.strip(), check_deliverability=False, allow_smtputf8=False)
    except EmailNotValidError as error:
        raise ValueError(str(error)) from None
    if found.ascii_email is None or "=?" in found.ascii_email:     # it would be decoded in a mail's header
        raise ValueError("not plain")
    return found.ascii_email.lower()


def as_typed(address: str) -> str:
    """What somebody typed to sign in, in the form in which addresses are kept; whatever it is, it stays something."""
    try:
        return normal(address)
    except ValueError:
        return address.strip().lower()
