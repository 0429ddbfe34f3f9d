"""The days of a round: proposed, and judged."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.rounds.calendar import (
    LONGEST,
    SHORTEST,
    Dates,
    Holiday,
    Problem,
    ReminderProblem,
    in_holiday,
    problems,
    propose,
    reminder_problem,
    school_day,
)

TODAY = dt.date(2026, 11, 2)       # a Monday
CHRISTMAS = Holiday("Kerstvakantie", dt.date(2026, 12, 19), dt.date(2027, 1, 3))
AUTUMN = Holiday("Herfstvakantie", dt.date(2026, 10, 17), dt.date(2026, 10, 25))


def day(number: int) -> dt.date:
    return TODAY + dt.timedelta(days=number)


def test_without_holidays_it_proposes_four_weeks_from_a_monday() -> None:
    assert propose(TODAY, []) == Dates(dt.date(2026, 11, 12), dt.date(2026, 11, 16), dt.date(2026, 12, 14))
    assert propose(day(1), []).opens_on == dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("today", "opens_on", "closes_on"),
    [
        (dt.date(2026, 11, 9), dt.date(2026, 11, 23), dt.date(2026, 12, 18)),       # three days less, or fourteen more
        (dt.date(2026, 11, 16), dt.date(2026, 11, 30), dt.date(2027, 1, 4)),        # ten days less, or seven more
    ],
)
def test_a_closing_in_a_holiday_moves_to_the_nearest_day_outside_it(today: dt.date, opens_on: dt.date,
                                                                    closes_on: dt.date) -> None:
    dates = propose(today, [CHRISTMAS])
    assert (dates.opens_on, dates.closes_on) == (opens_on, closes_on)


def test_what_falls_in_a_holiday_waits_for_the_first_school_day_after_it() -> None:
    short = Holiday("v", dt.date(2026, 10, 19), dt.date(2026, 10, 23))      # ends on a Friday
    assert school_day(dt.date(2026, 10, 20), [short]) == dt.date(2026, 10, 26)
    assert school_day(dt.date(2026, 12, 24), [CHRISTMAS]) == dt.date(2027, 1, 4)
    assert school_day(dt.date(2026, 10, 27), [short, CHRISTMAS]) == dt.date(2026, 10, 27)
    more = Holiday("w", dt.date(2026, 10, 26), dt.date(2026, 10, 27))
    assert school_day(dt.date(2026, 10, 20), [short, more]) == dt.date(2026, 10, 28)


def test_an_opening_in_a_holiday_moves_to_the_monday_after_it() -> None:
    assert propose(dt.date(2026, 10, 5), [AUTUMN]).opens_on == dt.date(2026, 10, 26)


days = st.integers(0, 400).map(lambda number: dt.date(2026, 8, 1) + dt.timedelta(days=number))
holiday = st.builds(lambda first, length: Holiday("v", first, first + dt.timedelta(days=length)), days,
                    st.integers(0, 45))


@given(days, st.lists(holiday, max_size=6))
def test_what_is_proposed_is_never_wrong(today: dt.date, holidays: list[Holiday]) -> None:
    dates = propose(today, holidays)
    wrong = set(problems(dates, today)) - {Problem.OPENING_FAR}
    assert not wrong
    assert in_holiday(dates.opens_on, holidays) is None
    assert in_holiday(dates.closes_on, holidays) is None or dates.closes_on - dates.opens_on == SHORTEST


@given(days, st.lists(holiday, max_size=6))
def test_the_nearest_days_lie_outside_every_holiday(asked: dt.date, holidays: list[Holiday]) -> None:
    found = in_holiday(asked, holidays)
    held = any(one.first_day <= asked <= one.last_day for one in holidays)
    assert (found is not None) is held
    if found:
        assert found.before < asked < found.after
        for near in (found.before, found.after):
            assert not any(one.holds(near) for one in holidays)


@pytest.mark.parametrize(
    ("dates", "found"),
    [
        (Dates(day(3), day(7), day(35)), ()),
        (Dates(day(0), day(1), day(8)), ()),
        (Dates(day(-1), day(7), day(35)), (Problem.CHOICE_PAST,)),
        (Dates(day(-2), day(-1), day(27)), (Problem.CHOICE_PAST, Problem.OPENING_PAST)),
        (Dates(day(7), day(7), day(35)), (Problem.CHOICE_AFTER_OPENING,)),
        (Dates(day(3), day(7), day(7)), (Problem.CLOSING_BEFORE_OPENING,)),
        (Dates(day(3), day(7), day(5)), (Problem.CLOSING_BEFORE_OPENING,)),
        (Dates(day(3), day(7), day(13)), (Problem.TOO_SHORT,)),
        (Dates(day(3), day(7), day(7) + LONGEST), ()),
        (Dates(day(3), day(7), day(8) + LONGEST), (Problem.TOO_LONG,)),
        (Dates(day(3), day(400), day(428)), (Problem.OPENING_FAR,)),
    ],
)
def test_what_is_wrong_with_days(dates: Dates, found: tuple[Problem, ...]) -> None:
    assert problems(dates, TODAY) == found


@pytest.mark.parametrize(
    ("sent_after", "found"),
    [
        ((7, 18), None),
        ((), None),
        ((1,), None),
        ((27,), None),
        ((28,), ReminderProblem.OUTSIDE),
        ((0, 7), ReminderProblem.OUTSIDE),
        ((7, 7), ReminderProblem.TWICE),
        ((1, 2, 3), ReminderProblem.TOO_MANY),
    ],
)
def test_reminders_fall_inside_the_round(sent_after: tuple[int, ...], found: ReminderProblem | None) -> None:
    assert reminder_problem(sent_after, Dates(day(3), day(7), day(35))) is found
