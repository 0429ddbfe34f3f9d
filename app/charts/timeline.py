"""A line of time: what was seen of one subject from a beginning on, with what happened in between."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from app.charts.marks import LOOKS, mark
from app.charts.scale import HIGHEST, LOWEST, Beyond, published, written
from app.charts.text import escape, width

NARROW: Final = 360.0
WIDE: Final = 720.0     # where there is room: the same height, and the days further apart
_HEIGHT = 216.0
_LEFT = _ASIDE = 34.0
_TOP, _BOTTOM = 18.0, 150.0
_BASE = 176.0       # where what happened in between stands
_BAND = 9.0         # half the width of a band
_MARK = 8.0         # and of a mark
_SIZE = 15.0        # of a score in writing


@dataclass(frozen=True, slots=True)
class Score:
    """A score on one day; `band`: the 80 % band of the others; `joined`: it may be set beside the one before it."""

    on: dt.date
    series: Literal["self", "others"]
    value: float
    band: tuple[float, float] | None = None
    beyond: Beyond | None = None
    joined: bool = False


_Line: TypeAlias = tuple[tuple[float, float], tuple[float, float]]


@dataclass(frozen=True, slots=True)
class _Box:
    """Where something stands in the picture."""

    left: float
    top: float
    right: float
    bottom: float

    def touches(self, other: _Box) -> bool:
        return self.left < other.right and other.left < self.right and (
            self.top < other.bottom and other.top < self.bottom)

    def crossed_by(self, line: _Line) -> bool:
        (x, y), (to_x, to_y) = line
        steps = [step / 60 for step in range(61)]
        return any(self.touches(_Box(at_x - 1, at_y - 1, at_x + 1, at_y + 1))
                   for at_x, at_y in ((x + (to_x - x) * step, y + (to_y - y) * step) for step in steps))

    def is_within(self, width: float) -> bool:
        return self.left >= _LEFT - 4 and self.right <= width and self.top >= 0 and self.bottom <= _BASE - 6


@dataclass(frozen=True, slots=True)
class Timeline:
    """`days`: when something else happened, which `legend` calls by its name. `alternative` is what a reader hears
    instead of the picture; `first` and `last` name the ends. `width`: NARROW or WIDE.
    """

    alternative: str
    scores: tuple[Score, ...]
    days: tuple[dt.date, ...]
    begins_on: dt.date
    ends_on: dt.date
    first: str
    last: str
    legend: str = ""
    width: float = NARROW

    @property
    def _right(self) -> float:
        return self.width - _ASIDE

    @property
    def _bottom(self) -> float:
        """A phone has no room for the legend between the ends: it stands below them."""
        return _HEIGHT + (24 if self.width == NARROW and self.legend and self.days else 0)

    def svg(self) -> str:
        """The picture as markup. ValueError for a day outside the line, or a score outside the scale."""
        lines, labelled, joined = [], [], []
        for series in ("others", "self"):
            own = sorted((one for one in self.scores if one.series == series), key=lambda one: one.on)
            joined += [(self._at(before), self._at(after)) for before, after in pairwise(own) if after.joined]
            lines += [self._line(before, after) for before, after in pairwise(own) if after.joined]
            labelled += list(dict.fromkeys((own[0], own[-1]))) if own else []
        points = [self._point(one) for one in self.scores]
        taken = [_Box(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in map(self._at, self.scores)]
        labels = []
        for one in labelled:
            box, label = self._label(one, taken, joined)
            taken.append(box)
            labels.append(label)
        happened = "".join(f'<circle class="event" cx="{self._across(day):.1f}" cy="{_BASE}" r="4.5"/>'
                           for day in sorted(set(self.days)))
        return (
            f'<svg class="chart timeline{" wide" if self.width == WIDE else ""}" role="img" '
            f'viewBox="0 0 {self.width:.0f} {self._bottom:.0f}" aria-label="{escape(self.alternative)}">'
            f'{_grid(self._right)}{"".join(lines)}{"".join(points)}{"".join(labels)}'
            f'<path class="axis" d="M{_LEFT} {_BASE}H{self._right}"/>{happened}'
            f'<text class="m" x="{_LEFT}" y="{_HEIGHT - 8}">{escape(self.first)}</text>'
            f'<text class="m e" x="{self._right}" y="{_HEIGHT - 8}">{escape(self.last)}</text>{self._legend()}</svg>'
        )

    def _across(self, day: dt.date) -> float:
        if not self.begins_on <= day <= self.ends_on:
            raise ValueError(f"{day} does not lie between {self.begins_on} and {self.ends_on}")
        whole = (self.ends_on - self.begins_on).days
        inside = self._right - _LEFT - 24
        return _LEFT + 12 + (inside * (day - self.begins_on).days / whole if whole else inside / 2)

    def _line(self, before: Score, after: Score) -> str:
        letter = LOOKS[after.series].letter
        return (f'<path class="l{letter}" d="M{self._across(before.on):.1f} {_height(before.value):.1f}'
                f'L{self._across(after.on):.1f} {_height(after.value):.1f}"/>')

    def _point(self, one: Score) -> str:
        x, y = self._at(one)
        return (_band(x, *one.band) if one.band else "") + mark(one.series, x, y)

    def _at(self, one: Score) -> tuple[float, float]:
        return self._across(one.on), _height(one.value)

    def _label(self, one: Score, taken: Sequence[_Box], joined: Sequence[_Line]) -> tuple[_Box, str]:
        """A score beside its mark, where it touches no mark, no other score and no line, as far as there is room."""
        x, y = self._at(one)
        said = written(published(one.value), one.beyond)
        wide = width(said, _SIZE)
        places = (
            (x + 13, y + 5, _Box(x + 13, y - 9, x + 13 + wide, y + 7)),
            (x - wide / 2, y - 15, _Box(x - wide / 2, y - 29, x + wide / 2, y - 13)),
            (x - wide / 2, y + 26, _Box(x - wide / 2, y + 12, x + wide / 2, y + 28)),
            (x - 13 - wide, y + 5, _Box(x - 13 - wide, y - 9, x - 13, y + 7)),
        )

        def trouble(place: tuple[float, float, _Box]) -> int:
            box = place[2]
            touched = sum(box.touches(other) for other in taken) + sum(box.crossed_by(line) for line in joined)
            return touched + 2 * (not box.is_within(self.width))

        left, base, box = min(places, key=trouble)
        return box, f'<text class="v{LOOKS[one.series].letter} halo" x="{left:.1f}" y="{base:.1f}">{said}</text>'

    def _legend(self) -> str:
        if not self.legend or not self.days:
            return ""
        left = (self.width - width(self.legend, 13) - 14) / 2 if self.width == WIDE else _LEFT
        base = self._bottom - 8
        return (f'<circle class="event" cx="{left + 4.5:.1f}" cy="{base - 4}" r="4.5"/>'
                f'<text class="m" x="{left + 14:.1f}" y="{base}">{escape(self.legend)}</text>')


def ends(days: Sequence[dt.date], today: dt.date) -> tuple[dt.date, dt.date]:
    """From the first of these days to today, or to the last of them when that is later."""
    return min((*days, today)), max((*days, today))


def _height(value: float) -> float:
    return _BOTTOM - (published(value) - LOWEST) / (HIGHEST - LOWEST) * (_BOTTOM - _TOP)


def _band(x: float, low: float, high: float) -> str:
    top, bottom = _height(high), _height(low)
    return (f'<rect class="bandr" x="{x - _BAND:.1f}" y="{top:.1f}" width="{2 * _BAND:.0f}" '
            f'height="{bottom - top:.1f}" rx="{min(_BAND, (bottom - top) / 2):.1f}"/>')


def _grid(right: float) -> str:
    values = range(LOWEST, HIGHEST + 1)
    lines = "".join(f"M{_LEFT:.0f} {_height(value):.1f}H{right:.0f}" for value in values)
    words = "".join(f'<text class="m e" x="{_LEFT - 10:.0f}" y="{_height(value) + 5:.1f}">{value}</text>'
                    for value in values)
    return f'<path class="grid" d="{lines}"/>{words}'
