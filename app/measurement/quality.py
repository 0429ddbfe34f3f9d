"""How well a round measured: reliability, and how people answered. About a whole round, never about one person.

Shown only from QUALITY_FROM subjects on. These are the one thing beside the cells that is made of answers themselves;
they are made while the sheets still exist. Speed is not among them: nothing that is kept says how long anybody took.

The coefficients in the notation of McGraw & Wong (1996), with that of Shrout & Fleiss (1979, Psychological Bulletin 86,
420-428) in brackets. All take a row per target (a subject) of the figures of her raters, and give None where there are
fewer than two targets or raters, or nothing differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import fmean, variance
from typing import TypeAlias

from app.measurement.answers import Packed
from app.measurement.scale import ALL_ALIKE_FROM, rule_of

Rows: TypeAlias = Sequence[Sequence[float]]


def icc1(rows: Rows) -> float | None:
    """ICC(1) [ICC(1,1)]: how far one rater can be relied on when every target has raters of its own.

    (MSB − MSW) / (MSB + (k−1)·MSW). Rows may differ in length, for one rater of a target too: k is then the usual
    (N − Σn²/N)/(targets − 1).
    """
    table = _one_way(rows)
    if table is None:
        return None
    return _share(table.between - table.within, table.between + (table.raters - 1) * table.within)


def icc1k(rows: Rows) -> float | None:
    """ICC(1,k) [ICC(1,k)]: the same for the mean of the raters. (MSB − MSW) / MSB."""
    table = _one_way(rows)
    return None if table is None else _share(table.between - table.within, table.between)


def icca1(rows: Rows) -> float | None:
    """ICC(A,1) [ICC(2,1)]: agreement of single raters, the same raters for all; who is milder counts as disagreement.

    (MSR − MSE) / (MSR + (k−1)·MSE + k·(MSC − MSE)/n). ValueError where rows differ in length.
    """
    table = _two_way(rows)
    if table is None:
        return None
    milder = table.raters * (table.columns - table.rest) / len(rows)
    return _share(table.rows - table.rest, table.rows + (table.raters - 1) * table.rest + milder)


def iccc1(rows: Rows) -> float | None:
    """ICC(C,1) [ICC(3,1)]: consistency of single raters, the same raters for all; who is milder does not count.

    (MSR − MSE) / (MSR + (k−1)·MSE). ValueError where rows differ in length.
    """
    table = _two_way(rows)
    if table is None:
        return None
    return _share(table.rows - table.rest, table.rows + (table.raters - 1) * table.rest)


def cronbach_alpha(rows: Rows) -> float | None:
    """Whether the indicators of a competency go together: k/(k−1) · (1 − Σ s²_item / s²_total), a row per sheet.

    ValueError where rows differ in length: only sheets on which everything was answered can be used.
    """
    width = _width(rows)
    if len(rows) < 2 or width < 2:
        return None
    total = variance([sum(row) for row in rows])
    apart = sum(variance(column) for column in zip(*rows, strict=True))
    return _share(width * (total - apart), (width - 1) * total)


@dataclass(frozen=True)
class CannotSay:
    """Of one indicator: how many were `asked`, and the `share` of them who gave no score."""

    indicator: str
    asked: int
    share: float


def cannot_say(sheets: Iterable[Packed]) -> tuple[CannotSay, ...]:
    """The share of 'kan ik niet zeggen' per indicator, in the order in which they are first met."""
    asked: dict[str, int] = {}
    silent: dict[str, int] = {}
    for packed in sheets:
        for code, said in zip(packed.asked, zip(*_scores(packed), strict=True), strict=False):
            asked[code] = asked.get(code, 0) + len(said)
            silent[code] = silent.get(code, 0) + said.count(None)
    return tuple(CannotSay(code, count, silent[code] / count) for code, count in asked.items())


def straight_lining(sheets: Iterable[Packed]) -> float | None:
    """The share of sheets with the same score all the way down, of those with enough scores to tell; None of none."""
    alike = [
        len(set(said)) == 1
        for packed in sheets
        for row in _scores(packed)
        if len(said := [score for score in row if score is not None]) >= ALL_ALIKE_FROM
    ]
    return fmean(alike) if alike else None


def _scores(packed: Packed) -> list[list[int | None]]:
    """A row per rater: her scores, None for 'kan ik niet zeggen'."""
    top, width = rule_of(packed.group).scale.top, len(packed.asked)
    said = [mark if 1 <= mark <= top else None for mark in packed.rows]
    return [said[start:start + width] for start in range(0, len(said), width)]


@dataclass(frozen=True)
class _OneWay:
    """Mean squares between and within targets, and the number of raters of each (a kind of mean)."""

    between: Fraction
    within: Fraction
    raters: Fraction


@dataclass(frozen=True)
class _TwoWay:
    """Mean squares of targets, of raters, and of what is left."""

    rows: Fraction
    columns: Fraction
    rest: Fraction
    raters: int


def _one_way(rows: Rows) -> _OneWay | None:
    given = [[Fraction(x) for x in row] for row in rows if row]
    number, targets = sum(map(len, given)), len(given)
    if targets < 2 or number == targets:
        return None
    middle = _mean([x for row in given for x in row])
    between = sum((len(row) * (_mean(row) - middle) ** 2 for row in given), Fraction(0))
    within = sum(((x - mean) ** 2 for row in given for mean in [_mean(row)] for x in row), Fraction(0))
    raters = (number - Fraction(sum(len(row) ** 2 for row in given), number)) / (targets - 1)
    return _OneWay(between / (targets - 1), within / (number - targets), raters)


def _two_way(rows: Rows) -> _TwoWay | None:
    raters, targets = _width(rows), len(rows)
    if targets < 2 or raters < 2:
        return None
    given = [[Fraction(x) for x in row] for row in rows]
    middle = _mean([_mean(row) for row in given])
    of_rows = raters * sum(((_mean(row) - middle) ** 2 for row in given), Fraction(0))
    of_columns = targets * sum(((_mean(column) - middle) ** 2 for column in zip(*given, strict=True)), Fraction(0))
    rest = sum(((x - middle) ** 2 for row in given for x in row), Fraction(0)) - of_rows - of_columns
    return _TwoWay(of_rows / (targets - 1), of_columns / (raters - 1), rest / ((targets - 1) * (raters - 1)), raters)


def _mean(values: Sequence[Fraction]) -> Fraction:
    return sum(values, Fraction(0)) / len(values)


def _width(rows: Rows) -> int:
    widths = {len(row) for row in rows}
    if len(widths) > 1:
        raise ValueError(f"rows of different lengths: {sorted(widths)}")
    return widths.pop() if widths else 0


def _share(part: Fraction | float, whole: Fraction | float) -> float | None:
    return float(part / whole) if whole else None
