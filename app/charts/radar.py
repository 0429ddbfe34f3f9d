"""The radar: one to three lines over the same axes, centre 1, rim 5."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.charts.around import RADIUS, surroundings
from app.charts.marks import DRAWN, LOOKS, Key, hide, mark, mark_style
from app.charts.scale import HIGHEST, LOWEST, WORDS, Beyond, published, spoken
from app.charts.scene import KEPT, WIDTH, Frozen, Scene
from app.charts.text import escape

_ASIDE = 5.5


@dataclass(frozen=True, slots=True)
class Series:
    """One line: a value per axis (None where nothing is published), the indexes of the less certain ones, and those
    of figures that stand for all beyond them.
    """

    key: Key
    name: str
    values: tuple[float | None, ...]
    uncertain: frozenset[int] = frozenset()
    beyond: Mapping[int, Beyond] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "beyond", Frozen(self.beyond))

    @property
    def enough(self) -> bool:
        """Whether five of every six axes have a value: an honest shape. Of fewer only pieces and points are drawn."""
        return sum(value is not None for value in self.values) * 6 >= len(self.values) * 5


@dataclass(frozen=True, slots=True)
class Sector:
    """A named group of `size` neighbouring axes."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class _Point:
    """A value of a series on an axis; `turn` is its angle in radians, clockwise from the top."""

    axis: int
    value: float
    turn: float
    uncertain: bool
    beyond: Beyond | None


