"""Counting and adding up the answers of many raters at once, in whole numbers. With closing.py all that loads numpy.

A column is one group as it is published, about one subject: its answers stand in one figure. A row is an item, or an
indicator. Nothing is divided here: the mean of a rater over c answers is kept as a whole number of 1/unit, with
`unit` the least common multiple of every c that can occur, so that what is made of these sums is exact.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.measurement.answers import Item
from app.measurement.scale import VALID_SHARE

Numbers: TypeAlias = NDArray[np.int64]
Truths: TypeAlias = NDArray[np.bool_]
Run: TypeAlias = tuple[int, bytes]

_LARGEST = 3 * 10**7
"""Of (sheets + 3) · unit: 10 000 times its square, the largest number that closing compares, fits in 63 bits."""


@dataclass(frozen=True)
class Tally:
    """The sums of one panel: everybody who is asked about the same items on the same scale.

    Per item and column, over the valid raters with means x_r: `raters` n, `total` Σx_r, `squares` Σx_r² and
    `deviations` Σ|n·x_r − Σx_r|, in units, units² and units. Per indicator and column: whether it was `asked`, how
    many valid raters gave it a score (`answers`), and the sum of those (`scores`). `items` are those that anybody was
    asked about; the indicators of the i-th are the rows from starts[i] on.
    """

    unit: int
    items: tuple[str, ...]
    indicators: tuple[str, ...]
    starts: Numbers
    raters: Numbers
    total: Numbers
    squares: Numbers
    deviations: Numbers
    asked: Truths
    answers: Numbers
    scores: Numbers


def tally(items: Sequence[Item], top: int, runs: dict[tuple[str, ...], list[Run]], columns: int) -> Tally:
    """Adds up sheets: per tuple of what was asked the (column, rows) of those who were asked it, as in Packed.

    ValueError where exact sums would not fit: some thousands of raters in one column, or twenty indicators in one item.
    """
    asked_of_anybody = {code for asked in runs for code in asked}
    rows = [(item.code, code) for item in items for code in item.indicators if code in asked_of_anybody]
    codes = tuple(dict.fromkeys(item for item, _ in rows))
    row_of = {indicator: row for row, (_, indicator) in enumerate(rows)}
    item_of = np.array([codes.index(item) for item, _ in rows], dtype=np.int64)
    variants = [_Variant(asked, sorted(given, key=lambda run: run[0]), row_of, item_of, top)
                for asked, given in runs.items()]
    unit = math.lcm(*range(1, max((int(variant.widths.max(initial=1)) for variant in variants), default=1) + 1))

    sheets = np.zeros(columns, np.int64)
    for variant in variants:
        sheets[variant.columns] += variant.sizes
    if (int(sheets.max(initial=0)) + 3) * unit > _LARGEST:
        raise ValueError(f"{sheets.max()} sheets with units of 1/{unit} are too many to add up exactly")

    by_item, by_indicator = (len(codes), columns), (len(rows), columns)
    raters, total, squares, deviations = (np.zeros(by_item, np.int64) for _ in range(4))
    answers, scores = np.zeros(by_indicator, np.int64), np.zeros(by_indicator, np.int64)
    asked_of = np.zeros(by_indicator, np.bool_)
    for variant in variants:
        variant.weigh(unit)
        cells, details = np.ix_(variant.items, variant.columns), np.ix_(variant.rows, variant.columns)
        raters[cells] += variant.summed(variant.valid)
        total[cells] += variant.summed(variant.means)
        squares[cells] += variant.summed(variant.means * variant.means)
        counted = variant.valid[variant.local_item]
        answers[details] += variant.summed(counted & (variant.marks > 0))
        scores[details] += variant.summed(variant.marks * counted)
        asked_of[details] = True
    for variant in variants:
        cells = np.ix_(variant.items, variant.columns)
        around = np.abs(raters[cells].repeat(variant.sizes, axis=1) * variant.means
                        - total[cells].repeat(variant.sizes, axis=1))
        deviations[cells] += variant.summed(around * variant.valid)
    starts = np.flatnonzero(np.diff(item_of, prepend=-1))
    return Tally(unit, codes, tuple(row_of), starts, raters, total, squares, deviations, asked_of, answers, scores)


class _Variant:
    """Those who were asked the same: a matrix of marks per indicator and rater, raters of one column side by side.

    `rows` and `items`: where its indicators and items stand in the panel; `local_item`: the item of each indicator.
    """

    def __init__(self, asked: tuple[str, ...], runs: Sequence[Run], row_of: dict[str, int], item_of: Numbers,
                 top: int) -> None:  # fmt: skip
        places = sorted((row_of[code], place) for place, code in enumerate(asked) if code in row_of)
        self.rows = np.array([row for row, _ in places], dtype=np.int64)
        self.items, first, self.local_item, self.widths = np.unique(
            item_of[self.rows], return_index=True, return_inverse=True, return_counts=True
        )
        sheets = np.frombuffer(b"".join(rows for _, rows in runs), np.uint8).reshape(-1, len(asked))
        self.marks = np.take(sheets.T, np.array([place for _, place in places], dtype=np.int64), axis=0)
        self.marks[self.marks > top] = 0
        of_sheet = np.repeat([column for column, _ in runs], [len(rows) // len(asked) for _, rows in runs])
        self.columns, self._begin, self.sizes = np.unique(of_sheet, return_index=True, return_counts=True)
        self._items_begin = first

    def weigh(self, unit: int) -> None:
        """Finds per item and rater whether she is `valid` there, and her mean in units (`means`; else zero)."""
        said = self._per_item(self.marks > 0)
        share = VALID_SHARE
        self.valid = (said > 0) & (said * share.denominator >= self.widths[:, None] * share.numerator)
        weight = np.array([0, *(unit // count for count in range(1, int(self.widths.max(initial=0)) + 1))], np.int64)
        self.means = self._per_item(self.marks) * weight[said] * self.valid

    def summed(self, numbers: NDArray[np.generic]) -> Numbers:
        """Per column, over its raters."""
        return np.add.reduceat(numbers, self._begin, axis=1, dtype=np.int64)

    def _per_item(self, numbers: NDArray[np.generic]) -> Numbers:
        return np.add.reduceat(numbers, self._items_begin, axis=0, dtype=np.int64)
