"""From the sheets of a closed round to its cells, for many people at once. PURE. Only the worker loads it: numpy.

Everything is a sum or a comparison of whole numbers (tally.py): half goes up exactly, whatever a float would say. The
closure rule lives in the order of things: sums become base figures, each resting on answers of its own from at least
k people; those are rounded and capped once; and nothing after that sees an answer. The exceptions are the number of
raters, the spread of their means and the word for their agreement.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

import numpy as np

from app.measurement.answers import Item, Packed, check_disjoint
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums, published_groups
from app.measurement.scale import (
    AGREED_UP_TO,
    ENOUGH_FOR_DETAIL,
    FAIRLY_AGREED_UP_TO,
    MIN_INDICATORS,
    PRIOR_WEIGHT,
    Agreement,
    AnswerScale,
    exact,
    rule_of,
)
from app.measurement.scoring import Cell
from app.measurement.tally import Numbers, Run, Tally, Truths, tally

__all__ = ["Packed", "close"]

_WORDS = (None, Agreement.AGREED, Agreement.FAIRLY_AGREED, Agreement.DIVIDED)


def close(
    subjects: Sequence[Sequence[Packed]],
    items: Mapping[str, tuple[Item, ...]],
    minimums: Minimums = STANDARD_MINIMUMS,
    *,
    small_circle: bool = False,
) -> list[tuple[Cell, ...]]:
    """The cells of each subject's measurement that may exist, per group in the order of the items.

    `items` holds for every rater group what its cells are about: for adults all competencies with all their
    indicators, for parents and pupils their themes; what was really asked is read off from the sheets. Small groups
    are merged first, or all anonymous adults in a small circle. Memory goes with the number of sheets: hand over some
    hundreds of subjects at a time. ValueError for groups that would be merged and have different items, for
    indicators in two items, and for more raters than can be added up exactly; KeyError for a group without items.
    """
    panels: dict[tuple[tuple[Item, ...], AnswerScale], _Panel] = {}
    for number, sheets in enumerate(subjects):
        counts: dict[str, int] = {}
        for packed in sheets:
            if packed.rows:
                counts[packed.group] = counts.get(packed.group, 0) + packed.sheets
        published = published_groups(counts, minimums, small_circle=small_circle)
        of_group: dict[str, tuple[Item, ...]] = {}
        for packed in sheets:
            if not packed.rows:
                continue
            group, own = published[packed.group], items[packed.group]
            if of_group.setdefault(group, own) != own:
                raise ValueError(f"what is merged to {group} is asked about the same competencies")
            kind = own, rule_of(packed.group).scale
            if kind not in panels:
                panels[kind] = _Panel(*kind)
            panels[kind].add(number, group, packed)
    cells: list[list[Cell]] = [[] for _ in subjects]
    for panel in panels.values():
        for number, cell in panel.cells(minimums):
            cells[number].append(cell)
    return [tuple(own) for own in cells]


class _Panel:
    """Everybody who is asked about the same items on the same scale: the adults, the parents, the pupils."""

    def __init__(self, items: tuple[Item, ...], scale: AnswerScale) -> None:
        check_disjoint(items)
        self._items = items
        self._scale = scale
        self._columns: dict[tuple[int, str], int] = {}
        self._runs: dict[tuple[str, ...], list[Run]] = {}

    def add(self, subject: int, group: str, packed: Packed) -> None:
        column = self._columns.setdefault((subject, group), len(self._columns))
        self._runs.setdefault(packed.asked, []).append((column, packed.rows))

    def cells(self, minimums: Minimums) -> Iterator[tuple[int, Cell]]:
        """Every cell that may exist, with the number of its subject."""
        sums = tally(self._items, self._scale.top, self._runs, len(self._columns))
        if not sums.items:
            return
        groups = [group for _, group in self._columns]
        figures = _Figures(
            sums,
            self._scale,
            minimums=np.array([minimums.of(group) for group in groups], np.int64),
            named=np.array([rule_of(group).named for group in groups], np.bool_),
        )
        subjects = [subject for subject, _ in self._columns]
        named = figures.named.tolist()
        ends = [*sums.starts.tolist()[1:], len(sums.indicators)]
        spans = list(zip(sums.starts.tolist(), ends, strict=True))
        details = figures.details.T.tolist()
        for column, item, raters, mean, rich, spread, word in figures.published():
            begin, end = spans[item]
            shown = {code: figure for code, figure in zip(sums.indicators[begin:end], details[column][begin:end],
                                                          strict=True) if figure} if rich else {}
            yield subjects[column], Cell(
                groups[column], sums.items[item], raters, mean, shown, None if named[column] else spread, _WORDS[word]
            )


class _Figures:
    """The published figures of a panel, in tenths until the end; `details` the indicator means, 0 where none exists."""

    def __init__(self, sums: Tally, scale: AnswerScale, *, minimums: Numbers, named: Truths) -> None:
        self._sums, self._scale, self.named = sums, scale, named
        self._exists = (self._summed(sums.asked) >= MIN_INDICATORS) & (sums.raters >= minimums)
        base = np.maximum(ENOUGH_FOR_DETAIL, minimums)
        self._rich = (self._summed(sums.asked & (sums.answers < base)) == 0) & ~named
        tenths = _half_up(10 * sums.scores, np.maximum(sums.answers, 1))
        caps = _tenths(scale.caps.low), _tenths(scale.caps.high)
        self._details = np.where(sums.answers == 0, 0, np.where(named, tenths, np.clip(tenths, *caps)))
        self.details = self._details / 10

    def published(self) -> Iterator[tuple[int, int, int, float, bool, float, int]]:
        """(column, item, raters, mean, whether the indicator means exist, spread, place of the agreement word)."""
        columns, items = np.nonzero(self._exists.T)
        at = (items, columns)
        named = self.named[columns]
        raters = self._sums.raters[at]
        few = raters < ENOUGH_FOR_DETAIL
        low = np.where(few, _tenths(self._scale.caps_few.low), _tenths(self._scale.caps.low))
        high = np.where(few, _tenths(self._scale.caps_few.high), _tenths(self._scale.caps.high))
        uncapped = self._means(at)
        capped = np.clip(uncapped, low, high)
        mean = np.where(named, uncapped, capped)
        hidden = few | (capped <= low) | (capped >= high)
        spread = np.where(hidden, _tenths(self._scale.prior_sd), self._spread(at))
        word = self._agreement(at) * (~few & ~named & self._scale.agreement)
        yield from zip(
            columns.tolist(), items.tolist(), raters.tolist(), (mean / 10).tolist(),
            (self._rich[at] | named).tolist(), (spread / 10).tolist(), word.tolist(), strict=True,
        )  # fmt: skip

    def _means(self, at: tuple[Numbers, Numbers]) -> Numbers:
        """Rich: the mean of the published indicator means. Thin: the mean of the rater means."""
        asked = self._summed(self._sums.asked)[at]
        rich = _half_up(self._summed(self._details)[at], asked)
        thin = _half_up(10 * self._sums.total[at], self._sums.raters[at] * self._sums.unit)
        return np.where(self._rich[at], rich, thin)

    def _spread(self, at: tuple[Numbers, Numbers]) -> Numbers:
        """s̃ in tenths, half up: the largest t for which (t − ½)/10 ≤ √(((n−1)·s² + ν0·s0²)/(n−1+ν0)).

        With Σ(x − M)² = (nQ − S²)/n for n means with sum S and sum of squares Q.
        """
        n, unit = self._sums.raters[at], self._sums.unit
        prior = PRIOR_WEIGHT * exact(self._scale.prior_sd) ** 2
        around = 400 * (n * self._sums.squares[at] - self._sums.total[at] ** 2)
        variance = around + int(400 * prior) * n * unit**2
        whole = n * (n - 1 + PRIOR_WEIGHT) * unit**2
        tenths = np.floor(np.sqrt(variance / whole) / 2 + 0.5).astype(np.int64)
        tenths -= (2 * tenths - 1) ** 2 * whole > variance
        tenths += (2 * tenths + 1) ** 2 * whole <= variance
        return tenths

    def _agreement(self, at: tuple[Numbers, Numbers]) -> Numbers:
        """AD = Σ|x − M|/n against the bounds of the words: 1, 2 or 3."""
        deviations, whole = self._sums.deviations[at], self._sums.raters[at] ** 2 * self._sums.unit
        return 1 + _above(deviations, whole, AGREED_UP_TO) + _above(deviations, whole, FAIRLY_AGREED_UP_TO)

    def _summed(self, by_indicator: Numbers | Truths) -> Numbers:
        """Per item, over its indicators."""
        return np.add.reduceat(by_indicator, self._sums.starts, axis=0, dtype=np.int64)


def _half_up(numerator: Numbers, denominator: Numbers) -> Numbers:
    """The fraction, rounded to a whole number; half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _above(numerator: Numbers, denominator: Numbers, bound: Fraction) -> Numbers:
    return (numerator * bound.denominator > denominator * bound.numerator).astype(np.int64)


def _tenths(figure: float) -> int:
    return int(exact(figure) * 10)
