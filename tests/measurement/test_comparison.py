"""Two self-assessments side by side."""

from __future__ import annotations

import pytest

from app.measurement.comparison import Obstacle, SelfDifference, SelfReading, self_differences
from app.measurement.scoring import Cell

WORDS = {"A1": "Ik vraag.", "A2": "Ik luister."}


def reading(words: dict[str, str] | None = None, **means: float) -> SelfReading:
    cells = tuple(Cell("zelf", code, 1, mean) for code, mean in means.items())
    return SelfReading(cells, dict.fromkeys(means, WORDS if words is None else words))


@pytest.mark.parametrize(("now", "earlier", "difference"), [(3.7, 3.3, 0.4), (2.0, 3.3, -1.3), (3.0, 3.0, 0.0)])
def test_the_difference_of_two_scores_is_exactly_that_of_the_shown_ones(
    now: float, earlier: float, difference: float
) -> None:
    assert self_differences(reading(A=now), reading(A=earlier)) == (
        SelfDifference("A", now, earlier, difference, None),
    )


@pytest.mark.parametrize("words", [
    {"A1": "Ik vraag.", "A2": "Ik luister goed."},
    {"A1": "Ik vraag."},
    WORDS | {"A3": "Ik vat samen."},
])
def test_other_questions_are_not_compared(words: dict[str, str]) -> None:
    assert self_differences(reading(A=4.0), reading(words, A=3.0)) == (
        SelfDifference("A", 4.0, 3.0, None, Obstacle.OTHER_QUESTIONS),
    )


def test_what_had_no_score_earlier_is_not_compared_and_what_has_none_now_is_not_there() -> None:
    assert self_differences(reading(A=4.0), reading(B=3.0)) == (
        SelfDifference("A", 4.0, None, None, Obstacle.NO_EARLIER_SCORE),
    )


def test_only_self_scores_are_compared_this_way() -> None:
    with pytest.raises(ValueError, match="zelf"):
        SelfReading((Cell("collega", "A", 5, 4.0, spread=0.7),), {"A": WORDS})
