"""Belang and gap in four panes: what to develop now, what to keep and share, what can wait, what to let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product
from typing import Any, Final

from app.charts.scale import HIGHEST, LOWEST
from app.charts.scene import KEPT, MARGIN, WIDTH, Label, Scene, Stroke, size_of
from app.charts.text import escape, wrap

_LEFT, _RIGHT = 30.0, WIDTH - MARGIN
_TOP, _BOTTOM = 28.0, 348.0
_MIDDLE_X, _MIDDLE_Y = (_LEFT + _RIGHT) / 2, (_TOP + _BOTTOM) / 2
_REACH = 12.5       # of a mark
_ROOM = 2 * _REACH + 1.5
_MARK = "ms open"
_WORDS = 44.0       # of a pane's height, for its name

IMPORTANT: Final = 4.0
WIDE: Final = 0.5
"""Where the panes meet: belang and gap (measurement.md §7)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """One of the things that have a place: its number in the picture, its name, belang 1–5 and gap 0–4."""

    number: int
    name: str
    importance: float
    gap: float


@dataclass(frozen=True, slots=True)
class Matrix:
    """`panes`: the names of the four, from left to right, the upper two first; `alternative` is what a reader hears.

    Each pane has the same room whatever its share of the scale, so that it can hold its marks; where these would hide
    each other they stand side by side, always within their own pane.
    """

    title: str
    alternative: str
    across: str
    upward: str
    panes: tuple[str, str, str, str]
    spots: tuple[Spot, ...]

    def svg(self) -> str:
        """The picture as markup. ValueError for what does not lie on the scales."""
        return _svg(self)

    def plotly(self) -> str:
        """The same as a Plotly figure."""
        placed = _placed(self.spots)
        xs, ys = [round(x, 1) for x, _ in placed], [round(y, 1) for _, y in placed]
        marks: dict[str, Any] = {
            "type": "scatter", "mode": "markers", "x": xs, "y": ys, "cliponaxis": False,
            "marker": {"symbol": "circle", "size": 2 * _REACH}, "hoverinfo": "text",
            "hovertext": [f"{escape(one.name)}<br>{escape(self.upward)}: {_written(one.importance)}<br>"
                          f"{escape(self.across)}: {_written(one.gap)}" for one in self.spots],
            "meta": {"marks": [_MARK] * len(placed)},
        }  # fmt: skip
        numbers: dict[str, Any] = {
            "type": "scatter", "mode": "text", "x": xs, "y": ys, "hoverinfo": "skip", "meta": {"look": "vs"},
            "text": [str(one.number) for one in self.spots], "textposition": "middle center",
        }  # fmt: skip
        return _scene(self).plotly((marks, numbers))


@lru_cache(maxsize=KEPT)
def _svg(matrix: Matrix) -> str:
    marks = (
        f'<circle class="{_MARK}" cx="{x:.1f}" cy="{y:.1f}" r="{_REACH}"/>'
        f'<text class="vs c" x="{x:.1f}" y="{y + 5.5:.1f}">{one.number}</text>'
        for one, (x, y) in zip(matrix.spots, _placed(matrix.spots), strict=True)
    )
    return _scene(matrix).svg(matrix.title, matrix.alternative, (), marks)


