"""What stands out in a profile, decided by rule from the rounded figures; the templates put it into sentences.

PURE. Everything here is somebody's own view of her work: it says how often behaviour is shown, never what she is worth.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from app.competencies.catalog import Catalog
from app.measurement.needs import GAP_IGNORED_BELOW, NOT_AT_ISSUE, need
from app.measurement.scale import exact
from app.profiles.figures import Figures, Line

CLEAR: Final = Fraction(1, 2)
"""From here on a difference is worth a word (design, as in the comparison of self and others)."""

MOST_NAMES: Final = 3
"""More subjects than these on one place do not stand out (ours)."""


class Standing(enum.Enum):
    """A score beside its target."""

    NOT_MEASURED = enum.auto()
    NOT_AT_ISSUE = enum.auto()
    AT_TARGET = enum.auto()
    JUST_BELOW = enum.auto()
    ROOM = enum.auto()


def standing(line: Line) -> Standing:
    """Where a score stands: at or above the target, less than half a point below it, or with room."""
    if line.score is None or line.target is None:
        return Standing.NOT_MEASURED
    if line.importance == NOT_AT_ISSUE:
        return Standing.NOT_AT_ISSUE
    gap = exact(line.target) - exact(line.score)
    if gap <= 0:
        return Standing.AT_TARGET
    return Standing.ROOM if gap >= CLEAR else Standing.JUST_BELOW


class Stands(enum.Enum):
    """What a finding says of its subjects."""

    TOO_FEW = enum.auto()
    MOST_OFTEN = enum.auto()
    MOST_ROOM = enum.auto()
    AT_TARGET = enum.auto()
    NOTHING = enum.auto()
    MORE_OFTEN = enum.auto()
    LESS_OFTEN = enum.auto()
    STEADY = enum.auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about `lines`: those that share the first place, or those it holds for; of `asked` subjects."""

    what: Stands
    lines: tuple[Line, ...] = ()
    asked: int = 0

    @property
    def few(self) -> bool:
        """Whether there are few enough subjects to name them."""
        return len(self.lines) <= MOST_NAMES

    @property
    def everywhere(self) -> bool:
        """Whether it holds for everything that was asked."""
        return len(self.lines) == self.asked

    @property
    def only(self) -> Line | None:
        """The subject when there is one, so that its figures can be named."""
        return self.lines[0] if len(self.lines) == 1 else None


def findings(figures: Figures) -> tuple[Finding, ...]:
    """What to say above the pictures, in order; of few subjects nothing but that they are few."""
    if figures.few:
        measured = tuple(line for line in figures.competencies if line.score is not None)
        return (Finding(Stands.TOO_FEW, measured, len(figures.competencies)),)
    aspects = _aspects_to_compare(figures)
    room = _room(figures.competencies)
    if room.what is Stands.AT_TARGET and _close_together(aspects):
        return (replace(room, what=Stands.NOTHING), *_shifts(figures.competencies))
    return (*_strongest(aspects), room, *_shifts(figures.competencies))


def _aspects_to_compare(figures: Figures) -> tuple[Line, ...]:
    """The aspects of the radar when two or more of them were measured, else all: the words belong to the picture."""
    radar = {aspect.code for aspect in figures.catalog.radar_aspects}
    measured = tuple(aspect.line for aspect in figures.aspects if aspect.line.score is not None)
    shown = tuple(line for line in measured if line.code in radar)
    return shown if len(shown) > 1 else measured


def _close_together(lines: Sequence[Line]) -> bool:
    scores = [exact(line.score) for line in lines if line.score is not None]
    return len(scores) > 1 and max(scores) - min(scores) < CLEAR


def _strongest(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """The aspect or aspects with the highest score, when they stand clear of the lowest."""
    scores = [exact(line.score) for line in lines if line.score is not None]
    if len(scores) < 2 or _close_together(lines):
        return ()
    first = _all_with(lines, scores, max(scores))
    return (Finding(Stands.MOST_OFTEN, first),) if len(first) <= MOST_NAMES else ()


def _room(lines: Sequence[Line]) -> Finding:
    """Where the gap to the target weighs most."""
    measured = [line for line in lines if line.score is not None]
    needs = [need(line.score or 0, line.target or 0, line.importance or NOT_AT_ISSUE) for line in measured]
    most = max(needs, default=Fraction(0))
    if not most:
        near = (line for line in measured if exact(line.target or 0) - exact(line.score or 0) < GAP_IGNORED_BELOW)
        return Finding(Stands.AT_TARGET, tuple(near), len(lines))
    first = _all_with(measured, needs, most)
    return Finding(Stands.MOST_ROOM, first)


def _shifts(lines: Sequence[Line]) -> tuple[Finding, ...]:
    """The largest difference with the earlier self-assessment, upward and downward where they are equally large."""
    compared = [line for line in lines if line.difference is not None]
    if not compared:
        return ()
    shifts = [exact(line.difference or 0) for line in compared]
    largest = max(abs(shift) for shift in shifts)
    if largest < CLEAR:
        return (Finding(Stands.STEADY, tuple(compared), len(lines)),)
    found = (
        Finding(Stands.MORE_OFTEN, _all_with(compared, shifts, largest)),
        Finding(Stands.LESS_OFTEN, _all_with(compared, shifts, -largest)),
    )
    return tuple(finding for finding in found if finding.lines)


def _all_with(lines: Sequence[Line], values: Sequence[Fraction], value: Fraction) -> tuple[Line, ...]:
    return tuple(line for line, own in zip(lines, values, strict=True) if own == value)


def points_in_words(catalog: Catalog) -> Mapping[int, str]:
    """The points of the scale as they are said within a sentence."""
    return {point.score: point.short.lower() for point in catalog.scales.adult.points}


def nearest_points(score: float) -> tuple[int, ...]:
    """The point of the scale a score lies at (within 0.2), else the two it lies between."""
    below, rest = divmod(exact(score), 1)
    if rest <= Fraction(2, 10):
        return (int(below),)
    return (int(below) + 1,) if rest >= Fraction(8, 10) else (int(below), int(below) + 1)
