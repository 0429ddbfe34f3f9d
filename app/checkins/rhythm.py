"""When the next tussenstand of a plan is due: every 10 to 13 weeks, and once more before its period ends. PURE.

School holidays do not matter: she chooses her own day within the three weeks.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from typing import Final

FIRST: Final = dt.timedelta(weeks=10)       # after the one before, or after the start of the plan
LAST: Final = dt.timedelta(weeks=13)
CLOSING: Final = LAST - FIRST               # so long before the period ends the closing one can be made
APART: Final = dt.timedelta(weeks=5)         # the closing one from the one before it (ours)
AHEAD: Final = dt.timedelta(weeks=1)        # the reminder, before it is overdue


class Stand(enum.StrEnum):
    """How a turn stands on a day."""

    REST = "rest"
    DUE = "due"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Turn:
    """The days on which the next tussenstand is to be made, both with it. `closing`: the last one of the period."""

    begins_on: dt.date
    ends_on: dt.date
    closing: bool

    def stand(self, day: dt.date) -> Stand:
        if day < self.begins_on:
            return Stand.REST
        return Stand.DUE if day <= self.ends_on else Stand.OVERDUE

    def wants_reminder(self, day: dt.date) -> bool:
        """From a week before it is overdue until it is."""
        return self.ends_on - AHEAD <= day <= self.ends_on


def turn(started_on: dt.date, period_ends_on: dt.date, last_on: dt.date | None = None) -> Turn | None:
    """The next turn of a plan that began then; `last_on`: the day of the one before. None after the closing one.

    What would be due in the last three weeks of the period is the closing one. It does not come within five weeks of
    another: that was the closing one then.
    """
    closes_from = period_ends_on - CLOSING
    since = last_on or started_on
    if since + LAST < closes_from:
        return Turn(since + FIRST, since + LAST, closing=False)
    if since + FIRST <= period_ends_on:
        return Turn(max(closes_from, since + FIRST), period_ends_on, closing=True)
    begins_on = max(closes_from, since + APART) if last_on else max(closes_from, started_on)
    if last_on and begins_on > period_ends_on:
        return None
    return Turn(begins_on, max(begins_on, period_ends_on), closing=True)


def weeks_since(started_on: dt.date, day: dt.date) -> int:
    """Whole weeks."""
    return (day - started_on).days // 7
