"""How often something may happen in a minute. Counted in this process; what is counted is gone with the minute."""

from __future__ import annotations

import math
import time
from collections import Counter
from threading import Lock

MINUTE = 60


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
