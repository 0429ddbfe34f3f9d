"""How sure a mean is: the smoothed spread, the standard error and the 80 % band."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Band:
    """The 80 % band round a mean, clipped to the scale."""

    low: float
    high: float


def smoothed_sd(rater_means: Sequence[float], prior_sd: float) -> float:
    """s~ = sqrt(((n-1)s^2 + nu0*s0^2) / (n-1+nu0)); below five raters s0 itself."""
    raise NotImplementedError


def standard_error(smoothed: float, raters: int) -> float:
    """SE = s~ / sqrt(n)."""
    raise NotImplementedError


def band(mean: float, error: float, raters: int, top: int) -> Band:
    """M ± t(.90; n-1+nu0)·SE, clipped to 1..top."""
    raise NotImplementedError
