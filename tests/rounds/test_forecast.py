"""What a choice of people will probably show: against the written rule, and against a fresh simulation."""

from __future__ import annotations

import itertools

import pytest

from app.measurement.scale import Group
from app.rounds.forecast import Enough, Forecast, enough, forecast, simulated
from bench.forecast import MOST, Circles

# A mean over 300 other circles is .4 unsure, that of the table .2, and the table is rounded.
FRESH = 300
TOLERANCE = 1.6


@pytest.mark.parametrize(("asked", "shown", "in_small_circle"), [
    ((3, 3, 0), {7}, {11}),
    ((4, 6, 1), {15}, {16}),
    ((5, 6, 4), {16, 17}, {17}),
    ((6, 10, 3), {17}, {17}),
])
def test_the_figures_of_the_written_rule(
    asked: tuple[int, int, int], shown: set[int], in_small_circle: set[int]
) -> None:
    assert forecast(*asked, small_circle=False).shown in shown
    assert forecast(*asked, small_circle=True).shown in in_small_circle
    assert forecast(*asked, small_circle=False).total == 17


def test_nobody_shows_nothing_and_two_of_a_group_neither() -> None:
    for asked in [(0, 0, 0), (2, 0, 0), (0, 2, 0), (2, 2, 0), (0, 0, 2)]:
        assert forecast(*asked, small_circle=False) == Forecast(0, 17)
    assert forecast(2, 0, 0, small_circle=True) == Forecast(0, 17)
    assert forecast(2, 2, 0, small_circle=True).shown > 0


def test_beyond_the_table_stands_its_edge() -> None:
    most = tuple(MOST.values())
    for circle in (False, True):
        assert forecast(400, 500, 600, small_circle=circle) == forecast(*most, small_circle=circle) == Forecast(17, 17)
        assert forecast(400, 0, 0, small_circle=circle) == forecast(most[0], 0, 0, small_circle=circle)


def test_one_person_more_never_shows_less_nor_does_a_small_circle() -> None:
    for asked in itertools.product(*(range(most) for most in MOST.values())):
        for circle in (False, True):
            here = forecast(*asked, small_circle=circle).shown
            for place in range(3):
                one_more = [number + (at == place) for at, number in enumerate(asked)]
                assert forecast(*one_more, small_circle=circle).shown >= here
        assert forecast(*asked, small_circle=True).shown >= forecast(*asked, small_circle=False).shown


def test_the_table_is_what_the_rules_give() -> None:
    """A fresh simulation of some of its entries: other people, other answers, the same rules."""
    circles = Circles(FRESH, seed=20)
    assert circles.total == simulated().total
    for asked in [(3, 3, 0), (4, 0, 0), (0, 6, 0), (2, 4, 2), (4, 6, 1), (8, 2, 3), (6, 10, 3), (0, 0, 5)]:
        for circle in (False, True):
            fresh = circles.shown(dict(zip(MOST, asked, strict=True)), small_circle=circle)
            assert forecast(*asked, small_circle=circle).shown == pytest.approx(fresh, abs=TOLERANCE)


@pytest.mark.parametrize(("count", "found"), [
    (0, Enough.TOO_FEW), (3, Enough.TOO_FEW), (4, Enough.TIGHT), (11, Enough.TIGHT), (12, Enough.GOOD),
])
def test_enough_people_of_one_group(count: int, found: Enough) -> None:
    assert enough(count, minimum=3, advice=12) is found


def test_k_itself_is_never_enough_whatever_the_advice() -> None:
    assert [enough(count, minimum=6, advice=4) for count in (4, 6, 7)] == [
        Enough.TOO_FEW, Enough.TOO_FEW, Enough.GOOD,
    ]


def test_the_simulation_asks_two_thirds_of_a_school_as_teachers() -> None:
    circles = Circles(1, seed=1)
    widths = [len(questions) for questions, _ in circles.people[Group.SCHOOL]]
    assert widths[:6] == [23, 34, 23, 23, 34, 23]
