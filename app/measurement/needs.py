"""What a person needs most (measurement.md §7): the gap to the target, weighed by how much it matters for the job."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from app.measurement.scale import exact

GAP_IGNORED_BELOW: Final = Fraction(3, 10)
"""A smaller gap is no need (design)."""

NOT_AT_ISSUE: Final = 1
"""The importance (belang) that takes a competency out: 'niet aan de orde' (design)."""


def need(score: float, target: float, importance: int) -> Fraction:
    """max(0, doelscore − score) × belang; zero below a gap of 0.3 and for what is not at issue in the job."""
    gap = exact(target) - exact(score)
    if importance == NOT_AT_ISSUE or gap < GAP_IGNORED_BELOW:
        return Fraction(0)
    return gap * importance
