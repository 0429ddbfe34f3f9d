"""The word for the figure of a korte vraag."""

from __future__ import annotations

import pytest

from app.measurement.change import Change, change_in


@pytest.mark.parametrize(("mean", "word"), [
    (1.2, Change.CLEARLY_LESS), (1.5, Change.CLEARLY_LESS), (1.6, Change.SOMEWHAT_LESS), (2.5, Change.SOMEWHAT_LESS),
    (2.6, Change.NONE), (3.0, Change.NONE), (3.4, Change.NONE), (3.5, Change.SOMEWHAT_MORE),
    (4.4, Change.SOMEWHAT_MORE), (4.5, Change.CLEARLY_MORE), (4.8, Change.CLEARLY_MORE),
])
def test_the_nearest_point_and_of_two_the_clearer_one(mean: float, word: Change) -> None:
    assert change_in(mean) is word


def test_more_and_less_are_measured_alike() -> None:
    order = list(Change)
    for tenth in range(10, 51):
        assert order.index(change_in(tenth / 10)) + order.index(change_in((60 - tenth) / 10)) == len(order) - 1
