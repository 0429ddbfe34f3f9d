"""How often a link may be used, and how often somebody may guess one: by link, never by address.

Guessing slows all who guess, and nobody who holds a link.
"""

from __future__ import annotations

from flask import current_app

from app.web.limits import Counts, TooOften

USE = 240           # times a minute, of one link: nobody answers so fast, a script may
GUESS = 60          # times a minute, of all links that nobody made


def count_use(public_id: str) -> None:
    """Raises TooOften."""
    _counts().add(public_id, USE)


def count_guess() -> None:
    """Raises TooOften."""
    _counts().add("guess", GUESS)


def _counts() -> Counts:
    """Made at the first use, so that every process has its own."""
    found: Counts = current_app.extensions.setdefault("rater-limits", Counts())
    return found


__all__ = ["GUESS", "USE", "TooOften", "count_guess", "count_use"]
