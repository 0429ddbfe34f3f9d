"""Who asks for attention, and which days come, without a page."""

from __future__ import annotations

import datetime as dt

import pytest

from app.checkins.rhythm import Turn
from app.team.waiting import Comes, Coming, Matter, Planned, Running, Talks, Waits, Work, coming, items

TODAY = dt.date(2026, 11, 22)


def day(ahead: int) -> dt.date:
    return TODAY + dt.timedelta(days=ahead)


def running(waits: Waits, until: int, opens: int = -20, *enough: tuple[str, bool]) -> Work:
    return Work(running=(Running(7, "Najaarsronde", waits, day(until), day(opens), enough),))


def matters(work: Work) -> list[Matter]:
    return [one.matter for one in items({1: work}, TODAY)]


@pytest.mark.parametrize(("until", "told"), [(-12, [Matter.NOT_CHOSEN]), (-1, [Matter.NOT_CHOSEN]), (0, []), (5, [])])
def test_whoever_did_not_choose_in_time_is_told(until: int, told: list[Matter]) -> None:
    assert matters(running(Waits.CHOOSING, until)) == told


@pytest.mark.parametrize(("opened", "until", "told"), [
    (-13, 15, []), (-14, 14, [Matter.THIN]), (-20, 8, [Matter.THIN]), (-28, 0, [Matter.THIN]),
])
def test_a_round_is_thin_from_half_of_its_time_on(opened: int, until: int, told: list[Matter]) -> None:
    work = running(Waits.ANSWERS, until, opened, ("school", False), ("collega", True))
    assert matters(work) == told
    assert [one.groups for one in items({1: work}, TODAY)] == [("school",)] * len(told)


def test_what_comes_names_everybody_of_the_same_day() -> None:
    works = {number: running(Waits.ANSWERS, 6) for number in range(1, 6)}
    works[9] = Work(talks=Talks(next_on=day(2)))
    assert coming(works, TODAY) == (Coming(day(2), Comes.TALK, (9,)), Coming(day(6), Comes.CLOSING, (1, 2, 3, 4, 5)))


@pytest.mark.parametrize(("begins", "ends", "told"), [
    (3, 24, [(3, Comes.CHECK_IN)]), (0, 21, [(0, Comes.CHECK_IN)]), (-1, 20, [(20, Comes.CHECK_IN_ENDS)]),
    (-21, 0, [(0, Comes.CHECK_IN_ENDS)]), (-22, -1, []),
])
def test_a_tussenstand_comes_until_its_last_day(begins: int, ends: int, told: list[tuple[int, Comes]]) -> None:
    work = Work(plan=Planned(4, "running", (), waits=False, turn=Turn(day(begins), day(ends), closing=False)))
    assert coming({1: work}, TODAY) == tuple(Coming(day(ahead), what, (1,)) for ahead, what in told)
