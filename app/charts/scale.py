"""The scale of the pictures: 1 to 5, five words, one decimal, and figures that stand for all beyond them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Final, Literal

LOWEST, HIGHEST = 1, 5
Beyond = Literal["+", "−"]
"""A figure at the end of what is published: it stands for itself and all above it, or all below it."""

BEYOND: Final[Mapping[Beyond, str]] = {"+": "of hoger", "−": "of lager"}
WORDS = ("(nog) niet", "soms", "vaak", "bijna altijd", "altijd")


def published(value: float) -> float:
    """The figure as it was published: one decimal, halves upward. Nothing finer reaches a picture.

    Raises ValueError for what does not lie on the scale.
    """
    if not LOWEST <= value <= HIGHEST:
        raise ValueError(f"{value} does not lie on the scale of {LOWEST} to {HIGHEST}")
    return math.floor(value * 10 + 0.5 + 1e-9) / 10


def written(value: float, beyond: Beyond | None = None) -> str:
    """The figure as a Dutch reader writes it: 3,4; short for one that stands for more: 4,5+ and 1,5−."""
    return f"{value:.1f}{beyond or ''}".replace(".", ",")


def spoken(value: float, beyond: Beyond | None = None) -> str:
    """The same in full: 3,4 · 4,5 of hoger."""
    return f"{written(value)} {BEYOND[beyond]}" if beyond else written(value)
