"""How sure a mean is: the standard error and the 80 % band. The spread itself: closing.py."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from app.measurement.scale import BAND_QUANTILE, PRIOR_WEIGHT, AnswerScale, one_decimal
from app.measurement.student_t import quantile


@dataclass(frozen=True)
class Band:
    """The 80 % band round a mean."""

    low: float
    high: float

    def rounded(self) -> Band:
        """The band as it is shown, with one decimal."""
        return Band(one_decimal(self.low), one_decimal(self.high))


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
