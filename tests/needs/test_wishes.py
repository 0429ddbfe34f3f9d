"""Sums of what people ask, against amounts worked out by hand."""

from __future__ import annotations

import itertools

import pytest

from app.needs.wishes import Asked, WishFigure, wish_figure, wishes_together


def asked(*hours: int) -> list[Asked]:
    return [Asked.of(one, 25 * one) for one in hours]


@pytest.mark.parametrize(("people", "hours", "shown"), [
    (10, (16, 16, 16, 16, 16), 80),             # five people, 80 hours: nobody is more than half
    (10, (40, 10, 10, 10, 9), None),            # 79: one could be more than half
    (10, (40, 40), None),                       # two people
    (10, (20, 20, 20, 20), None),               # four
    (10, (90, 90, 1, 1, 1, 1), 85),             # what is over 40 does not count: 84, in fives
    (5, (20, 20, 20, 20), None),                # "bijna allen" of five may be four
    (5, (20, 20, 20, 20, 20), None),
    (6, (20, 20, 20, 20, 20), 100),
])
def test_when_a_sum_is_published(people: int, hours: tuple[int, ...], shown: int | None) -> None:
    assert wish_figure(people, asked(*hours)).hours == shown


def test_nobody_is_ever_more_than_half_of_a_published_sum() -> None:
    for hours in itertools.combinations_with_replacement((0, 4, 13, 40, 90), 6):
        figure = wish_figure(9, asked(*hours))
        if figure.hours is not None:
            counted = [one.hours for one in asked(*hours)]
            assert 2 * max(counted) <= sum(counted)


@pytest.mark.parametrize(("wishing", "told", "word"), [
    (0, 0, "weinig"), (1, 0, "weinig"), (2, 2, None), (6, 6, None), (7, 8, "bijna allen"), (8, 8, "bijna allen"),
])
def test_counts_do_not_tell_none_from_one_nor_all_from_all_but_one(wishing: int, told: int, word: str | None) -> None:
    figure = wish_figure(8, asked(*[4] * wishing))
    assert (figure.wishing, figure.wishing_word) == (told, word)


def test_fewer_than_five_people_are_no_figure() -> None:
    with pytest.raises(ValueError, match="no figure"):
        wish_figure(4, asked(10, 10))
    with pytest.raises(ValueError, match="nothing"):
        wishes_together([])


def test_cells_together_say_what_is_missing() -> None:
    shown, hidden = wish_figure(10, asked(20, 20, 20, 20, 20)), wish_figure(6, asked(4, 4))
    assert wishes_together([shown, hidden]) == WishFigure(16, 7, 100, 2500, more_hours=True, more_euros=True)
    assert wishes_together([hidden, hidden]).hours is None
    assert wishes_together([shown, wish_figure(6, asked(4))]).rough
