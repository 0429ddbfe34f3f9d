"""Days on which a dienst works."""

from __future__ import annotations

import datetime as dt


def working_day(day: dt.date) -> dt.date:
    """This day, or the last one before it that is neither in a weekend nor a public holiday."""
    while day.weekday() > 4 or day in _public_holidays(day.year):
        day -= dt.timedelta(days=1)
    return day


def _public_holidays(year: int) -> frozenset[dt.date]:
    """Those of the Netherlands, with Goede Vrijdag and Bevrijdingsdag, on which a dienst is closed."""
    fixed = {dt.date(year, month, day) for month, day in ((1, 1), (4, 27), (5, 5), (12, 25), (12, 26))}
    return frozenset(fixed | {_easter(year) + dt.timedelta(days=after) for after in (-2, 0, 1, 39, 49, 50)})


def _easter(year: int) -> dt.date:
    """Easter Sunday (Gauss, as Meeus wrote it down)."""
    century, of_century = divmod(year, 100)
    golden = year % 19
    corrected = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + corrected + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * late + 114, 31)
    return dt.date(year, month, day + 1)