def _scene(matrix: Matrix) -> Scene:
    end = _end(matrix.spots)
    ticks = [*((0.0, _LEFT), (WIDE, _MIDDLE_X), (end, _RIGHT))]
    strokes = [
        Stroke(((_MIDDLE_X, _TOP), (_RIGHT, _TOP), (_RIGHT, _MIDDLE_Y), (_MIDDLE_X, _MIDDLE_Y)), "hex0", closed=True),
        *(Stroke(((_LEFT, y), (_RIGHT, y)), "grid") for y in (_TOP, _BOTTOM)),
        *(Stroke(((x, _TOP), (x, _BOTTOM)), "grid") for x in (_LEFT, _RIGHT)),
        Stroke(((_LEFT, _MIDDLE_Y), (_RIGHT, _MIDDLE_Y)), "axis"),
        Stroke(((_MIDDLE_X, _TOP), (_MIDDLE_X, _BOTTOM)), "axis"),
    ]
    labels = [Label(MARGIN, 16, wrap(f"{matrix.upward} ↑", 180, size_of("m")), "m")]
    for y, belang in ((_TOP + 12, HIGHEST), (_MIDDLE_Y + 5, int(IMPORTANT)), (_BOTTOM, LOWEST)):
        labels.append(Label(_LEFT - 8, y, (str(belang),), "n", "end"))
    for (value, x), anchor in zip(ticks, ("start", "middle", "end"), strict=True):
        labels.append(Label(x, _BOTTOM + 18, (_written(value),), "n", anchor))    # type: ignore[arg-type]
    labels.append(Label(_RIGHT, _BOTTOM + 40, wrap(f"{matrix.across} →", 360, size_of("m")), "m", "end"))
    corners = ((_LEFT + 8, _TOP), (_MIDDLE_X + 8, _TOP), (_LEFT + 8, _MIDDLE_Y), (_MIDDLE_X + 8, _MIDDLE_Y))
    for (x, top), name in zip(corners, matrix.panes, strict=True):
        labels.append(Label(x, top + 20, wrap(name, _MIDDLE_X - _LEFT - 12, size_of("b")), "b"))
    return Scene(_BOTTOM + 48, tuple(strokes), tuple(labels))


def _placed(spots: Iterable[Spot]) -> list[tuple[float, float]]:
    """Where each stands: at its values, or as near to them as there is room in its pane."""
    listed = list(spots)
    end = _end(listed)
    found: list[tuple[float, float]] = []
    for one in listed:
        if not (LOWEST <= one.importance <= HIGHEST and 0 <= one.gap <= HIGHEST - LOWEST):
            raise ValueError(f"{one} does not lie on the scales")
        right, upper = one.gap >= WIDE, one.importance >= IMPORTANT
        x = (_MIDDLE_X + (one.gap - WIDE) / (end - WIDE) * (_RIGHT - _MIDDLE_X) if right
             else _LEFT + one.gap / WIDE * (_MIDDLE_X - _LEFT))
        y = (_MIDDLE_Y - (one.importance - IMPORTANT) / (HIGHEST - IMPORTANT) * (_MIDDLE_Y - _TOP) if upper
             else _BOTTOM - (one.importance - LOWEST) / (IMPORTANT - LOWEST) * (_BOTTOM - _MIDDLE_Y))
        left, top = _MIDDLE_X if right else _LEFT, _TOP if upper else _MIDDLE_Y
        room = (left + _REACH + 3, left + (_MIDDLE_X - _LEFT) - _REACH - 3,
                top + _WORDS, top + (_MIDDLE_Y - _TOP) - _REACH - 3)
        found.append(_free(x, y, room, found))
    return found


def _free(x: float, y: float, room: tuple[float, float, float, float], taken: Sequence[tuple[float, float]]
          ) -> tuple[float, float]:
    """The place nearest to this one in a pane where no mark stands yet; where there is none, this one."""
    left, right, top, bottom = room
    x, y = min(max(x, left), right), min(max(y, top), bottom)
    for dx, dy in _STEPS:
        there = x + dx, y + dy
        if left <= there[0] <= right and top <= there[1] <= bottom and all(
            (there[0] - one[0]) ** 2 + (there[1] - one[1]) ** 2 >= _ROOM**2 for one in taken
        ):
            return there
    return x, y


def _steps() -> Iterator[tuple[float, float]]:
    pairs = product(range(-14, 15), range(-12, 13))
    return ((dx * _ROOM / 2, dy * _ROOM / 2) for dx, dy in sorted(pairs, key=lambda at: (at[0]**2 + at[1]**2, at)))


_STEPS: Final = tuple(_steps())


def _end(spots: Iterable[Spot]) -> float:
    """The gap at the right edge: 1, or the next half above the largest."""
    largest = max((one.gap for one in spots), default=0.0)
    return max(1.0, -(-round(largest * 10) // 5) / 2)


def _written(value: float) -> str:
    return f"{value:.1f}".replace(".", ",")
