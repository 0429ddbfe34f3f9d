"""Which days a round can have: proposed, and judged. PURE. Days are days in the Netherlands, both ends included."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Sequence
from dataclasses import dataclass

DAY = dt.timedelta(days=1)
FOUR_WEEKS = dt.timedelta(weeks=4)
SHORTEST = dt.timedelta(weeks=1)
LONGEST = dt.timedelta(weeks=8)         # ours: whoever has not answered by then will not
TIME_TO_CHOOSE = dt.timedelta(days=10)
TIME_TO_APPROVE = dt.timedelta(days=4)
TWO_WEEKS = dt.timedelta(weeks=2)       # a korte vraag: so long to choose people, and so long to answer
A_WEEK = dt.timedelta(weeks=1)          # ours: so much longer it can be made, once
FURTHEST = dt.timedelta(days=366)
REMINDERS = (7, 18)                     # design: so many days after somebody's invitation
MOST_REMINDERS = 2
SATURDAY = 5                            # as date.weekday() counts


@dataclass(frozen=True, slots=True)
class Holiday:
    """A school holiday."""

    name: str
    first_day: dt.date
    last_day: dt.date

    def holds(self, day: dt.date) -> bool:
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True)
class Dates:
    """People are chosen through `choose_until`, invitations leave on `opens_on`, answers come through `closes_on`."""

    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date


class Problem(enum.Enum):
    CHOICE_PAST = enum.auto()
    OPENING_PAST = enum.auto()
    OPENING_FAR = enum.auto()
    CHOICE_AFTER_OPENING = enum.auto()
    CLOSING_BEFORE_OPENING = enum.auto()
    TOO_SHORT = enum.auto()
    TOO_LONG = enum.auto()


@dataclass(frozen=True, slots=True)
class InHoliday:
    """The holiday a day falls in, and the nearest days outside every holiday."""

    holiday: Holiday
    before: dt.date
    after: dt.date


class ReminderProblem(enum.Enum):
    TOO_MANY = enum.auto()
    OUTSIDE = enum.auto()       # not between the first and the last day
    TWICE = enum.auto()


def propose(today: dt.date, holidays: Collection[Holiday]) -> Dates:
    """Ten days to choose, four to approve, and four weeks to answer; opening on a Monday, and never in a holiday.

    Where four weeks end in a holiday it closes on the nearest day outside it, the later one of two.
    """
    opens_on = _monday(today + TIME_TO_CHOOSE + TIME_TO_APPROVE)
    while found := in_holiday(opens_on, holidays):
        opens_on = _monday(found.after)
    closes_on = opens_on + FOUR_WEEKS
    if found := in_holiday(closes_on, holidays):
        after, before = school_day(closes_on, holidays), found.before
        may_be_after = after - opens_on <= LONGEST
        if may_be_after and (after - closes_on <= closes_on - before or before - opens_on < SHORTEST):
            closes_on = after
        else:
            closes_on = max(before, opens_on + SHORTEST)
    return Dates(opens_on - TIME_TO_APPROVE, opens_on, closes_on)


def propose_pulse(today: dt.date, holidays: Collection[Holiday]) -> Dates:
    """The last days that a korte vraag can have: it begins as soon as the choice is approved (see `pulse_end`)."""
    until = today + TWO_WEEKS
    return Dates(until, until + DAY, pulse_end(until + DAY, holidays))


def pulse_end(opens_on: dt.date, holidays: Collection[Holiday]) -> dt.date:
    """The last day to answer a korte vraag that opens then; never in a holiday."""
    return school_day(opens_on + TWO_WEEKS, holidays)


def pulse_extension(opens_on: dt.date, closes_on: dt.date, holidays: Collection[Holiday]) -> dt.date | None:
    """Through which day a korte vraag with these days can be answered when it is extended: a week more, and never in a
    holiday. None when it was extended before, or would become longer than a round can be.
    """
    later = school_day(closes_on + A_WEEK, holidays)
    return later if closes_on == pulse_end(opens_on, holidays) and later - opens_on <= LONGEST else None


def in_holiday(day: dt.date, holidays: Collection[Holiday]) -> InHoliday | None:
    """The first holiday that holds this day."""
    held = next((holiday for holiday in holidays if holiday.holds(day)), None)
    if held is None:
        return None
    before, after = held.first_day - DAY, held.last_day + DAY
    while earlier := next((holiday for holiday in holidays if holiday.holds(before)), None):
        before = earlier.first_day - DAY
    while later := next((holiday for holiday in holidays if holiday.holds(after)), None):
        after = later.last_day + DAY
    return InHoliday(held, before, after)


def school_day(day: dt.date, holidays: Collection[Holiday]) -> dt.date:
    """This day, or when it falls in a holiday the first working day after it."""
    while found := in_holiday(day, holidays):
        day = found.after if found.after.weekday() < SATURDAY else _monday(found.after)
    return day


def problems(dates: Dates, today: dt.date) -> tuple[Problem, ...]:
    """What is wrong with days that are still to come, holidays apart."""
    length = dates.closes_on - dates.opens_on
    wrong = {
        Problem.CHOICE_PAST: dates.choose_until < today,
        Problem.OPENING_PAST: dates.opens_on < today,
        Problem.OPENING_FAR: dates.opens_on > today + FURTHEST,
        Problem.CHOICE_AFTER_OPENING: dates.choose_until >= dates.opens_on,
        Problem.CLOSING_BEFORE_OPENING: dates.closes_on <= dates.opens_on,
        Problem.TOO_SHORT: dt.timedelta(0) < length < SHORTEST,
        Problem.TOO_LONG: length > LONGEST,
    }
    return tuple(problem for problem, is_so in wrong.items() if is_so)


def reminder_problem(days: Sequence[int], dates: Dates) -> ReminderProblem | None:
    """Reminders go out so many days after the invitation: at most two, and before the last day."""
    if len(days) > MOST_REMINDERS:
        return ReminderProblem.TOO_MANY
    if any(not 1 <= day < (dates.closes_on - dates.opens_on).days for day in days):
        return ReminderProblem.OUTSIDE
    return ReminderProblem.TWICE if len(set(days)) < len(days) else None


def _monday(day: dt.date) -> dt.date:
    """This day when it is a Monday, else the next one."""
    return day + dt.timedelta(days=-day.weekday() % 7)
