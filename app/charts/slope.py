"""A small line: what the others saw of one subject, round after round, with the soft band of each."""

from __future__ import annotations

from dataclasses import dataclass

from app.charts.marks import mark
from app.charts.scale import HIGHEST, LOWEST, Beyond, published, written
from app.charts.text import escape

_WIDTH, _HEIGHT = 240.0, 132.0
_LEFT, _RIGHT = 58.0, _WIDTH - 58.0  # room for a figure of four signs
_TOP, _BOTTOM = 8.0, _HEIGHT - 8.0
_BAND = 12.0    # half its width: it shows on both sides of the mark


@dataclass(frozen=True, slots=True)
class Step:
    """One round: the figure and its 80 % band; `beyond`: it stands for all beyond it."""

    value: float
    band: tuple[float, float]
    beyond: Beyond | None = None


@dataclass(frozen=True, slots=True)
class Slope:
    """The rounds from left to right, two or more; `alternative` is what a reader hears instead of the picture.

    The first and the last have their figure beside them; the others have it in the alternative only.
    """

    alternative: str
    steps: tuple[Step, ...]

    def svg(self) -> str:
        """The picture as markup. ValueError with fewer than two rounds, or for what does not lie on the scale."""
        if len(self.steps) < 2:
            raise ValueError("one round has no line")
        places = [(self._across(number), _height(step.value)) for number, step in enumerate(self.steps)]
        bands = "".join(_band(x, *step.band) for (x, _), step in zip(places, self.steps, strict=True))
        line = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
        points = "".join(mark("others", x, y) for x, y in places)
        (first_x, first_y), (last_x, last_y) = places[0], places[-1]
        first, last = (written(published(step.value), step.beyond) for step in (self.steps[0], self.steps[-1]))
        return (
            f'<svg class="chart slope" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
            f'aria-label="{escape(self.alternative)}">{_grid()}{bands}<path class="lo" d="M{line}"/>{points}'
            f'<text class="vo e halo" x="{first_x - 18:.1f}" y="{first_y + 6:.1f}">{first}</text>'
            f'<text class="vo halo" x="{last_x + 18:.1f}" y="{last_y + 6:.1f}">{last}</text></svg>'
        )

    def _across(self, number: int) -> float:
        return _LEFT + number * (_RIGHT - _LEFT) / (len(self.steps) - 1)


def _height(value: float) -> float:
    return _BOTTOM - (published(value) - LOWEST) / (HIGHEST - LOWEST) * (_BOTTOM - _TOP)


def _band(x: float, low: float, high: float) -> str:
    """The band as a shape with round corners."""
    top, bottom = _height(high), _height(low)
    round_by = min(_BAND, (bottom - top) / 2)
    return (
        f'<rect class="bandr" x="{x - _BAND:.1f}" y="{top:.1f}" width="{2 * _BAND:.0f}" '
        f'height="{bottom - top:.1f}" rx="{round_by:.1f}"/>'
    )


def _grid() -> str:
    lines = "".join(f"M{_LEFT - 16:.0f} {_height(value):.1f}H{_RIGHT + 16:.0f}" for value in (LOWEST, 3, HIGHEST))
    return f'<path class="grid" d="{lines}"/>'
