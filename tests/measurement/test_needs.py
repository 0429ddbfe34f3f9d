"""What a person needs most."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.measurement.needs import need


@pytest.mark.parametrize(("score", "target", "importance", "found"), [
    (2.5, 3.5, 4, Fraction(4)),
    (3.2, 3.5, 5, Fraction(3, 2)),  # a gap of exactly 0,3 counts, although 3.5 - 3.2 < 0.3 as floats
    (3.3, 3.5, 5, Fraction(0)),
    (4.0, 3.5, 5, Fraction(0)),
    (1.0, 5.0, 1, Fraction(0)),
    (1.0, 5.0, 2, Fraction(8)),
])
def test_the_gap_to_the_target_weighs_by_importance(
    score: float, target: float, importance: int, found: Fraction
) -> None:
    assert need(score, target, importance) == found
