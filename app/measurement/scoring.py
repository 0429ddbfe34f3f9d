"""From answers to cells, and from cells to 'anderen'.

A finished self-assessment: `self_cells`. A closed round: `make_cells`. Over shown cells: `others`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.measurement.answers import GroupSheets, Item
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums
from app.measurement.scale import Bound
from app.measurement.uncertainty import Band


@dataclass(frozen=True)
class Cell:
    """The published figures of one group on one competency: rounded, capped, and never recomputed.

    `raters` is the number of valid raters. `indicator_means` is empty for a thin cell. `spread` is the smoothed
    standard deviation of the rater means, None for a named group.
    """

    group: str
    competency_code: str
    raters: int
    mean: float
    indicator_means: Mapping[str, float] = field(default_factory=dict, hash=False)
    spread: float | None = None

    @property
    def bound(self) -> Bound:
        raise NotImplementedError

    @property
    def smallest(self) -> int:
        raise NotImplementedError

    @property
    def band(self) -> Band | None:
        raise NotImplementedError


@dataclass(frozen=True)
class Others:
    """'Anderen' on one competency: over the shown anonymous adult groups, weighted by their raters."""

    competency_code: str
    raters: int
    smallest: int
    mean: float
    standard_error: float
    group: str = "anderen"

    @property
    def bound(self) -> Bound:
        raise NotImplementedError

    @property
    def band(self) -> Band:
        raise NotImplementedError


def self_cells(asked: Iterable[Item], answers: Mapping[str, int | None]) -> tuple[Cell, ...]:
    """The cells of one finished self-assessment: a cell for every competency of which at least half was answered."""
    raise NotImplementedError


def make_cells(groups: Iterable[GroupSheets], minimums: Minimums = STANDARD_MINIMUMS) -> tuple[Cell, ...]:
    """All cells of one measurement that may exist, in the order of groups and items. Merges small groups itself."""
    raise NotImplementedError


def others(cells: Iterable[Cell]) -> tuple[Others, ...]:
    """'Anderen' per competency. Hidden groups have no cell and count nowhere; zelf and teamleider are never in it."""
    raise NotImplementedError