@dataclass(frozen=True, slots=True)
class RadarChart:
    """A radar; `alternative` is what a reader hears instead of the picture.

    An axis without any value keeps its place and says `missing`. More than six axes, or axes in sectors, are
    numbered at the rim and named below. Drawing raises ValueError when the chart is not `drawable`.
    """

    title: str
    alternative: str
    axes: tuple[str, ...]
    series: tuple[Series, ...]
    sectors: tuple[Sector, ...] = ()
    words: tuple[str, ...] = WORDS
    missing: str = "niet gemeten"

    def __post_init__(self) -> None:
        if any(len(line.values) != len(self.axes) for line in self.series):
            raise ValueError("every series needs one value (or None) per axis")
        if len({line.key for line in self.series}) != len(self.series) or len(self.series) > 3:
            raise ValueError("a radar shows at most three series, each of another kind")
        if self.sectors and sum(sector.size for sector in self.sectors) != len(self.axes):
            raise ValueError("the sectors must hold every axis once")

    @property
    def drawable(self) -> bool:
        """Whether there is enough to draw an honest shape: five axes or more, and a series that has enough of them."""
        return len(self.axes) >= 5 and any(line.enough for line in self.series if line.key != "target")

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def svg(self) -> str:
        """The picture as markup."""
        scene, middle = self._surroundings()
        lines: list[str] = []
        marks: list[str] = []
        for line, points in self._placed():
            places = {point.axis: _place(middle, point.turn, _reach(point.value)) for point in points}
            lines.extend(
                f'<path class="l{LOOKS[line.key].letter}" d="{path}"/>' for path in _paths(places, len(self.axes))
            )
            for point in points:
                x, y = places[point.axis]
                marks.append(
                    _bar(x, y, self._turn(point.axis))
                    if line.key == "target"
                    else mark(line.key, x, y, uncertain=point.uncertain)
                )
        return scene.svg(self.title, self.alternative, lines, marks)

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def plotly(self) -> str:
        """The same picture as the JSON of a Plotly figure, safe inside a script element."""
        scene, middle = self._surroundings()
        radius = RADIUS
        hidden: dict[str, Any] = {"visible": False}
        polar = {
            "domain": {
                "x": [(WIDTH / 2 - radius) / WIDTH, (WIDTH / 2 + radius) / WIDTH],
                "y": [1 - (middle + radius) / scene.height, 1 - (middle - radius) / scene.height],
            },
            "radialaxis": {**hidden, "range": [LOWEST, HIGHEST]},
            "angularaxis": {**hidden, "rotation": 90, "direction": "clockwise"},
        }
        return scene.plotly([self._trace(line, points) for line, points in self._placed()], polar=polar)

    def _trace(self, line: Series, points: tuple[_Point, ...]) -> dict[str, Any]:
        look = LOOKS[line.key]
        by_axis: list[_Point | None] = [None] * len(self.axes)
        for point in points:
            by_axis[point.axis] = point
        ring = [*by_axis, by_axis[0]]
        marker: dict[str, Any] = {"symbol": look.symbol, "size": look.size}
        if line.key == "target":
            marker["angle"] = [round(math.degrees(point.turn) + 90, 2) if point else 0 for point in ring]
        return {
            "type": "scatterpolar",
            "mode": "lines+markers",
            "name": escape(line.name),
            "r": [point and point.value for point in ring],
            "theta": [point and round(math.degrees(point.turn), 2) for point in ring],
            "connectgaps": False,
            "cliponaxis": False,
            "line": {"dash": look.dash},
            "marker": marker,
            "hovertext": [point and self._told(line, point) for point in ring],
            "hoverinfo": "text",
            "meta": {
                "look": f"l{look.letter}",
                "marks": [mark_style(line.key, uncertain=bool(point and point.uncertain)) for point in ring],
            },
        }

    def _told(self, line: Series, point: _Point) -> str:
        return f"{escape(self.axes[point.axis])}<br>{escape(line.name)}: {spoken(point.value, point.beyond)}"

    def _surroundings(self) -> tuple[Scene, float]:
        if not self.drawable:
            raise ValueError("too little was measured for a radar")
        measured = tuple(
            any(line.values[axis] is not None for line in self.series if line.key != "target")
            for axis in range(len(self.axes))
        )
        names = tuple(
            name if there else f"{name} ({self.missing})" for name, there in zip(self.axes, measured, strict=True)
        )
        turns = tuple(self._turn(axis) for axis in range(len(self.axes)))
        return surroundings(names, turns, self.words, tuple((one.name, one.size) for one in self.sectors))

    def _turn(self, axis: int) -> float:
        """The angle of an axis, clockwise from the top; sectors begin there, so their axes start half a step on."""
        return (axis + (0.5 if self.sectors else 0)) * math.tau / len(self.axes)

    def _placed(self) -> Iterable[tuple[Series, tuple[_Point, ...]]]:
        """The series in the order they are drawn, with points that would hide each other turned a little aside."""
        drawn = sorted(self.series, key=lambda line: DRAWN.index(line.key))
        shifts = self._shifts(tuple(line for line in drawn if line.key != "target"))
        for line in drawn:
            yield (
                line,
                tuple(
                    _Point(
                        axis,
                        published(value),
                        self._turn(axis) + shifts.get((line.key, axis), 0.0),
                        axis in line.uncertain,
                        line.beyond.get(axis),
                    )
                    for axis, value in enumerate(line.values)
                    if value is not None
                ),
            )

    def _shifts(self, lines: tuple[Series, ...]) -> dict[tuple[Key, int], float]:
        shifts: dict[tuple[Key, int], float] = {}
        for axis in range(len(self.axes)):
            there = sorted(
                (_reach(published(value)), DRAWN.index(line.key), line.key)
                for line in lines
                if (value := line.values[axis]) is not None
            )
            while there:
                crowd = [there.pop(0)]
                while there and hide(there[0][2], crowd[-1][2], there[0][0] - crowd[-1][0]):
                    crowd.append(there.pop(0))
                for index, (reach, _, key) in enumerate(sorted(crowd, key=lambda one: one[1])):
                    aside = (index - (len(crowd) - 1) / 2) * 2 * _ASIDE
                    limit = math.pi / len(self.axes) / 2
                    shifts[key, axis] = max(-limit, min(limit, aside / reach)) if reach else 0.0
        return shifts


def _reach(value: float) -> float:
    """How far from the middle a value lies."""
    return (value - LOWEST) / (HIGHEST - LOWEST) * RADIUS


def _place(middle: float, turn: float, reach: float) -> tuple[float, float]:
    return WIDTH / 2 + reach * math.sin(turn), middle - reach * math.cos(turn)


def _bar(x: float, y: float, turn: float) -> str:
    """The mark of the target: a short bar across the axis."""
    reach = LOOKS["target"].reach
    dx, dy = reach * math.cos(turn), reach * math.sin(turn)
    return f'<path class="mg" d="M{x - dx:.1f} {y - dy:.1f}L{x + dx:.1f} {y + dy:.1f}"/>'


def _paths(places: dict[int, tuple[float, float]], axes: int) -> Iterable[str]:
    """The line through the places around the circle: closed, or in pieces where an axis is missing."""
    if len(places) == axes:
        yield f"M{'L'.join(f'{x:.1f} {y:.1f}' for x, y in places.values())}Z"
        return
    first = next(axis for axis in range(axes) if axis not in places)
    piece: list[str] = []
    for axis in (*((first + step) % axes for step in range(1, axes)), first):
        if axis in places:
            piece.append("{:.1f} {:.1f}".format(*places[axis]))
            continue
        if len(piece) > 1:
            yield f"M{'L'.join(piece)}"
        piece = []
