"""What stands out in the profile of a round, decided by rule; the templates put it into sentences.

PURE. Never more certain than the rules of differences and growth allow: what they do not call distinct is not said.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.growth import Word
from app.measurement.scale import DISTINCT_FROM, SURE, Group, exact, rule_of
from app.profiles.round_figures import RoundFigures, RoundLine
from app.profiles.round_growth import Course, GrowthLine
from app.profiles.round_waves import RoundWave

MOST_NAMES: Final = 3
"""More subjects than these on one place do not stand out (ours)."""

FEWEST: Final = 2
"""Of fewer aspects than this nothing can be called the strongest."""


class Says(enum.Enum):
    """What a finding says of its subjects."""

    NOTHING_SHOWN = enum.auto()
    STRONG = enum.auto()
    SEEN_MOST = enum.auto()
    SEEN_LESS = enum.auto()
    STRICTER = enum.auto()
    ALIKE = enum.auto()
    GROWN = enum.auto()
    SEEMS_TO_GROW = enum.auto()
    SEEN_LESS_THAN_BEFORE = enum.auto()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about `lines`, which share the first place. `among`: what it was chosen from, for the details.

    Of growth `changes` goes with `lines`, and `since` is the number of the earlier round.
    """

    what: Says
    lines: tuple[RoundLine, ...] = ()
    among: tuple[RoundLine, ...] = ()
    changes: tuple[GrowthLine, ...] = ()
    since: int = 0

    @property
    def few(self) -> bool:
        """Whether there are few enough subjects to name them."""
        return len(self.lines) <= MOST_NAMES


def findings(figures: RoundFigures, course: Course) -> tuple[Finding, ...]:
    """What to say above the pictures: at most the strongest, the most distinct difference, the clearest growth."""
    if not figures.seen_by_others:
        return (Finding(Says.NOTHING_SHOWN),)
    return (*_strongest(figures), *_difference(figures), *_growth(figures, course))


def _strongest(figures: RoundFigures) -> tuple[Finding, ...]:
    """The aspects that others see most, when they stand clear of the one they see least: as two figures of other
    people would have to, although here the same people answered both.
    """
    seen = [(line, exact(line.others.mean), line.others.error or 0.0) for line in figures.radar if line.others]
    if len(seen) < FEWEST:
        return ()
    most = max(mean for _, mean, _ in seen)
    _, least, error = min(seen, key=lambda one: one[1])
    first = [(line, at_error) for line, mean, at_error in seen if mean == most]
    clear = all(
        most - least >= max(DISTINCT_FROM, Fraction(SURE * math.hypot(at_error, error))) for _, at_error in first
    )
    if not clear or len(first) > MOST_NAMES:
        return ()
    lines = tuple(line for line, _ in first)
    reached = all(line.target is not None and most >= exact(line.target) for line in lines)
    return (Finding(Says.STRONG if reached else Says.SEEN_MOST, lines, tuple(line for line, _, _ in seen)),)


def _difference(figures: RoundFigures) -> tuple[Finding, ...]:
    compared = tuple(line for line in figures.competencies if line.difference is not None)
    if not compared:
        return ()
    distinct = [(line, exact(line.difference or 0)) for line in compared if line.distinct]
    if not distinct:
        return (Finding(Says.ALIKE, (), compared),)
    most = max(abs(difference) for _, difference in distinct)
    less = tuple(line for line, difference in distinct if difference == most)
    stricter = tuple(line for line, difference in distinct if difference == -most)
    found = (Finding(Says.SEEN_LESS, less, compared), Finding(Says.STRICTER, stricter, compared))
    return tuple(finding for finding in found if finding.lines and finding.few)


def _growth(figures: RoundFigures, course: Course) -> tuple[Finding, ...]:
    """Visible growth before what only seems so; without any of it, what is visibly seen less."""
    kinds = (
        (Word.VISIBLE_GROWTH, Says.GROWN),
        (Word.SEEMS_TO_GROW, Says.SEEMS_TO_GROW),
        (Word.VISIBLY_LESS, Says.SEEN_LESS_THAN_BEFORE),
    )
    for word, says in kinds:
        changed = [line for line in course.compared if line.word is word]
        if changed:
            return _clearest(figures, says, changed)
    return ()


def _clearest(figures: RoundFigures, says: Says, changed: Sequence[GrowthLine]) -> tuple[Finding, ...]:
    most = max(abs(exact(line.change or 0)) for line in changed)
    first = tuple(line for line in changed if abs(exact(line.change or 0)) == most)
    since = min(line.since or 0 for line in first)
    first = tuple(line for line in first if line.since == since)
    known = {line.code: line for line in figures.competencies}
    found = Finding(says, tuple(known[line.code] for line in first), (), first, since)
    return (found,) if found.few else ()


@dataclass(frozen=True, slots=True)
class NotShown:
    """What was asked and has no figure, whether nobody, one or two answered. `groups`: of whom nothing is shown at all.

    `lines`: the competencies without a figure of the others. `merged`: two groups stand together.
    """

    groups: tuple[str, ...]
    lines: tuple[RoundLine, ...]
    merged: bool

    @property
    def anything(self) -> bool:
        return bool(self.groups or self.lines or self.merged)


def not_shown(figures: RoundFigures, wave: RoundWave) -> NotShown:
    """Read off from who was invited to what, and from what is shown."""
    asked = {group: items for group, items in wave.wordings.items() if not rule_of(group).named}
    of_others = {code for group, items in asked.items() if rule_of(group).in_others for code in items}
    return NotShown(
        tuple(group for group in Group if group in asked and group not in wave.shown),
        tuple(line for line in figures.competencies if line.code in of_others and line.others is None),
        Group.SCHOOL_AND_CLIENT in wave.shown,
    )
