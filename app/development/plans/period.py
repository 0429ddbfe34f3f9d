"""The period of a plan: a school year, unless she chooses another one. PURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

AUGUST: Final = 8
SHORTEST: Final = dt.timedelta(weeks=4)
"""A plan of less than four weeks is no plan (ours)."""
LONGEST: Final = dt.timedelta(days=2 * 366)
FURTHEST: Final = dt.timedelta(days=366)
"""So far ahead a plan may begin (ours): the next school year, and no year that was mistyped."""
WORTH_IT: Final = dt.timedelta(weeks=8)
"""With less left of the school year, a plan that comes after another one takes the next year with it (ours)."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to the last, both with it."""

    begins_on: dt.date
    ends_on: dt.date

    @property
    def length(self) -> dt.timedelta:
        return self.ends_on - self.begins_on + dt.timedelta(days=1)


def school_year(day: dt.date) -> Period:
    """1 August to 31 July."""
    year = day.year if day.month >= AUGUST else day.year - 1
    return Period(dt.date(year, AUGUST, 1), dt.date(year + 1, AUGUST - 1, 31))


def next_period(day: dt.date, earlier: Collection[Period]) -> Period:
    """The period of a new plan that is made today: the school year, or what is left of it when one of the `earlier`
    plans reaches into it. No two begin on the same day.
    """
    year = school_year(day)
    if all(one.ends_on < year.begins_on for one in earlier):
        return year
    begins, taken = day, {one.begins_on for one in earlier}
    while begins in taken:
        begins += dt.timedelta(days=1)
    rest = Period(begins, year.ends_on)
    if rest.length >= WORTH_IT:
        return rest
    return Period(begins, school_year(year.ends_on + dt.timedelta(days=1)).ends_on)
