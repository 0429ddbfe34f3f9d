"""How what others see changed between two rounds: of one person, of several subjects as one, and of a team. PURE."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.growth import Word, word_of
from app.measurement.scale import FAIRLY_SURE, FIVE_POINTS, exact, one_decimal
from app.measurement.uncertainty import Band, band

TEAM_FROM: Final = 5
"""The mean of a team is told of so many people who were in both measurements (measurement.md §6)."""


@dataclass(frozen=True, slots=True)
class Change:
    """What changed for the others since the earlier round. `change` and `now` have one decimal and rest on the groups
    that compare; the errors are not for showing.
    """

    word: Word
    change: Fraction
    error: float
    now: Fraction
    errors: tuple[float, float]
    raters: int

    @property
    def reach(self) -> Band:
        """Between what the change lies with 80 %, as its word weighs it: Δ ± 1.28·SE_Δ, with one decimal."""
        of = FAIRLY_SURE * self.error
        return Band(float(self.change) - of, float(self.change) + of).rounded()


def rolled_up(weighted: Sequence[tuple[Fraction, Change]]) -> Change:
    """Several as one, each with its weight.

    Its errors are the means of those of its parts, as though they went up and down together: the same people answered
    them all, and so they are never too small (ours).
    """
    total = sum((weight for weight, _ in weighted), Fraction(0))

    def error(values: Iterator[tuple[Fraction, float]]) -> float:
        return sum(float(weight) * value for weight, value in values) / float(total)

    change = half_outward(sum((weight * one.change for weight, one in weighted), Fraction(0)) / total)
    now = exact(one_decimal(sum((weight * one.now for weight, one in weighted), Fraction(0)) / total))
    overall = error((weight, one.error) for weight, one in weighted)
    errors = (error((weight, one.errors[0]) for weight, one in weighted),
              error((weight, one.errors[1]) for weight, one in weighted))
    return Change(word_of(change, overall), change, overall, now, errors, min(one.raters for _, one in weighted))


@dataclass(frozen=True, slots=True)
class TeamChange:
    """What others saw of the people who were in two measurements: the means then and now, with their 80 % bands.

    Below TEAM_FROM people only `people` is told.
    """

    people: int
    then: float = 0.0
    now: float = 0.0
    bands: tuple[Band, Band] | None = None
    change: float = 0.0
    word: Word | None = None


def team_change(changes: Iterable[Change]) -> TeamChange:
    """The mean over people, each weighing the same: now − then is the change, which is the mean of theirs.

    Its error is that of the measurements alone, √(Σ SE_p²) / n: these people are the whole team, not a sample of one.
    """
    there = tuple(changes)
    count = len(there)
    if count < TEAM_FROM:
        return TeamChange(count)
    change = half_outward(sum((one.change for one in there), Fraction(0)) / count)
    now = exact(one_decimal(sum((one.now for one in there), Fraction(0)) / count))
    then = min(max(now - change, Fraction(FIVE_POINTS.bottom)), Fraction(FIVE_POINTS.top))
    error = math.hypot(*(one.error for one in there)) / count
    raters = sum(one.raters for one in there)
    bands = (
        band(float(then), math.hypot(*(one.errors[0] for one in there)) / count, raters, FIVE_POINTS).rounded(),
        band(float(now), math.hypot(*(one.errors[1] for one in there)) / count, raters, FIVE_POINTS).rounded(),
    )
    return TeamChange(count, float(then), float(now), bands, float(change), word_of(change, error))


def half_outward(change: Fraction) -> Fraction:
    """One decimal, half away from zero: downward as upward."""
    size = exact(one_decimal(abs(change)))
    return size if change > 0 else -size
