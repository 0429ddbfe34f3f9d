"""How often a link may be used, and how often somebody may guess one. In this process, by link, never by address.

Guessing slows all who guess, and nobody who holds a link. What is counted is gone with the minute.
"""

from __future__ import annotations

import math
import time
from collections import Counter
from threading import Lock

from flask import current_app

MINUTE = 60
USE = 240           # times a minute, of one link: nobody answers so fast, a script may
GUESS = 60          # times a minute, of all links that nobody made


class TooOften(Exception):
    """After so many seconds it is welcome again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Counts:
    """What happened in a minute that begins with the first thing that happens, by name."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._since = -math.inf
        self._times: Counter[str] = Counter()

    def add(self, name: str, most: int) -> None:
        """Raises TooOften when it happened more often than this."""
        now = time.time()
        with self._lock:
            if not 0 <= now - self._since < MINUTE:
                self._since, self._times = now, Counter()
            self._times[name] += 1
            if self._times[name] > most:
                raise TooOften(math.ceil(self._since + MINUTE - now))


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
