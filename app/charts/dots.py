"""The dot plot: one line per subject with its points, its soft 80 % band and the target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.charts.marks import Key


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line of the plot: a point per key, the 80 % band of the others, the target; sorted by the caller."""

    label: str
    note: str = ""
    points: Mapping[Key, float] = field(default_factory=dict)
    band: tuple[float, float] | None = None
    target: float | None = None
    uncertain: frozenset[Key] = frozenset()


@dataclass(frozen=True, slots=True)
class DotChart:
    """A dot plot; `alternative` is what a reader hears instead of the picture."""

    title: str
    alternative: str
    rows: tuple[DotRow, ...]

    def svg(self) -> str:
        """The picture as markup."""
        raise NotImplementedError

    def plotly(self) -> str:
        """The same picture as the JSON of a Plotly figure, safe inside a script element."""
        raise NotImplementedError
