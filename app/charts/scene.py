"""What a picture is made of besides its points: lines and words, written once as SVG and once for Plotly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from app.charts.text import escape, width

WIDTH = 400.0
MARGIN = 4.0
LINE = 20.0  # from one line of text to the next
SIZES = {"b": 17.0, "vs": 17.0, "vo": 17.0, "vp": 16.0, "vt": 17.0, "vr": 17.0}  # on a phone; larger screens show less
QUIET_SIZE = 16.0
_NEXT = f' dy="{LINE:.0f}"'
_FILLED = ("hex0", "hex1", "bandr")
_SIDES = {"start": "right", "middle": "center", "end": "left"}

KEPT = 128  # drawn pictures per process: equal descriptions give equal pictures, and a closed measurement never changes

Anchor = Literal["start", "middle", "end"]


class Frozen(dict[Any, Any]):
    """A mapping that is never changed, so that a description holding it can be looked up."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(frozenset(self.items()))


def size_of(look: str) -> float:
    """The largest size words of this look are shown in."""
    return SIZES.get(look, QUIET_SIZE)


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether the two share a place."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True)
class Label:
    """Words at a place: x where they are anchored, y the first baseline."""

    x: float
    y: float
    lines: tuple[str, ...]
    look: str
    anchor: Anchor = "start"

    @property
    def box(self) -> Box:
        """The room the words take at most."""
        size = size_of(self.look)
        wide = max(width(line, size) for line in self.lines)
        left = self.x - {"start": 0.0, "middle": wide / 2, "end": wide}[self.anchor]
        return Box(left, self.y - size * 0.8, left + wide, self.y + LINE * (len(self.lines) - 1) + size * 0.25)

    def svg(self) -> str:
        style = self.look + {"start": "", "middle": " c", "end": " e"}[self.anchor]
        place = f'<text class="{style}" x="{self.x:.1f}" y="{self.y:.1f}">'
        if len(self.lines) == 1:
            return f"{place}{escape(self.lines[0])}</text>"
        spans = (
            f'<tspan x="{self.x:.1f}"{_NEXT if at else ""}>{escape(line)}</tspan>' for at, line in enumerate(self.lines)
        )
        return f"{place}{''.join(spans)}</text>"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points, or a shape when it is closed; its class says how it looks."""

    points: tuple[tuple[float, float], ...]
    look: str
    closed: bool = False

    def svg(self) -> str:
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in self.points)
        return f'<path class="{self.look}" d="M{path}{"Z" if self.closed else ""}"/>'


@dataclass(frozen=True, slots=True)
class Scene:
    """The drawn surroundings of a chart's points."""

    height: float
    strokes: tuple[Stroke, ...]
    labels: tuple[Label, ...]

    def svg(self, title: str, alternative: str, lines: Iterable[str], marks: Iterable[str]) -> str:
        """The whole picture as markup: surroundings, lines, words, and the marks over all."""
        name = escape(f"{title}. {alternative}" if alternative else title)
        around = (stroke.svg() for stroke in self.strokes)
        parts = (*around, *lines, *(label.svg() for label in self.labels), *marks)
        return (
            f'<svg class="chart" viewBox="0 0 {WIDTH:.0f} {self.height:.0f}" role="img" aria-label="{name}">'
            f"{''.join(parts)}</svg>"
        )

    def plotly(self, traces: Iterable[Mapping[str, Any]], **layout: Any) -> str:
        """The JSON of a Plotly figure of the same size and places, safe inside a script element.

        Colours, fonts and strokes are left out: the browser takes them from the same classes as the SVG
        (`meta.look`, `meta.marks`), so that themes, dark mode and print have one source.
        """
        from plotly import graph_objects as go

        axis = {"visible": False, "fixedrange": True}
        figure = go.Figure(
            [*self._lines(), *self._words(), *traces],
            {
                "template": "none",  # else the constructor fills in the default one, and None counts as not given
                "margin": {"l": 0, "r": 0, "t": 0, "b": 0, "pad": 0},
                "xaxis": {**axis, "range": [0, WIDTH]},
                "yaxis": {**axis, "range": [self.height, 0]},
                "showlegend": False,
                "dragmode": False,
                "hovermode": "closest",
                "separators": ",.",
                "meta": {"width": WIDTH, "height": self.height},
                **layout,
            },
        )
        figure.update_layout(template=None)
        text = json.dumps(figure.to_plotly_json(), ensure_ascii=False, separators=(",", ":"))
        for character in "<>&\u2028\u2029":
            text = text.replace(character, f"\\u{ord(character):04x}")
        return text

    def _lines(self) -> Iterator[dict[str, Any]]:
        for look, strokes in groupby(self.strokes, key=lambda stroke: stroke.look):
            x: list[float | None] = []
            y: list[float | None] = []
            for stroke in strokes:
                points = (*stroke.points, stroke.points[0]) if stroke.closed else stroke.points
                x += [*(round(point[0], 1) for point in points), None]
                y += [*(round(point[1], 1) for point in points), None]
            yield {
                "type": "scatter", "x": x, "y": y, "mode": "lines", "line": {"simplify": False}, "hoverinfo": "skip",
                "fill": "toself" if look in _FILLED else "none", "meta": {"look": look},
            }  # fmt: skip

    def _words(self) -> Iterator[dict[str, Any]]:
        by_look = sorted(self.labels, key=lambda label: label.look)
        for look, group in groupby(by_look, key=lambda label: label.look):
            labels = tuple(group)
            yield {
                "type": "scatter", "mode": "text", "hoverinfo": "skip", "meta": {"look": look},
                "x": [round(label.x, 1) for label in labels],
                "y": [round(label.y + (len(label.lines) - 1) * LINE / 2 - 5, 1) for label in labels],
                "text": ["<br>".join(escape(line) for line in label.lines) for label in labels],
                "textposition": [f"middle {_SIDES[label.anchor]}" for label in labels],
            }  # fmt: skip
