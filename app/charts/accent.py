"""A small field of two axes: where the accent of somebody's trajecten lies. Every traject is a numbered point."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from app.charts.text import escape

_WIDTH, _HEIGHT = 360.0, 420.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 18.0, 342.0, 36.0, 360.0     # room for the names of the poles above and below
_INSET = 26.0       # from the edge of the field to a point at the end of an axis
_REACH = 15.0       # of a point
_SEVERAL = 9.0      # what each further figure in a point adds to its width


@dataclass(frozen=True, slots=True)
class Place:
    """A point by its number in the table beside the picture; both axes 0–100."""

    number: int
    across: int
    up: int


@dataclass(frozen=True, slots=True)
class Accent:
    """`alternative` is what a reader hears instead of the picture. `across` and `up`: the poles of the two axes, from
    left to right and from below upward.
    """

    alternative: str
    places: tuple[Place, ...]
    across: tuple[str, str]
    up: tuple[str, str]

    def svg(self) -> str:
        """The picture as markup. Points of one place share it, with all their numbers. ValueError outside the axes."""
        spots = "".join(_spot(across, up, numbers) for across, up, numbers in _shared(self.places))
        left, right = (escape(pole) for pole in self.across)
        low, high = (escape(pole) for pole in self.up)
        middle = f"{_WIDTH / 2:.0f}"
        return (
            f'<svg class="chart accent" viewBox="0 0 {_WIDTH:.0f} {_HEIGHT:.0f}" role="img" '
            f'aria-label="{escape(self.alternative)}">{_field()}'
            f'<text class="b c" x="{middle}" y="{_TOP - 12:.0f}">↑ {high}</text>'
            f'<text class="b c" x="{middle}" y="{_BOTTOM + 24:.0f}">↓ {low}</text>'
            f'<text class="b" x="{_LEFT:.0f}" y="{_BOTTOM + 50:.0f}">← {left}</text>'
            f'<text class="b e" x="{_RIGHT:.0f}" y="{_BOTTOM + 50:.0f}">{right} →</text>{spots}</svg>'
        )


def _shared(places: Iterable[Place]) -> Iterable[tuple[int, int, tuple[int, ...]]]:
    """The places that are taken, each with its numbers."""
    for place in places:
        if not (0 <= place.across <= 100 and 0 <= place.up <= 100):
            raise ValueError(f"{place} does not lie on the axes")
    in_order = sorted(places, key=lambda place: (place.across, place.up, place.number))
    for (across, up), group in groupby(in_order, key=lambda place: (place.across, place.up)):
        yield across, up, tuple(place.number for place in group)


def _spot(across: int, up: int, numbers: tuple[int, ...]) -> str:
    """A point, wider when several trajecten lie there."""
    written = ", ".join(map(str, numbers))
    half = _REACH + (len(written) - 1) * _SEVERAL / 2
    x = _LEFT + _INSET + across / 100 * (_RIGHT - _LEFT - 2 * _INSET)
    x = min(max(x, _LEFT + half), _RIGHT - half)
    y = _BOTTOM - _INSET - up / 100 * (_BOTTOM - _TOP - 2 * _INSET)
    return (
        f'<rect class="mn" x="{x - half:.1f}" y="{y - _REACH:.1f}" width="{2 * half:.1f}" height="{2 * _REACH:.0f}" '
        f'rx="{_REACH:.0f}"/><text class="vn c" x="{x:.1f}" y="{y + 5.5:.1f}">{escape(written)}</text>'
    )


def _middle() -> float:
    return (_TOP + _BOTTOM) / 2


def _field() -> str:
    return (
        f'<rect class="hex0" x="{_LEFT:.0f}" y="{_TOP:.0f}" width="{_RIGHT - _LEFT:.0f}" '
        f'height="{_BOTTOM - _TOP:.0f}"/><path class="axis" d="M{_LEFT:.0f} {_middle():.0f}H{_RIGHT:.0f}'
        f'M{_WIDTH / 2:.0f} {_TOP:.0f}V{_BOTTOM:.0f}"/>'
    )
