"""From the sheets of a closed round to its cells, for many people at once. PURE. Only the worker loads it: numpy.

Everything is a sum or a comparison of whole numbers (tally.py): half goes up exactly, whatever a float would say. The
closure rule lives in the order of things: sums become base figures, each resting on answers of its own from at least
k people; those are rounded and capped once; and nothing after that sees an answer. The exceptions are the number of
raters, the spread of their means and the word for their agreement.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    closed: list[list[Cell]] = [[] for _ in subjects]
    for panel in panels(subjects, items, minimums, small_circle=small_circle):
        for number, cells in panel.cells():
            closed[number] += cells
    return [tuple(cells) for cells in closed]


def panels(
    subjects: Sequence[Sequence[Packed]],
    items: Mapping[str, tuple[Item, ...]],
    minimums: Minimums,
    *,
    small_circle: bool,
) -> Iterable[Panel]:
    """All sheets by who is asked about the same, under the groups that are published. Raises as close() does."""
    kinds: dict[tuple[tuple[Item, ...], AnswerScale], Panel] = {}
    of_group = {group: kinds.setdefault((own, scale), Panel(own, scale, minimums))
                for group, own in items.items() for scale in [rule_of(group).scale]}  # fmt: skip
    for number, sheets in enumerate(subjects):
        counts: dict[str, int] = {}
        for packed in sheets:
            if packed.rows:
                counts[packed.group] = counts.get(packed.group, 0) + packed.sheets
        published = published_groups(counts, minimums, small_circle=small_circle)
        merged: dict[str, Panel] = {}
        for packed in sheets:
            if packed.rows:
                group, panel = published[packed.group], of_group[packed.group]
                if merged.setdefault(group, panel) is not panel:
                    raise ValueError(f"what is merged to {group} is asked about the same competencies")
                panel.add(number, group, packed)
    return kinds.values()


class Panel:
    """Everybody who is asked about the same items on the same scale: the adults, the parents, the pupils."""

    def __init__(self, items: tuple[Item, ...], scale: AnswerScale, minimums: Minimums) -> None:
        check_disjoint(items)
        self._items, self._scale, self._minimums = items, scale, minimums
        self._columns: dict[tuple[int, str], int] = {}
        self._runs: dict[tuple[str, ...], list[Run]] = {}

    def add(self, subject: int, group: str, packed: Packed) -> None:
        column = self._columns.setdefault((subject, group), len(self._columns))
        self._runs.setdefault(packed.asked, []).append((column, packed.rows))

    def figures(self) -> Figures:
        """Everything that may exist, as columns of numbers."""
        groups = [group for _, group in self._columns]
        minimums = {group: self._minimums.of(group) for group in set(groups)}
        named = {group: rule_of(group).named for group in minimums}
        return Figures(
            tally(self._items, self._scale.top, self._runs, len(groups)),
            self._scale,
            minimums=np.array([minimums[group] for group in groups], np.int64),
            named=np.array([named[group] for group in groups], np.bool_),
        )

    def cells(self) -> Iterator[tuple[int, Sequence[Cell]]]:
        """The number of a subject and the cells of one group about her that may exist, for all of them."""
        if not self._columns:
            return
        figures = self.figures()
        groups = [group for _, group in self._columns]
        cells = list(map(
            Cell,
            [groups[column] for column in figures.columns.tolist()],
            [figures.sums.items[item] for item in figures.items.tolist()],
            figures.raters.tolist(),
            (figures.mean / 10).tolist(),
            _details(figures),
            [spread if spread >= 0 else None for spread in (figures.spread / 10).tolist()],
            [_WORDS[word] for word in figures.word.tolist()],
        ))  # fmt: skip
        ends = np.cumsum(np.bincount(figures.columns, minlength=len(groups))).tolist()
        for (subject, _), begin, end in zip(self._columns, [0, *ends], ends, strict=False):
            yield subject, cells[begin:end]


def _details(figures: Figures) -> Iterator[dict[str, float]]:
    """Per cell the indicator means that exist."""
    sums = figures.sums
    begins = sums.starts.tolist()
    spans = [(begin, end, sums.indicators[begin:end])
             for begin, end in zip(begins, [*begins[1:], len(sums.indicators)], strict=True)]  # fmt: skip
    means = (figures.details / 10).T.tolist()
    for column, item, detailed in zip(
        figures.columns.tolist(), figures.items.tolist(), figures.detailed.tolist(), strict=True
    ):
        if not detailed:
            yield {}
            continue
        begin, end, codes = spans[item]
        shown = means[column][begin:end]
        found = dict(zip(codes, shown, strict=True))
        yield {code: mean for code, mean in found.items() if mean} if 0.0 in shown else found


class Figures:
    """The published figures of a panel, an entry per cell that may exist, column by column; in tenths, whole numbers.

    `columns` and `items`: where the cell stands in the sums. `spread`: -1 for a named group. `word`: the place of its
    agreement in _WORDS. `detailed`: whether its indicator means exist. `details`: those, per indicator and column of
    the sums, 0 where nobody answered.
    """

    def __init__(self, sums: Tally, scale: AnswerScale, *, minimums: Numbers, named: Truths) -> None:
        self.sums, self._scale = sums, scale
        asked = self._summed(sums.asked)
        self.columns, self.items = np.nonzero(((asked >= MIN_INDICATORS) & (sums.raters >= minimums)).T)
        self._at = at = (self.items, self.columns)
        is_named = named[self.columns]
        self.raters = sums.raters[at]

        low, high = _tenths(scale.caps.low), _tenths(scale.caps.high)
        tenths = _half_up(10 * sums.scores, np.maximum(sums.answers, 1))
        self.details = np.where(sums.answers == 0, 0, np.where(named, tenths, np.clip(tenths, low, high)))
        base = np.maximum(ENOUGH_FOR_DETAIL, minimums)
        rich = (self._summed(sums.asked & (sums.answers < base)) == 0)[at] & ~is_named
        self.detailed = rich | is_named

        few = self.raters < ENOUGH_FOR_DETAIL
        low_here = np.where(few, _tenths(scale.caps_few.low), low)
        high_here = np.where(few, _tenths(scale.caps_few.high), high)
        uncapped = np.where(
            rich,
            _half_up(self._summed(self.details)[at], asked[at]),
            _half_up(10 * sums.total[at], self.raters * sums.unit),
        )
        self.mean = np.where(is_named, uncapped, np.clip(uncapped, low_here, high_here))
        hidden = few | (self.mean <= low_here) | (self.mean >= high_here)
        self.spread = np.where(is_named, -1, np.where(hidden, _tenths(scale.prior_sd), self._spread()))
        self.word = self._agreement() * (~few & ~is_named & scale.agreement)

    def _spread(self) -> Numbers:
        """s̃, half up: the largest t for which (t − ½)/10 ≤ √(((n−1)·s² + ν0·s0²)/(n−1+ν0)).

        With Σ(x − M)² = (nQ − S²)/n for n means with sum S and sum of squares Q.
        """
        n, unit = self.raters, self.sums.unit
        prior = PRIOR_WEIGHT * exact(self._scale.prior_sd) ** 2
        around = 400 * (n * self.sums.squares[self._at] - self.sums.total[self._at] ** 2)
        variance = around + int(400 * prior) * n * unit**2
        whole = n * (n - 1 + PRIOR_WEIGHT) * unit**2
        tenths = np.floor(np.sqrt(variance / whole) / 2 + 0.5).astype(np.int64)
        tenths -= (2 * tenths - 1) ** 2 * whole > variance
        tenths += (2 * tenths + 1) ** 2 * whole <= variance
        return tenths

    def _agreement(self) -> Numbers:
        """AD = Σ|x − M|/n against the bounds of the words: 1, 2 or 3."""
        deviations, whole = self.sums.deviations[self._at], self.raters**2 * self.sums.unit
        return 1 + _above(deviations, whole, AGREED_UP_TO) + _above(deviations, whole, FAIRLY_AGREED_UP_TO)

    def _summed(self, by_indicator: Numbers | Truths) -> Numbers:
        """Per item, over its indicators."""
        return np.add.reduceat(by_indicator, self.sums.starts, axis=0, dtype=np.int64)


def _half_up(numerator: Numbers, denominator: Numbers) -> Numbers:
    """The fraction, rounded to a whole number; half goes up."""
    return (2 * numerator + denominator) // (2 * denominator)


def _above(numerator: Numbers, denominator: Numbers, bound: Fraction) -> Numbers:
    return (numerator * bound.denominator > denominator * bound.numerator).astype(np.int64)


def _tenths(figure: float) -> int:
    return int(exact(figure) * 10)
