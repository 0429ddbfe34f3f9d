"""Cells, the cells of a self-assessment, and 'anderen' over the cells that exist.

The cells of a closed round are made in closing.py, which only the worker loads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from app.measurement.answers import Item, check_disjoint
from app.measurement.scale import (
    FIVE_POINTS,
    INDICATIVE_BELOW,
    MIN_INDICATORS,
    OTHERS,
    VALID_SHARE,
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
from app.measurement.uncertainty import Band, band, pooled_error, standard_error


@dataclass(frozen=True, slots=True)
class Cell:
    """The published figures of one group on one competency: rounded, capped, and never recomputed.

    `raters` is the number of valid raters. `indicator_means` is empty for a thin cell. `spread` is the smoothed
    standard deviation of the rater means, None for a named group: one person has no spread. `agreement` is a value of
    scale.Agreement, None below five raters, for pupils and for a named group.
    """

    group: str
    competency_code: str
    raters: int
    mean: float
    indicator_means: Mapping[str, float] = field(default_factory=dict, hash=False)
    spread: float | None = None
    agreement: str | None = None

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


def self_cells(asked: Iterable[Item], answers: Mapping[str, int | None]) -> tuple[Cell, ...]:
    """The cells of one finished self-assessment: a cell for every competency of which at least half was answered.

    `asked` holds per competency the indicators that were asked; an answer that is missing or None is 'kan ik niet
    zeggen'. Named people have nothing to hide: no caps and no band, and every answer is kept as the indicator's mean.
    ValueError for an answer outside the scale or outside what was asked.
    """
    items = tuple(asked)
    check_disjoint(items)
    if not_asked := answers.keys() - {indicator for item in items for indicator in item.indicators}:
        raise ValueError(f"answers to what was not asked: {sorted(not_asked)}")
    scale = rule_of(Group.SELF).scale
    said = {code: score for code, score in answers.items() if score is not None}
    if outside := {code for code, score in said.items() if score not in range(scale.bottom, scale.top + 1)}:
        raise ValueError(f"outside the scale {scale.bottom}-{scale.top}: {sorted(outside)}")
    cells = (_self_cell(item, {code: said[code] for code in item.indicators if code in said}) for item in items)
    return tuple(cell for cell in cells if cell is not None)


def _self_cell(item: Item, said: Mapping[str, int]) -> Cell | None:
    asked = len(item.indicators)
    if asked < MIN_INDICATORS or not said or len(said) < VALID_SHARE * asked:
        return None
    means = {code: float(score) for code, score in said.items()}
    return Cell(Group.SELF, item.code, 1, one_decimal(mean_of(said.values())), means)


def others(cells: Iterable[Cell]) -> tuple[Others, ...]:
    """'Anderen' per competency: M = Σ n_g·M_g / Σ n_g over the shown anonymous adult groups, in the order they come.

    Hidden groups have no cell and count nowhere; zelf and teamleider are never in it, parents and pupils neither.
    """
    per_competency: dict[str, list[Cell]] = {}
    for cell in cells:
        if rule_of(cell.group).in_others:
            per_competency.setdefault(cell.competency_code, []).append(cell)
    return tuple(_others(code, parts) for code, parts in per_competency.items())


def _others(code: str, parts: Sequence[Cell]) -> Others:
    raters = sum(cell.raters for cell in parts)
    smallest = min(cell.raters for cell in parts)
    mean = sum((cell.raters * exact(cell.mean) for cell in parts), Fraction(0)) / raters
    errors = [(cell.raters, error) for cell in parts if (error := cell.standard_error) is not None]
    return Others(code, raters, smallest, published(mean, caps_of(OTHERS, smallest)), pooled_error(errors))


def indicative(cells: Iterable[Cell]) -> bool:
    """Whether fewer than 10 adults stand behind a profile: Σ over the shown anonymous adult groups of the largest n."""
    largest: dict[str, int] = {}
    for cell in cells:
        if rule_of(cell.group).in_others:
            largest[cell.group] = max(cell.raters, largest.get(cell.group, 0))
    return sum(largest.values()) < INDICATIVE_BELOW
