"""When a tussenstand is due, as tables."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.checkins.rhythm import APART, CLOSING, LAST, Stand, Turn, turn, weeks_since

START = dt.date(2026, 8, 31)
END = dt.date(2027, 7, 31)


def after(weeks: int, days: int = 0) -> dt.date:
    return START + dt.timedelta(weeks=weeks, days=days)


def before_end(weeks: int, days: int = 0) -> dt.date:
    return END - dt.timedelta(weeks=weeks, days=days)


TURNS = {
    "the first": (START, END, None, Turn(after(10), after(13), closing=False)),
    "the second, from the day of the first": (START, END, after(11, 3),
                                              Turn(after(21, 3), after(24, 3), closing=False)),
    "the last that is not the closing one": (START, END, before_end(16, 1),
                                             Turn(before_end(6, 1), before_end(3, 1), closing=False)),
    "it would end in the last three weeks": (START, END, before_end(16), Turn(before_end(3), END, closing=True)),
    "it would begin in them": (START, END, before_end(11), Turn(before_end(1), END, closing=True)),
    "it would begin on the last day": (START, END, before_end(10), Turn(END, END, closing=True)),
    "it would begin after the period": (START, END, before_end(9), Turn(before_end(3), END, closing=True)),
    "five weeks after the one before": (START, END, before_end(6), Turn(before_end(1), END, closing=True)),
    "five weeks before the end": (START, END, before_end(5), Turn(END, END, closing=True)),
    "less: that was the closing one": (START, END, before_end(4, 6), None),
    "made on the last day": (START, END, END, None),
    "made after the period": (START, END, END + dt.timedelta(days=9), None),
    "a period of four weeks": (START, after(4), None, Turn(after(1), after(4), closing=True)),
    "a start in the last weeks": (before_end(1), END, None, Turn(before_end(1), END, closing=True)),
    "a start after the period": (END + dt.timedelta(days=3), END, None,
                                 Turn(END + dt.timedelta(days=3), END + dt.timedelta(days=3), closing=True)),
}


@pytest.mark.parametrize(("started_on", "ends_on", "last_on", "expected"), TURNS.values(), ids=TURNS.keys())
def test_the_next_turn(started_on: dt.date, ends_on: dt.date, last_on: dt.date | None, expected: Turn | None) -> None:
    assert turn(started_on, ends_on, last_on) == expected


STANDS = {
    "a day too early": (after(9, 6), Stand.REST, False),
    "week ten": (after(10), Stand.DUE, False),
    "a week and a day before the last": (after(11, 6), Stand.DUE, False),
    "a week before the last": (after(12), Stand.DUE, True),
    "the last day of week thirteen": (after(13), Stand.DUE, True),
    "a day too late": (after(13, 1), Stand.OVERDUE, False),
}


@pytest.mark.parametrize(("day", "stand", "reminder"), STANDS.values(), ids=STANDS.keys())
def test_how_a_turn_stands(day: dt.date, stand: Stand, reminder: bool) -> None:
    found = turn(START, END)
    assert found is not None
    assert (found.stand(day), found.wants_reminder(day)) == (stand, reminder)


@given(st.integers(28, 732), st.integers(0, 800))
def test_whoever_keeps_the_rhythm_closes_every_period(length: int, within: int) -> None:
    """Each made somewhere in its turn: never two close together, none later than it should be, and there is an end."""
    end, last, made = START + dt.timedelta(days=length), None, []
    while (found := turn(START, end, last)) is not None:
        assert found.begins_on <= found.ends_on <= end
        last = found.begins_on + dt.timedelta(days=within % ((found.ends_on - found.begins_on).days + 1))
        made.append(last)
        assert len(made) < 15
    assert made and made[-1] > end - max(APART, CLOSING)
    assert all(second - first >= APART for first, second in pairwise(made))
    assert all(second - first <= LAST + CLOSING for first, second in pairwise([START, *made]))


def test_weeks_are_whole() -> None:
    assert [weeks_since(START, after(11, days)) for days in (-1, 0, 6, 7)] == [10, 11, 11, 12]
