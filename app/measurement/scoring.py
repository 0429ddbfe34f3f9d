"""From answers to cells, and from cells to 'anderen'.

A finished self-assessment: `self_cells`. A closed round: `make_cells`. Over the cells that exist: `others`.

The closure rule lives in the order of things here: answers become `BaseFigures` (exact, each resting on answers of
its own from at least k people), base figures become a `Cell` (rounded and capped once), and nothing after that sees
an answer. The one exception is the spread of the rater means, which the band needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.measurement.answers import GroupSheets, Item, Sheet, ValidAnswers, valid_answers
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums, merged_where_small, publishable
from app.measurement.scale import (
    ENOUGH_FOR_DETAIL,
    FIVE_POINTS,
    MIN_INDICATORS,
    OTHERS,
    AnswerScale,
    Bound,
    Group,
    bound_of,
    caps_of,
    exact,
    mean_of,
    one_decimal,
    published,
    rule_of,
)
from app.measurement.uncertainty import Band, band, pooled_error, smoothed_sd, standard_error


@dataclass(frozen=True)
class Cell:
    """The published figures of one group on one competency: rounded, capped, and never recomputed.

    `raters` is the number of valid raters. `indicator_means` is empty for a thin cell. `spread` is the smoothed
    standard deviation of the rater means, None for a named group: one person has no spread.
    """

    group: str
    competency_code: str
    raters: int
    mean: float
    indicator_means: Mapping[str, float] = field(default_factory=dict, hash=False)
    spread: float | None = None

    @property
    def smallest(self) -> int:
        """The n by which the display rules go."""
        return self.raters

    @property
    def bound(self) -> Bound:
        """Whether the mean reads '… of hoger' or '… of lager'."""
        return bound_of(self.mean, caps_of(self.group, self.raters))

    @property
    def standard_error(self) -> float | None:
        return None if self.spread is None else standard_error(self.spread, self.raters)

    @property
    def band(self) -> Band | None:
        """The 80 % band with one decimal; None for a named group."""
        error = self.standard_error
        return None if error is None else band(self.mean, error, self.raters, rule_of(self.group).scale).rounded()


@dataclass(frozen=True)
class Others:
    """'Anderen' on one competency: over the shown anonymous adult groups, weighted by their raters.

    `raters` counts them all; `smallest` is the smallest group in it, by which the display rules go.
    """

    competency_code: str
    raters: int
    smallest: int
    mean: float
    standard_error: float

    @property
    def group(self) -> str:
        return OTHERS

    @property
    def bound(self) -> Bound:
        """Whether the mean reads '… of hoger' or '… of lager'."""
        return bound_of(self.mean, caps_of(OTHERS, self.smallest))

    @property
    def band(self) -> Band:
        """The 80 % band with one decimal."""
        return band(self.mean, self.standard_error, self.raters, FIVE_POINTS).rounded()


@dataclass(frozen=True)
class BaseFigures:
    """What may be known of one group on one item, before rounding: one of the two kinds, never both.

    Rich: `indicator_means`, each over at least five (and at least k) valid raters. Thin: `mean` of the rater means.
    Either way the figures rest on disjoint sets of answers, so no sum of them rests on fewer people.
    """

    indicator_means: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    mean: Fraction | None = None


def self_cells(asked: Iterable[Item], answers: Mapping[str, int | None]) -> tuple[Cell, ...]:
    """The cells of one finished self-assessment: a cell for every competency of which at least half was answered.

    `asked` holds per competency the indicators that were asked; an answer that is missing or None is 'kan ik niet
    zeggen'. ValueError for an answer outside the scale or outside what was asked.
    """
    items = tuple(asked)
    sheet = Sheet(frozenset(indicator for item in items for indicator in item.indicators), answers)
    return make_cells([GroupSheets(Group.SELF, items, (sheet,))])


def make_cells(groups: Iterable[GroupSheets], minimums: Minimums = STANDARD_MINIMUMS) -> tuple[Cell, ...]:
    """All cells of one measurement that may exist, in the order of groups and items. Merges small groups itself."""
    cells = (
        _cell(group.group, item, group.sheets, minimums)
        for group in merged_where_small(groups, minimums)
        for item in group.items
    )
    return tuple(cell for cell in cells if cell is not None)


def others(cells: Iterable[Cell]) -> tuple[Others, ...]:
    """'Anderen' per competency: M = Σ n_g·M_g / Σ n_g over the shown anonymous adult groups, in the order they come.

    Hidden groups have no cell and count nowhere; zelf and teamleider are never in it, parents and pupils neither.
    """
    per_competency: dict[str, list[Cell]] = {}
    for cell in cells:
        if rule_of(cell.group).in_others:
            per_competency.setdefault(cell.competency_code, []).append(cell)
    return tuple(_others(code, parts) for code, parts in per_competency.items())


def base_figures(valid: ValidAnswers, minimum: int) -> BaseFigures:
    """The base figures of a publishable anonymous group, whose k is `minimum`.

    Rich when every indicator asked of the group has at least five answers, and at least k where that was raised.
    """
    answers = {code: valid.to_indicator(code) for code in valid.asked}
    if all(len(scores) >= max(ENOUGH_FOR_DETAIL, minimum) for scores in answers.values()):
        return BaseFigures(indicator_means={code: mean_of(scores) for code, scores in answers.items()})
    return BaseFigures(mean=mean_of(valid.rater_means))


def _cell(group: str, item: Item, sheets: Sequence[Sheet], minimums: Minimums) -> Cell | None:
    valid = valid_answers(item, sheets)
    if len(valid.asked) < MIN_INDICATORS or not publishable(group, len(valid.by_rater), minimums):
        return None
    if rule_of(group).named:
        return _named_cell(group, item.code, valid)
    return _anonymous_cell(group, item.code, valid, minimums.of(group))


def _anonymous_cell(group: str, code: str, valid: ValidAnswers, minimum: int) -> Cell:
    raters = len(valid.by_rater)
    caps = caps_of(group, raters)
    figures = base_figures(valid, minimum)
    indicator_means = {indicator: published(mean, caps) for indicator, mean in figures.indicator_means.items()}
    whole = figures.mean if figures.mean is not None else mean_of([exact(mean) for mean in indicator_means.values()])
    mean = published(whole, caps)
    spread = _spread(valid, rule_of(group).scale, hidden=bound_of(mean, caps) is not Bound.EXACT)
    return Cell(group, code, raters, mean, indicator_means, spread)


def _spread(valid: ValidAnswers, scale: AnswerScale, hidden: bool) -> float:
    """s̃ with one decimal. At a cap s0 itself: a narrow band would give back what the cap hides."""
    return one_decimal(scale.prior_sd if hidden else smoothed_sd(valid.rater_means, scale.prior_sd))


def _named_cell(group: str, code: str, valid: ValidAnswers) -> Cell:
    """Named people were told that their answers are seen: no caps, no band, and every answered indicator is kept."""
    answers = {indicator: valid.to_indicator(indicator) for indicator in valid.asked}
    indicator_means = {indicator: one_decimal(mean_of(scores)) for indicator, scores in answers.items() if scores}
    return Cell(group, code, len(valid.by_rater), one_decimal(mean_of(valid.rater_means)), indicator_means)


def _others(code: str, parts: Sequence[Cell]) -> Others:
    raters = sum(cell.raters for cell in parts)
    smallest = min(cell.raters for cell in parts)
    mean = sum((cell.raters * exact(cell.mean) for cell in parts), Fraction(0)) / raters
    errors = [(cell.raters, error) for cell in parts if (error := cell.standard_error) is not None]
    return Others(code, raters, smallest, published(mean, caps_of(OTHERS, smallest)), pooled_error(errors))
