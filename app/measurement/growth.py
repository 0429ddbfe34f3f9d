"""Growth between two measurements: per group and over the others, with a word that is never surer than the figures.

Works on published figures only. Zelf and teamleider are one person each and have no uncertainty: they are compared in
comparison.py, or not at all.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from app.measurement.scale import (
    FAIRLY_SURE,
    FIVE_POINTS,
    GROWTH_FROM,
    OTHERS,
    SEEMING_GROWTH_FROM,
    SURE,
    Bound,
    bound_of,
    caps_of,
    exact,
    one_decimal,
    published,
    rule_of,
)
from app.measurement.scoring import Cell, others
from app.measurement.uncertainty import Band, band


class Word(enum.Enum):
    """What may be said of a change, downward as upward."""

    VISIBLE_GROWTH = enum.auto()
    SEEMS_TO_GROW = enum.auto()
    NO_CLEAR_DIFFERENCE = enum.auto()
    SEEMS_LESS = enum.auto()
    VISIBLY_LESS = enum.auto()


class Obstacle(enum.Enum):
    """Why two figures are not to be compared; for the others the one that comes last here of all their groups."""

    NOT_SHOWN_BEFORE = 1
    OTHER_QUESTIONS = 2
    OTHER_WORDING = 3


@dataclass(frozen=True)
class Wave:
    """One measurement: its cells, and per published group and competency the wording of every indicator asked of it."""

    cells: tuple[Cell, ...]
    asked: Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True)
class Growth:
    """One group (or scale.OTHERS) on one competency: `before` and `now` as they are shown in their measurements.

    `change` has one decimal. Of a group it is now − before; of the others it weighs the changes of the groups that can
    be compared, and need not be the difference of the two figures: other people may weigh more now. What it is the
    difference of, then_and_now tells; `weights`: w_g of every group in it. `error` is SE_Δ, not rounded and not for
    showing. `change`, `error` and `word` are None exactly when there is an `obstacle`.
    """

    group: str
    competency_code: str
    before: float | None
    now: float
    change: float | None
    error: float | None
    word: Word | None
    obstacle: Obstacle | None
    weights: Mapping[str, Fraction] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Seen:
    """The others in one measurement over the groups of a comparison, weighed as the change is; capped as any figure of
    the others. `raters` counts all in these groups; `error` is not rounded and not for showing.
    """

    mean: float
    bound: Bound
    band: Band
    raters: int
    error: float


@dataclass(frozen=True)
class _Over:
    """The same, not yet rounded or capped."""

    mean: Fraction
    error: float
    raters: int
    smallest: int

    def seen(self, mean: Fraction) -> Seen:
        caps = caps_of(OTHERS, self.smallest)
        figure = published(mean, caps)
        reach = band(figure, self.error, self.raters, FIVE_POINTS).rounded()
        return Seen(figure, bound_of(figure, caps), reach, self.raters, self.error)


@dataclass(frozen=True)
class _Pair:
    """A cell now and what it can be compared with."""

    now: Cell
    before: Cell | None
    obstacle: Obstacle | None


def growth(before: Wave, now: Wave) -> tuple[Growth, ...]:
    """Every figure of an anonymous group that is shown now, in the order of the cells, then those of the others.

    A group is compared where it is shown in both waves and was asked the same indicators in the same wording; the
    others over the groups that are. KeyError for a cell of which its wave does not say what was asked.
    """
    pairs = list(_pairs(before, now))
    earlier = {one.competency_code: one.mean for one in others(before.cells)}
    by_group = [_of_group(pair) for pair in pairs]
    adults = [pair for pair in pairs if rule_of(pair.now.group).in_others]
    over_all = [
        _of_others(one.competency_code, earlier.get(one.competency_code), one.mean,
                   [pair for pair in adults if pair.now.competency_code == one.competency_code])
        for one in others(now.cells)
    ]  # fmt: skip
    return (*by_group, *over_all)


def then_and_now(found: Growth, before: Wave, now: Wave) -> tuple[Seen, Seen]:
    """What the change of the others is the difference of: Σ w_g·M_g / Σ w_g, the same groups and weights twice.

    Rounded together, so that now − before is the change exactly where no cap is reached: each lies within 0.075 of its
    own mean, and with one group is that group's figure. ValueError without a change of the others.
    """
    then, today = _over(found, before), _over(found, now)
    if then is None or today is None or found.change is None:
        raise ValueError(f"nothing is compared of {found.group} on {found.competency_code}")
    change = exact(found.change)
    mean = exact(one_decimal((then.mean + today.mean + change) / 2))
    return then.seen(mean - change), today.seen(mean)


def seen_in(found: Growth, wave: Wave) -> Seen | None:
    """The same over a third measurement, rounded by itself; None where one of the groups has no figure in it."""
    over = _over(found, wave)
    return None if over is None else over.seen(over.mean)


def word_of(change: Fraction, error: float) -> Word:
    """Growth from Δ ≥ max(0.5, 1.645·SE_Δ), seeming growth from Δ ≥ max(0.3, 1.28·SE_Δ); the same downward."""
    size = abs(change)
    if size >= GROWTH_FROM and size >= SURE * error:
        return Word.VISIBLE_GROWTH if change > 0 else Word.VISIBLY_LESS
    if size >= SEEMING_GROWTH_FROM and size >= FAIRLY_SURE * error:
        return Word.SEEMS_TO_GROW if change > 0 else Word.SEEMS_LESS
    return Word.NO_CLEAR_DIFFERENCE


def _pairs(before: Wave, now: Wave) -> Iterable[_Pair]:
    earlier = {(cell.group, cell.competency_code): cell for cell in before.cells}
    for cell in now.cells:
        if rule_of(cell.group).named:
            continue
        previous = earlier.get((cell.group, cell.competency_code))
        yield _Pair(cell, previous, _obstacle(before, now, cell) if previous else Obstacle.NOT_SHOWN_BEFORE)


def _obstacle(before: Wave, now: Wave, cell: Cell) -> Obstacle | None:
    then, today = (wave.asked[cell.group][cell.competency_code] for wave in (before, now))
    if then.keys() != today.keys():
        return Obstacle.OTHER_QUESTIONS
    return Obstacle.OTHER_WORDING if any(then[code] != today[code] for code in then) else None


def _of_group(pair: _Pair) -> Growth:
    cell, previous = pair.now, pair.before
    shown = previous.mean if previous else None
    if previous is None or pair.obstacle:
        return Growth(cell.group, cell.competency_code, shown, cell.mean, None, None, None, pair.obstacle)
    change, error = _change(previous, cell)
    return Growth(
        cell.group, cell.competency_code, shown, cell.mean, float(change), error, word_of(change, error), None
    )


def _of_others(code: str, before: float | None, now: float, pairs: list[_Pair]) -> Growth:
    """Δ = Σ w_g·Δ_g / Σ w_g and SE_Δ² = Σ w_g²·SE_Δg² / (Σ w_g)², with w_g = n1·n2/(n1+n2)."""
    compared = [(pair.before, pair.now) for pair in pairs if pair.before and not pair.obstacle]
    if not compared:
        hardest = max((pair.obstacle for pair in pairs if pair.obstacle), key=lambda obstacle: obstacle.value)
        return Growth(OTHERS, code, before, now, None, None, None, hardest)
    weights = [Fraction(then.raters * today.raters, then.raters + today.raters) for then, today in compared]
    changes = [_change(then, today) for then, today in compared]
    mean = sum((weight * change for weight, (change, _) in zip(weights, changes, strict=True)), Fraction(0))
    change = _half_outward(mean / sum(weights))
    error = math.hypot(*(float(weight) * error for weight, (_, error) in zip(weights, changes, strict=True)))
    error /= float(sum(weights))
    weighed = {today.group: weight for (_, today), weight in zip(compared, weights, strict=True)}
    return Growth(OTHERS, code, before, now, float(change), error, word_of(change, error), None, weighed)


def _over(found: Growth, wave: Wave) -> _Over | None:
    known = {cell.group: cell for cell in wave.cells if cell.competency_code == found.competency_code}
    if not found.weights or not found.weights.keys() <= known.keys():
        return None
    parts = [(weight, known[group]) for group, weight in found.weights.items()]
    total = sum(weight for weight, _ in parts)
    mean = sum((weight * exact(cell.mean) for weight, cell in parts), Fraction(0)) / total
    error = math.hypot(*(float(weight) * (cell.standard_error or 0.0) for weight, cell in parts)) / float(total)
    raters = [cell.raters for _, cell in parts]
    return _Over(mean, error, sum(raters), min(raters))


def _change(before: Cell, now: Cell) -> tuple[Fraction, float]:
    """Δ_g = M2_g − M1_g and SE_Δg = √(SE1_g² + SE2_g²)."""
    errors = [error for cell in (before, now) if (error := cell.standard_error) is not None]
    return exact(now.mean) - exact(before.mean), math.hypot(*errors)


def _half_outward(change: Fraction) -> Fraction:
    """One decimal, half away from zero: downward as upward."""
    size = exact(one_decimal(abs(change)))
    return size if change > 0 else -size
