"""What changed since the earlier rounds, per competency: the course of the figures of the others, and its word.

PURE. The word is about the newest earlier round that can be compared; further back is only drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.measurement.growth import Growth, Obstacle, Seen, Word, growth, seen_in, then_and_now
from app.measurement.scale import OTHERS, Bound, Group
from app.measurement.scoring import Cell, others
from app.measurement.uncertainty import Band
from app.profiles.figures import RolledUp
from app.profiles.round_figures import RoundFigures
from app.profiles.round_waves import RoundWave

APART: Final = (Group.PARENT, Group.PUPIL)
"""Who answers by theme, on a scale of their own."""


@dataclass(frozen=True, slots=True)
class Point:
    """What the others saw in one round, over the groups that are compared and weighed as the change is. `round`: 0 for
    this one, 1 for the round before it, and so on.
    """

    round: int
    mean: float
    bound: Bound
    band: Band
    raters: int

    @classmethod
    def of(cls, number: int, seen: Seen) -> Point:
        return cls(number, seen.mean, seen.bound, seen.band, seen.raters)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the others saw in an earlier round, as it was published."""

    mean: float
    bound: Bound


@dataclass(frozen=True, slots=True)
class GrowthLine:
    """One competency that others saw now. `points`: from the oldest round with the same base to this one; the last and
    the one of `since` differ by `change`, caps apart. Empty where nothing compares.

    `since`: the number of the round that `change` and `word` are about; with an `obstacle` there are none of these.
    `by_group`: how each group changed since that round, obstacles included.
    """

    code: str
    points: tuple[Point, ...] = ()
    since: int | None = None
    change: float | None = None
    word: Word | None = None
    obstacle: Obstacle | None = None
    by_group: tuple[Growth, ...] = ()

    @property
    def earlier(self) -> Earlier | None:
        """What the others saw in the round that the word is about."""
        return next((Earlier(one.mean, one.bound) for one in self.points if one.round == self.since), None)

    @property
    def part(self) -> tuple[str, ...]:
        """The groups it is about, where others that are shown now are not in it."""
        adults = [one for one in self.by_group if one.group not in APART]
        compared = tuple(one.group for one in adults if one.obstacle is None)
        return compared if len(compared) < len(adults) else ()


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """How a theme changed for parents or pupils since the round with the number `since`; `earlier`: what it was then.

    With an obstacle `since` is the newest round in which the group was asked.
    """

    found: Growth
    since: int
    earlier: Earlier | None


@dataclass(frozen=True, slots=True)
class Course:
    """The growth of everything that others saw now, and of the themes of parents and pupils, who stand apart; empty
    without an earlier round. A theme is in it when its group was asked before.
    """

    lines: tuple[GrowthLine, ...]
    themes: tuple[ThemeChange, ...] = ()

    @property
    def compared(self) -> tuple[GrowthLine, ...]:
        return tuple(line for line in self.lines if line.word is not None)

    def of(self, code: str) -> GrowthLine | None:
        return next((line for line in self.lines if line.code == code), None)


def course(now: RoundWave, earlier: Sequence[RoundWave]) -> Course:
    """`earlier`: the rounds before, the newest first."""
    if not earlier:
        return Course(())
    changes = [growth(wave.wave, now.wave) for wave in earlier]
    themes = (
        _theme(cell, [(number, of, found) for number, (of, found) in enumerate(zip(earlier, changes, strict=True), 1)
                      if cell.group in of.wordings])
        for cell in now.groups if cell.group in APART
    )  # fmt: skip
    return Course(
        tuple(_line(one.competency_code, now, changes, earlier) for one in others(now.groups)),
        tuple(one for one in themes if one is not None),
    )


def line_of(code: str, now: RoundWave, earlier: Sequence[RoundWave]) -> GrowthLine | None:
    """The growth of one competency, worked out for that one alone."""
    def only(wave: RoundWave) -> RoundWave:
        return replace(wave, cells=tuple(cell for cell in wave.cells if cell.competency_code == code))

    return course(only(now), [only(wave) for wave in earlier]).of(code)


def earlier_of(figures: RoundFigures, found: Course, before: RoundWave) -> Mapping[str, Earlier]:
    """Per competency, aspect and role what the others saw in the round just before this one, where it compares.

    A roll-up is there when both rounds measured the same of its competencies, and all of those compare.
    """
    comparable = {line.code for line in found.compared if line.since == 1}
    known = {c.code for c in figures.catalog.competencies}
    then = RolledUp.of(figures.catalog, (one for one in others(before.groups) if one.competency_code in known))
    now = {line.code for line in figures.seen_by_others}
    shown = {one.competency_code: Earlier(one.mean, one.bound) for one in others(before.groups)
             if one.competency_code in comparable}
    parts = {a.code: {c.code for c in figures.catalog.competencies_of(a.code)} for a in figures.catalog.aspects}
    parts |= {r.code: {c.code for c in figures.catalog.competencies_for_role(r.code)} for r in figures.catalog.roles}
    for code, roll_up in (*then.aspects.items(), *then.roles.items()):
        measured = parts[code] & now
        if measured and measured == parts[code] & set(then.cells) and measured <= comparable:
            shown[code] = Earlier(roll_up.mean, roll_up.bound)
    return shown


def _line(
    code: str, now: RoundWave, changes: Sequence[tuple[Growth, ...]], earlier: Sequence[RoundWave]
) -> GrowthLine:
    all_over = [_of_others(found, code) for found in changes]
    comparable = [number for number, one in enumerate(all_over, 1) if one.obstacle is None]
    if not comparable:
        return GrowthLine(code, obstacle=all_over[0].obstacle)
    since = comparable[0]
    told = all_over[since - 1]
    then, today = then_and_now(told, earlier[since - 1].wave, now.wave)
    older = [
        Point.of(number, seen) for number in reversed(comparable[1:])
        if told.weights.keys() <= all_over[number - 1].weights.keys()
        and (seen := seen_in(told, earlier[number - 1].wave)) is not None
    ]
    points = (*older, Point.of(since, then), Point.of(0, today))
    by_group = tuple(
        one for one in changes[since - 1] if one.competency_code == code and one.group != OTHERS
    )
    return GrowthLine(code, points, since, told.change, told.word, by_group=by_group)


def _theme(cell: Cell, earlier: Sequence[tuple[int, RoundWave, tuple[Growth, ...]]]) -> ThemeChange | None:
    """Since the newest of these rounds that compares, else the newest."""
    about = (cell.group, cell.competency_code)
    told = [
        (number, wave, next(one for one in found if (one.group, one.competency_code) == about))
        for number, wave, found in earlier
    ]
    if not told:
        return None
    number, wave, change = next((one for one in told if one[2].obstacle is None), told[0])
    then = next((one for one in wave.groups if (one.group, one.competency_code) == about), None)
    return ThemeChange(change, number, Earlier(then.mean, then.bound) if then else None)


def _of_others(found: Iterable[Growth], code: str) -> Growth:
    return next(one for one in found if one.group == OTHERS and one.competency_code == code)
