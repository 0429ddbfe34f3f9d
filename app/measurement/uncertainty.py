"""How sure a mean is: the smoothed spread, the standard error and the 80 % band."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.measurement.scale import BAND_QUANTILE, ENOUGH_FOR_DETAIL, PRIOR_WEIGHT, AnswerScale, one_decimal
from app.measurement.student_t import quantile


@dataclass(frozen=True)
class Band:
    """The 80 % band round a mean."""

    low: float
    high: float

    def rounded(self) -> Band:
        """The band as it is shown, with one decimal."""
        return Band(one_decimal(self.low), one_decimal(self.high))


def smoothed_sd(rater_means: Sequence[float | Fraction], prior_sd: float) -> float:
    """s̃ = √(((n−1)·s² + ν0·s0²) / (n−1+ν0)), with s the sample standard deviation of the n rater means.

    Below five raters s̃ = s0: a spread that reveals nothing about three people.
    """
    n = len(rater_means)
    if n < ENOUGH_FOR_DETAIL:
        return prior_sd
    variance = statistics.variance([float(mean) for mean in rater_means])
    return math.sqrt(((n - 1) * variance + PRIOR_WEIGHT * prior_sd**2) / (n - 1 + PRIOR_WEIGHT))


def standard_error(smoothed: float, raters: int) -> float:
    """SE = s̃ / √n."""
    return smoothed / math.sqrt(raters)


def pooled_error(parts: Sequence[tuple[int, float]]) -> float:
    """SE of 'anderen' from (n_g, SE_g) per group: √(Σ n_g²·SE_g²) / Σ n_g."""
    return math.sqrt(sum((n * error) ** 2 for n, error in parts)) / sum(n for n, _ in parts)


def half_width(error: float, raters: int) -> float:
    """t(.90; n−1+ν0) · SE."""
    return quantile(BAND_QUANTILE, raters - 1 + PRIOR_WEIGHT) * error


def band(mean: float, error: float, raters: int, scale: AnswerScale) -> Band:
    """M ± t(.90; n−1+ν0) · SE, clipped to the scale."""
    reach = half_width(error, raters)
    return Band(max(mean - reach, float(scale.bottom)), min(mean + reach, float(scale.top)))
