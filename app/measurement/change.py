"""The figure of a korte vraag in words: how much more or less of some behaviour people saw. PURE.

The scale has five points, of which the third is no difference. The word is a function of the published figure alone,
which was rounded and capped at the closing: nothing of an answer is needed, or left, to choose it.
"""

from __future__ import annotations

import enum
from fractions import Fraction
from typing import Final

from app.measurement.scale import exact

NO_CHANGE: Final = 3
SOME_FROM: Final = Fraction(1, 2)
CLEAR_FROM: Final = Fraction(3, 2)
"""From half a point from the middle on there is a change, from a point and a half on a clear one: the nearest point of
the scale, and of two the one farther from the middle, on both sides alike (ours)."""


class Change(enum.Enum):
    """What people saw, on average."""

    CLEARLY_LESS = enum.auto()
    SOMEWHAT_LESS = enum.auto()
    NONE = enum.auto()
    SOMEWHAT_MORE = enum.auto()
    CLEARLY_MORE = enum.auto()


def change_in(mean: float) -> Change:
    """The word for a published mean."""
    away = exact(mean) - NO_CHANGE
    if abs(away) < SOME_FROM:
        return Change.NONE
    if abs(away) < CLEAR_FROM:
        return Change.SOMEWHAT_MORE if away > 0 else Change.SOMEWHAT_LESS
    return Change.CLEARLY_MORE if away > 0 else Change.CLEARLY_LESS
