"""The scale of the pictures: 1 to 5, five words, one decimal."""

from __future__ import annotations

import math

LOWEST, HIGHEST = 1, 5
WORDS = ("(nog) niet", "soms", "vaak", "bijna altijd", "altijd")


def published(value: float) -> float:
    """The figure as it was published: one decimal, halves upward. Nothing finer reaches a picture.

    Raises ValueError for what does not lie on the scale.
    """
    if not LOWEST <= value <= HIGHEST:
        raise ValueError(f"{value} does not lie on the scale of {LOWEST} to {HIGHEST}")
    return math.floor(value * 10 + 0.5 + 1e-9) / 10


def written(value: float) -> str:
    """The figure as a Dutch reader writes it: 3,4."""
    return f"{value:.1f}".replace(".", ",")
