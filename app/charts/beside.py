"""Where the figure beside each point of a dot plot stands, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.charts.marks import LOOKS, Key
from app.charts.scale import Beyond, published, written
from app.charts.scene import WIDTH, Box, Label, size_of
from app.charts.text import width

_CLEAR = 4.0
_BELOW = 30.0  # from the line to the baseline of a figure under it
_LOWER = 20.0  # and from there to the next one, where another figure has the first
_DROP = 60.0  # standing below is worth as much as standing this far away
_OPTIONAL: Key = "previous"  # may go without a figure: the table has it


@dataclass(frozen=True, slots=True)
class Placed:
    """A point of a row in its place."""

    key: Key
    x: float
    y: float
    value: float
    beyond: Beyond | None = None

    @property
    def box(self) -> Box:
        reach = LOOKS[self.key].reach
        return Box(self.x - reach, self.y - reach, self.x + reach, self.y + reach)


def values_beside(
    points: tuple[Placed, ...], y: float, band: tuple[float, float] | None, target: float | None
) -> tuple[Label, ...]:
    """The written figure of each point: left of the leftmost, right of the rightmost, else right below its mark.

    No figure stands beyond another mark than its own, so that none is read as that one's. The earlier figure, placed
    last, stays away where the room below its mark is taken.
    """
    soft = [Box(band[0], y - 10, band[1], y + 10)] if band else []
    marks = [] if target is None else [Box(target - 2, y - 11, target + 2, y + 11)]
    ordered = sorted(points, key=lambda point: (point.x, point.y))
    labels: list[Label] = []
    for index in sorted(_outermost_first(len(ordered)), key=lambda index: ordered[index].key == _OPTIONAL):
        point = ordered[index]
        hard = [*marks, *(other.box for other in ordered if other is not point)]
        taken = [label.box for label in labels]
        leans = 0 if len(ordered) == 1 else -1 if index == 0 else 1 if index == len(ordered) - 1 else 0
        places = sorted(_places(point, y, soft, hard, taken, leans), key=lambda place: place[0])
        labels.extend(label for _, label in places[:1])
    return tuple(labels)


def _outermost_first(count: int) -> list[int]:
    return sorted(range(count), key=lambda index: min(index, count - 1 - index))


def _places(
    point: Placed, y: float, soft: list[Box], hard: list[Box], taken: list[Box], leans: int
) -> Iterator[tuple[float, Label]]:
    look = f"v{LOOKS[point.key].letter} halo"
    text = (written(published(point.value), point.beyond),)
    for side in (1, -1):
        label = Label(point.x, y + 5.5, text, look, "start" if side > 0 else "end")
        x = point.box.right + _CLEAR if side > 0 else point.box.left - _CLEAR
        for other in soft:
            box = Label(x, label.y, text, look, label.anchor).box
            if box.meets(other):
                x = other.right + _CLEAR if side > 0 else other.left - _CLEAR
        label = Label(x, label.y, text, look, label.anchor)
        if label.box.left >= 2 and label.box.right <= WIDTH - 2 and not _passes(point, label.box, [*hard, *taken]):
            yield abs(x - point.x) + (35 if leans == -side else 0) + (1 if side < 0 else 0), label
    half = width(text[0], size_of(look.split()[0])) / 2
    below = min(max(point.x, 2 + half), WIDTH - 2 - half)
    for step in range(1 if point.key == _OPTIONAL else len(taken) + 1):
        label = Label(below, y + _BELOW + step * _LOWER, text, look, "middle")
        if not any(label.box.meets(other) for other in taken):
            yield _DROP + step, label
            return


def _passes(point: Placed, box: Box, others: list[Box]) -> bool:
    """Whether the way from the point to its figure leads over another mark or figure than those at its own place."""
    room = 2 * _CLEAR  # to the next mark, so that the nearest is its own
    begin, end = (point.x, box.right + room) if box.left > point.x else (box.left - room, point.x)
    way = Box(begin, box.top, end, box.bottom)
    return any(way.meets(other) for other in others if abs(other.left + other.right - 2 * point.x) > 2)
