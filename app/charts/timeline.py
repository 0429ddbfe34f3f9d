"""A line of time: what was seen of one subject from a beginning on, with what happened in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from app.charts.marks import LOOKS, mark
from app.charts.scale import HIGHEST, LOWEST, Beyond, published, written
from app.charts.text import escape

_WIDTH, _HEIGHT = 360.0, 216.0
_LEFT, _RIGHT = 34.0, _WIDTH - 34.0
_TOP, _BOTTOM = 18.0, 150.0
_BASE = 176.0       # where what happened in between stands
_BAND = 9.0         # half the width of a band


@dataclass(frozen=True, slots=True)
class Score:
    """A score on one day; `band`: the 80 % band of the others; `joined`: it may be set beside the one before it."""

    on: dt.date
    series: Literal["self", "others"]
    value: float
    band: tuple[float, float] | None = None
    beyond: Beyond | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """`days`: when something else happened. `alternative` is what a reader hears instead of the picture; `first` and
    `last` name the ends.
    """

    alternative: str
    scores: tuple[Score, ...]
    days: tuple[dt.date, ...]
    begins_on: dt.date
    ends_on: dt.date
    first: str
    last: str

    def svg(self) -> str:
        """The picture as markup. ValueError for a day outside the line, or a score outside the scale."""
        lines, points = [], []
        for series in ("others", "self"):
            own = sorted((one for one in self.scores if one.series == series), key=lambda one: one.on)
            lines += [self._line(before, after) for before, after in pairwise(own) if after.joined]
            points += [self._point(one, labelled=one in (own[0], own[-1])) for one in own]
        happened = "".join(f'<circle class="event" cx="{self._across(day):.1f}" cy="{_BASE}" r="4.5"/>'
                           for day in sorted(set(self.days)))
        return (
            f'<svg class="chart timeline" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
            f'aria-label="{escape(self.alternative)}">{_grid()}{"".join(lines)}{"".join(points)}'
            f'<path class="axis" d="M{_LEFT} {_BASE}H{_RIGHT}"/>{happened}'
            f'<text class="m" x="{_LEFT}" y="{_HEIGHT - 8}">{escape(self.first)}</text>'
            f'<text class="m e" x="{_RIGHT}" y="{_HEIGHT - 8}">{escape(self.last)}</text></svg>'
        )

    def _across(self, day: dt.date) -> float:
        if not self.begins_on <= day <= self.ends_on:
            raise ValueError(f"{day} does not lie between {self.begins_on} and {self.ends_on}")
        whole = (self.ends_on - self.begins_on).days
        inside = _RIGHT - _LEFT - 24
        return _LEFT + 12 + (inside * (day - self.begins_on).days / whole if whole else inside / 2)

    def _line(self, before: Score, after: Score) -> str:
        letter = LOOKS[after.series].letter
        return (f'<path class="l{letter}" d="M{self._across(before.on):.1f} {_height(before.value):.1f}'
                f'L{self._across(after.on):.1f} {_height(after.value):.1f}"/>')

    def _point(self, one: Score, *, labelled: bool) -> str:
        x, y = self._across(one.on), _height(one.value)
        band = _band(x, *one.band) if one.band else ""
        label = ""
        if labelled:
            # Behind the last point no line comes in; a dash against a figure reads as a sign.
            label = (f'<text class="v{LOOKS[one.series].letter} halo" x="{x + 13:.1f}" y="{y + 5:.1f}">'
                     f"{written(published(one.value), one.beyond)}</text>")
        return band + mark(one.series, x, y) + label


def ends(days: Sequence[dt.date], today: dt.date) -> tuple[dt.date, dt.date]:
    """From the first of these days to today, or to the last of them when that is later."""
    return min((*days, today)), max((*days, today))


def _height(value: float) -> float:
    return _BOTTOM - (published(value) - LOWEST) / (HIGHEST - LOWEST) * (_BOTTOM - _TOP)


def _band(x: float, low: float, high: float) -> str:
    top, bottom = _height(high), _height(low)
    return (f'<rect class="bandr" x="{x - _BAND:.1f}" y="{top:.1f}" width="{2 * _BAND:.0f}" '
            f'height="{bottom - top:.1f}" rx="{min(_BAND, (bottom - top) / 2):.1f}"/>')


def _grid() -> str:
    values = range(LOWEST, HIGHEST + 1)
    lines = "".join(f"M{_LEFT:.0f} {_height(value):.1f}H{_RIGHT:.0f}" for value in values)
    words = "".join(f'<text class="m e" x="{_LEFT - 10:.0f}" y="{_height(value) + 5:.1f}">{value}</text>'
                    for value in values)
    return f'<path class="grid" d="{lines}"/>{words}'
