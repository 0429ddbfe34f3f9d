"""How often a link may be used, and how often somebody may guess one. In this process, by link, never by address.

Guessing slows all who guess, and nobody who holds a link. What is counted is gone after a minute.
"""

from __future__ import annotations

import math
import time

from flask import current_app
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

USE = RateLimitItemPerMinute(240)       # of one link: nobody answers so fast, a script may
GUESS = RateLimitItemPerMinute(60)      # of all links that nobody made


class TooOften(Exception):
    """After so many seconds it is welcome again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def count_use(public_id: str) -> None:
    """Raises TooOften."""
    _count(USE, public_id)


def count_guess() -> None:
    """Raises TooOften."""
    _count(GUESS, "guess")


def _count(limit: RateLimitItemPerMinute, name: str) -> None:
    limiter = _limiter()
    if not limiter.hit(limit, name):
        raise TooOften(max(1, math.ceil(limiter.get_window_stats(limit, name).reset_time - time.time())))


def _limiter() -> MovingWindowRateLimiter:
    """Made at the first use, so that every process has its own."""
    found: MovingWindowRateLimiter | None = current_app.extensions.get("rater-limits")
    if found is None:
        found = current_app.extensions["rater-limits"] = MovingWindowRateLimiter(MemoryStorage())
    return found
