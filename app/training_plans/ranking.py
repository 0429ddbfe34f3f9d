"""PURE: for whom a place is most useful, as far as whoever leads them may know it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.scale import exact

WISH_COUNTS: Final = 2
"""Who has it in her plan counts so many times (ours): what one wants oneself, one keeps."""

WISH_ALONE: Final = Fraction(1, 2)
"""A wish without a gap, in points (ours)."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What is known of one person and one training. `gaps`: points up to the doelscore, by competency, where there is
    a gap; `importance` 1–5 by competency; `wishes`: competencies of goals in her plan.
    """

    gaps: Mapping[str, Fraction]
    importance: Mapping[str, int]
    wishes: frozenset[str]

    @property
    def weight(self) -> Fraction:
        """Need × wish; 0 where nothing speaks for it."""
        need = sum((gap * self.importance[code] for code, gap in self.gaps.items()), Fraction(0))
        if not self.wishes:
            return need
        return WISH_COUNTS * (need or WISH_ALONE)


def asking(subjects: Collection[str], scores: Mapping[str, float], targets: Mapping[str, float],
           importance: Mapping[str, int], wishes: Collection[str]) -> Asking:
    """`scores`: of others, by competency, only what is published; `targets`: her doelscores."""
    gaps = {code: exact(targets[code]) - exact(scores[code]) for code in subjects if code in scores}
    return Asking({code: gap for code, gap in sorted(gaps.items()) if gap > 0}, importance,
                  frozenset(wishes) & frozenset(subjects))
