"""Quantiles of Student's t, without scipy: it costs 32 MB and this is all we need of it.

P(T <= t) = 1 - I_x(v/2, 1/2)/2 with x = v/(v + t²) for t >= 0 (DLMF 8.17; Abramowitz & Stegun 26.7.1), where I is the
regularized incomplete beta function, calculated from its continued fraction (DLMF 8.17.22) by Lentz's method. The
quantile is found by bisection, since the distribution function only rises. Tested against published tables.
"""

from __future__ import annotations

import functools
import math

_ROUNDS = 500
_PRECISION = 1e-15
_TINY = 1e-300


def incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularized incomplete beta function I_x(a, b), for 0 <= x <= 1."""
    if x in (0.0, 1.0):
        return x
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(1 - x, b, a)
    log_beta = math.lgamma(a) + math.lgamma(b) - math.lgamma(a + b)
    front = math.exp(a * math.log(x) + b * math.log1p(-x) - log_beta) / a
    return front * _continued_fraction(x, a, b)


def _continued_fraction(x: float, a: float, b: float) -> float:
    """1/(1 + d1/(1 + d2/(1 + …))), calculated as 1 + 1/(1 + …) so that Lentz's method starts from 1."""
    value = 1.0
    numerator = 1.0
    denominator = 0.0
    for step in range(1, _ROUNDS):
        m = step // 2
        if step == 1:
            term = 1.0
        elif step % 2:
            term = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        else:
            term = -(a + m - 1) * (a + b + m - 1) * x / ((a + 2 * m - 2) * (a + 2 * m - 1))
        denominator = 1 / _off_zero(1 + term * denominator)
        numerator = _off_zero(1 + term / numerator)
        value *= numerator * denominator
        if step > 1 and abs(numerator * denominator - 1) < _PRECISION:
            return value - 1
    raise ArithmeticError(f"the continued fraction of I_{x}({a}, {b}) does not settle")


def _off_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY


def distribution(t: float, degrees: float) -> float:
    """P(T <= t) for t >= 0."""
    return 1 - incomplete_beta(degrees / (degrees + t * t), degrees / 2, 0.5) / 2


@functools.lru_cache(maxsize=1024)
def quantile(probability: float, degrees: float) -> float:
    """The t that T stays below with this probability, 0.5 <= probability < 1."""
    if not 0.5 <= probability < 1 or degrees <= 0:
        raise ValueError(f"no quantile of t for probability {probability} and {degrees} degrees of freedom")
    high = 1.0
    while distribution(high, degrees) < probability:
        high *= 2
    low = 0.0
    while (middle := (low + high) / 2) not in (low, high):
        if distribution(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return high
