"""The days that a new sheet proposes: a start within two weeks, and an evaluation 10 to 13 weeks later. PURE.

A day in a school holiday moves to the first school day after it, and back when that is too late.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from app.rounds.calendar import Holiday, in_holiday, school_day

A_WEEK = dt.timedelta(weeks=1)
EVALUATE_FROM, EVALUATE_UNTIL = dt.timedelta(weeks=10), dt.timedelta(weeks=13)
FRIDAY = 4


@dataclass(frozen=True, slots=True)
class Proposed:
    start: dt.date
    evaluation: dt.date


def propose(today: dt.date, holidays: Collection[Holiday]) -> Proposed:
    """A start in about a week, and an evaluation twelve weeks after it."""
    start = school_day(_working_day(today + A_WEEK), holidays)
    return Proposed(start, evaluation_after(start, holidays))


def evaluation_after(start: dt.date, holidays: Collection[Holiday]) -> dt.date:
    """A day 10 to 13 weeks after the start, twelve when that is no holiday; where all of it is, the first after it."""
    wished = start + dt.timedelta(weeks=12)
    after = school_day(wished, holidays)
    if after <= start + EVALUATE_UNTIL:
        return after
    before = wished
    while found := in_holiday(before, holidays):
        before = found.before - dt.timedelta(days=max(0, found.before.weekday() - FRIDAY))
    return before if before >= start + EVALUATE_FROM else after


def _working_day(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > FRIDAY else day
