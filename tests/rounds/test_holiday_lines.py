"""Reading school holidays that were pasted."""

from __future__ import annotations

import datetime as dt

import pytest

from app.rounds.calendar import Holiday
from app.rounds.holiday_lines import Problem, read

CHRISTMAS = Holiday("Kerstvakantie", dt.date(2026, 12, 21), dt.date(2027, 1, 3))


@pytest.mark.parametrize(
    "line",
    [
        "Kerstvakantie 2026-12-21 t/m 2027-01-03",
        "Kerstvakantie: 21-12-2026 t/m 3-1-2027",
        "Kerstvakantie\t21/12/2026\t03/01/2027",
        "Kerstvakantie 21 december 2026 tot en met 3 januari 2027",
        "Kerstvakantie: 21 december t/m 3 januari 2027",
        "Kerstvakantie van maandag 21 dec. 2026 t/m zondag 3 jan. 2027",
        "2026-12-21 - 2027-01-03 Kerstvakantie",
    ],
)
def test_the_ways_in_which_a_holiday_is_written(line: str) -> None:
    (found,) = read(line)
    assert (found.problem, found.holiday) == (None, CHRISTMAS)


def test_one_day_is_a_holiday_too() -> None:
    (found,) = read("Koningsdag 27 april 2027")
    assert found.holiday == Holiday("Koningsdag", dt.date(2027, 4, 27), dt.date(2027, 4, 27))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("Kerstvakantie", Problem.NO_DAYS),
        ("Kerstvakantie 21 december t/m 3 januari", Problem.NO_SUCH_DAY),
        ("Feest 2026-02-30", Problem.NO_SUCH_DAY),
        ("Mei 1 apr\u0131l 2027", Problem.NO_SUCH_DAY),      # \u0131 is an i to whoever ignores case
        ("Zomer 1 JUN\u0130 t/m 3 augu\u017ftus 2027", Problem.NO_SUCH_DAY),
        ("Lang geleden 0001-01-01 t/m 0001-01-03", Problem.NO_SUCH_DAY),
        ("Ooit 9999-12-30 t/m 9999-12-31", Problem.NO_SUCH_DAY),
        ("Mei 2027-05-09 t/m 2027-05-01", Problem.WRONG_ORDER),
        ("Altijd 2027-01-01 t/m 2027-12-31", Problem.TOO_LONG),
        ("2027-05-01 t/m 2027-05-09", Problem.NO_NAME),
        ("Drie 2027-05-01 2027-05-02 2027-05-03", Problem.NO_DAYS),
    ],
)
def test_what_cannot_be_read_says_why(line: str, problem: Problem) -> None:
    (found,) = read(line)
    assert (found.holiday, found.problem) == (None, problem)


def test_lines_keep_their_numbers_and_empty_ones_are_skipped() -> None:
    assert [(line.number, line.problem) for line in read("\nMei 1-5-2027 t/m 9-5-2027\n\nwat\n")] == [
        (2, None), (4, Problem.NO_DAYS)]
