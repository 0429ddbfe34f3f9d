"""The dot plot: one line per subject with its points, its soft 80 % band and the target."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from app.charts.beside import Placed, values_beside
from app.charts.marks import BAND, DRAWN, LOOKS, NAMES, Key, hide, mark, mark_style
from app.charts.scale import HIGHEST, LOWEST, WORDS, Beyond, published, spoken, written
from app.charts.scene import KEPT, LINE, MARGIN, WIDTH, Frozen, Label, Scene, Stroke, size_of
from app.charts.text import escape, width, wrap

_LEFT, _RIGHT = 14.0, WIDTH - 14.0
_BAND = 10.0  # half its height
_ASIDE = 6.5


@dataclass(frozen=True, slots=True)
class DotRow:
    """One line of the plot: a point per key, the 80 % band of the others, the target.

    `uncertain` names the keys whose point is less certain; `beyond` those whose figure stands for all beyond it.
    """

    label: str
    note: str = ""
    points: Mapping[Key, float] = field(default_factory=dict)
    band: tuple[float, float] | None = None
    target: float | None = None
    uncertain: frozenset[Key] = frozenset()
    beyond: Mapping[Key, Beyond] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "points", Frozen(self.points))
        object.__setattr__(self, "beyond", Frozen(self.beyond))


@dataclass(frozen=True, slots=True)
class _Line:
    """A row in its place: the height of its axis, and all that is drawn around it."""

    row: DotRow
    y: float
    placed: tuple[Placed, ...]
    axis: Stroke
    band: Stroke | None
    labels: tuple[Label, ...]
    bottom: float


@dataclass(frozen=True, slots=True)
class DotChart:
    """A dot plot, its rows in the caller's order; `alternative` is what a reader hears instead of the picture."""

    title: str
    alternative: str
    rows: tuple[DotRow, ...]
    words: tuple[str, ...] = WORDS
    names: Mapping[Key, str] = field(default_factory=lambda: NAMES)
    band_name: str = BAND

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", Frozen(self.names))

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def svg(self) -> str:
        """The picture as markup."""
        lines = tuple(self._lines())
        return self._scene(lines).svg(self.title, self.alternative, (), _marks(lines))

    @lru_cache(maxsize=KEPT)  # noqa: B019
    def plotly(self) -> str:
        """The same picture as the JSON of a Plotly figure, safe inside a script element."""
        lines = tuple(self._lines())
        scene = self._scene(lines)
        share = (_RIGHT - _LEFT) / (HIGHEST - LOWEST)
        values = {
            "range": [LOWEST - _LEFT / share, HIGHEST + (WIDTH - _RIGHT) / share],
            "visible": False,
            "fixedrange": True,
            "overlaying": "x",
        }
        return scene.plotly([trace for key in DRAWN for trace in self._trace(key, lines)], xaxis2=values)

    def _trace(self, key: Key, lines: tuple[_Line, ...]) -> Iterator[dict[str, Any]]:
        spots = [(line, spot) for line in lines for spot in line.placed if spot.key == key]
        if key == "target":
            spots = [
                (line, Placed(key, _across(line.row.target), line.y, line.row.target))
                for line in lines
                if line.row.target is not None
            ]
        if not spots:
            return
        look = LOOKS[key]
        yield {
            "type": "scatter",
            "mode": "markers",
            "name": escape(self.names[key]),
            "x": [published(spot.value) for _, spot in spots],
            "y": [round(spot.y, 1) for _, spot in spots],
            "xaxis": "x2",
            "cliponaxis": False,
            "marker": {"symbol": look.symbol, "size": look.size},
            "hovertext": [self._told(line.row, spot) for line, spot in spots],
            "hoverinfo": "text",
            "meta": {"marks": [mark_style(key, uncertain=key in line.row.uncertain) for line, _ in spots]},
        }

    def _told(self, row: DotRow, spot: Placed) -> str:
        told = f"{escape(row.label)}<br>{escape(self.names[spot.key])}: {spoken(published(spot.value), spot.beyond)}"
        if spot.key == "others" and row.band:
            low, high = (written(published(end)) for end in row.band)
            told += f"<br>{escape(self.band_name)}: {low}–{high}"
        return told

    def _lines(self) -> Iterator[_Line]:
        top = 0.0
        for row in self.rows:
            line = _line(row, top)
            yield line
            top = line.bottom

    def _scene(self, lines: tuple[_Line, ...]) -> Scene:
        end = lines[-1].bottom if lines else 0.0
        columns = tuple(_across(value) for value in range(LOWEST, HIGHEST + 1))
        labels = [label for line in lines for label in line.labels]
        for index, (x, word) in enumerate(zip(columns, self.words, strict=True)):
            last = index == len(columns) - 1
            at, anchor = (MARGIN, "start") if index == 0 else (WIDTH - MARGIN, "end") if last else (x, "middle")
            labels.append(Label(x, end + 16, (str(LOWEST + index),), "n", "middle"))
            labels.append(Label(at, end + 36, wrap(word, 92, size_of("m")), "m", anchor))  # type: ignore[arg-type]
        height = math.ceil(max(label.box.bottom for label in labels) + MARGIN)
        grid = (Stroke(((x, 0.0), (x, end)), "grid") for x in columns)
        return Scene(
            height,
            (*grid, *(line.axis for line in lines), *(line.band for line in lines if line.band)),
            tuple(labels),
        )


