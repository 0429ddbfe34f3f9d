"""The formulas of the band, with the vectors of the written rule."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.scale import FIVE_POINTS, THREE_POINTS
from app.measurement.uncertainty import Band, band, half_width, pooled_error, standard_error
from tests.measurement.oracle import smoothed_variance


def smoothed_sd(answers: Sequence[float], prior_sd: float) -> float:
    """s̃ before it is rounded, for five and more."""
    exactly = [Fraction(answer) for answer in answers]
    return math.sqrt(smoothed_variance(exactly, Fraction(str(prior_sd)))) if len(exactly) >= 5 else prior_sd


def test_the_vector_of_six_raters() -> None:
    answers = [4, 4, 3, 5, 4, 2]
    mean = statistics.mean(answers)
    smoothed = smoothed_sd(answers, prior_sd=0.7)
    error = standard_error(smoothed, 6)
    found = band(mean, error, 6, FIVE_POINTS)

    assert round(mean, 3) == 3.667
    assert round(statistics.stdev(answers), 3) == 1.033
    assert round(smoothed, 3) == 0.900
    assert round(error, 3) == 0.368
    assert (round(found.low, 3), round(found.high, 3)) == (3.158, 4.175)
    assert found.rounded() == Band(3.2, 4.2)


@pytest.mark.parametrize(("answers", "reach"), [
    ([1, 3, 5], 0.582),
    ([4, 4, 4], 0.582),
    ([1, 3, 5, 5], 0.495),
    ([2, 2, 2, 2], 0.495),
])
def test_below_five_raters_the_band_says_nothing_about_them(answers: list[int], reach: float) -> None:
    smoothed = smoothed_sd(answers, prior_sd=0.7)
    assert smoothed == 0.7
    assert round(half_width(standard_error(smoothed, len(answers)), len(answers)), 3) == reach


def test_from_five_raters_the_spread_counts() -> None:
    assert smoothed_sd([4, 4, 4, 4, 4], 0.7) == pytest.approx(math.sqrt(4 * 0.49 / 8))
    assert smoothed_sd([1, 1, 3, 5, 5], 0.7) == pytest.approx(math.sqrt((4 * 4 + 4 * 0.49) / 8))
    assert smoothed_sd([2, 2, 2, 2, 2], 0.4) == pytest.approx(math.sqrt(4 * 0.16 / 8))


def test_the_band_ends_where_the_scale_ends() -> None:
    assert band(4.8, 0.3, 6, FIVE_POINTS).high == 5
    assert band(1.2, 0.3, 6, FIVE_POINTS).low == 1
    assert band(2.8, 0.3, 6, THREE_POINTS).high == 3


def test_the_error_of_others_weighs_by_raters() -> None:
    assert pooled_error([(6, 0.3)]) == pytest.approx(0.3)
    assert pooled_error([(3, 0.4), (6, 0.2)]) == pytest.approx(math.sqrt(9 * 0.16 + 36 * 0.04) / 9)
    assert pooled_error([(4, 0.3), (4, 0.3)]) == pytest.approx(0.3 / math.sqrt(2))


@given(st.lists(st.floats(1, 5), min_size=5, max_size=30))
def test_the_smoothed_spread_lies_between_what_was_seen_and_what_was_expected(means: list[float]) -> None:
    seen = statistics.stdev(means)
    smoothed = smoothed_sd(means, 0.7)
    assert min(seen, 0.7) - 1e-9 <= smoothed <= max(seen, 0.7) + 1e-9


@given(st.floats(1, 5), st.floats(0.05, 2), st.integers(3, 60))
def test_the_band_holds_its_mean_and_stays_on_the_scale(mean: float, error: float, raters: int) -> None:
    found = band(mean, error, raters, FIVE_POINTS)
    assert 1 <= found.low <= mean <= found.high <= 5


@pytest.mark.parametrize(("raters", "share"), [(3, 0.84), (5, 0.81), (8, 0.80), (12, 0.80)])
def test_the_band_covers_the_truth_about_as_often_as_it_says(raters: int, share: float) -> None:
    """Raters differ in leniency (sd .55) and in each of three answers (sd .8); the truth is 3.5."""
    chance = random.Random(raters)
    covered = 0
    for _ in range(2000):
        means = [3.5 + chance.gauss(0, 0.55) + statistics.fmean(chance.gauss(0, 0.8) for _ in range(3))
                 for _ in range(raters)]
        error = standard_error(smoothed_sd(means, 0.7), raters)
        found = band(statistics.fmean(means), error, raters, FIVE_POINTS)
        covered += found.low <= 3.5 <= found.high
    assert covered / 2000 == pytest.approx(share, abs=0.025)
