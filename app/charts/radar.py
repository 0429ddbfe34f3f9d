"""The radar: at most three lines over the same five to twelve axes, centre 1, rim 5."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.marks import Key


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value per axis (None where nothing is published) and the indexes of the less certain ones."""

    key: Key
    name: str
    values: tuple[float | None, ...]
    uncertain: frozenset[int] = frozenset()

    @property
    def enough(self) -> bool:
        """Whether five of every six axes have a value; leave a series out of the radar when they have not."""
        return sum(value is not None for value in self.values) * 6 >= len(self.values) * 5


@dataclass(frozen=True, slots=True)
class Sector:
    """A named group of `size` neighbouring axes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class RadarChart:
    """A radar; `alternative` is what a reader hears instead of the picture."""

    title: str
    alternative: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    sectors: tuple[Sector, ...] = ()

    @property
    def drawable(self) -> bool:
        """Whether there is enough to draw an honest shape: five axes or more, and every series has enough of them."""
        return len(self.axes) >= 5 and bool(self.series) and all(line.enough for line in self.series)

    def svg(self) -> str:
        """The picture as markup."""
        raise NotImplementedError

    def plotly(self) -> str:
        """The same picture as the JSON of a Plotly figure, safe inside a script element."""
        raise NotImplementedError