def _across(value: float) -> float:
    return _LEFT + (published(value) - LOWEST) / (HIGHEST - LOWEST) * (_RIGHT - _LEFT)


def _line(row: DotRow, top: float) -> _Line:
    labels = _heading(row, top)
    y = max(label.box.bottom for label in labels) + 17
    placed = _stacked(row, y)
    band = (_across(row.band[0]), _across(row.band[1])) if row.band else None
    target = None if row.target is None else _across(row.target)
    values = values_beside(placed, y, band, target)
    return _Line(
        row,
        y,
        placed,
        Stroke(((_LEFT, y), (_RIGHT, y)), "axis"),
        _soft(*band, y) if band else None,
        (*labels, *values),
        max([y + 20, *(label.box.bottom + 4 for label in values)]),
    )


def _heading(row: DotRow, top: float) -> tuple[Label, ...]:
    """The row's name with its note at the other end, or below it where both do not fit."""
    name, note = size_of("b"), size_of("m")
    room = WIDTH - 2 * MARGIN
    if width(row.label, name) + (width(row.note, note) + 12 if row.note else 0) <= room:
        label = Label(MARGIN, top + 17, wrap(row.label, room, name), "b halo")
        beside = Label(WIDTH - MARGIN, top + 17, wrap(row.note, room, note), "m halo", "end")
        return (label, beside) if row.note else (label,)
    label = Label(MARGIN, top + 17, wrap(row.label, room, name), "b halo")
    if not row.note:
        return (label,)
    return label, Label(MARGIN, top + 17 + LINE * len(label.lines), wrap(row.note, room, note), "m halo")


def _stacked(row: DotRow, y: float) -> tuple[Placed, ...]:
    """The points of a row; those that would hide each other stand a little above and below the line."""
    points = sorted((_across(value), DRAWN.index(key), key) for key, value in row.points.items())
    placed: list[Placed] = []
    while points:
        crowd = [points.pop(0)]
        while points and hide(points[0][2], crowd[-1][2], points[0][0] - crowd[-1][0]):
            crowd.append(points.pop(0))
        for index, (x, _, key) in enumerate(crowd):
            aside = (index - (len(crowd) - 1) / 2) * 2 * _ASIDE
            placed.append(Placed(key, x, y + aside, row.points[key], row.beyond.get(key)))
    return tuple(placed)


def _soft(left: float, right: float, y: float) -> Stroke:
    """The band as a shape with round ends."""
    left, right = min(left + _BAND, (left + right) / 2), max(right - _BAND, (left + right) / 2)
    turns = [math.pi * step / 8 for step in range(9)]
    ends = [(right + _BAND * math.sin(turn), y - _BAND * math.cos(turn)) for turn in turns]
    ends += [(left - _BAND * math.sin(turn), y + _BAND * math.cos(turn)) for turn in turns]
    return Stroke(tuple(ends), "bandr", closed=True)


def _marks(lines: Iterable[_Line]) -> Iterator[str]:
    reach = LOOKS["target"].reach
    for line in lines:
        if line.row.target is not None:
            yield f'<path class="mg" d="M{_across(line.row.target):.1f} {line.y - reach:.1f}v{2 * reach:.0f}"/>'
        for spot in sorted(line.placed, key=lambda spot: DRAWN.index(spot.key)):
            yield mark(spot.key, spot.x, spot.y, uncertain=spot.key in line.row.uncertain)
