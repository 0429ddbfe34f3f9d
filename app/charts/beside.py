"""Where the figure beside each point of a dot plot stands, so that none covers another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from app.charts.marks import LOOKS, Key
from app.charts.scale import published, written
from app.charts.scene import WIDTH, Box, Label

_CLEAR = 4.0
_BELOW = 30.0  # from the line to the baseline of a figure under it
_DROP = 60.0  # standing below is worth as much as standing this far away


@dataclass(frozen=True, slots=True)
class Placed:
    """A point of a row in its place."""

    key: Key
    x: float
    y: float
    value: float

    @property
    def box(self) -> Box:
        reach = LOOKS[self.key].reach
        return Box(self.x - reach, self.y - reach, self.x + reach, self.y + reach)


def values_beside(
    points: tuple[Placed, ...], y: float, band: tuple[float, float] | None, target: float | None
) -> tuple[Label, ...]:
    """The written figure of each point: left of the leftmost, right of the rightmost, below when neither is free."""
    soft = [Box(band[0], y - 10, band[1], y + 10)] if band else []
    if target is not None:
        soft.append(Box(target - 2, y - 11, target + 2, y + 11))
    ordered = sorted(points, key=lambda point: (point.x, point.y))
    labels: list[Label] = []
    for index in _outermost_first(len(ordered)):
        point = ordered[index]
        hard = [other.box for other in ordered if other is not point]
        taken = [label.box for label in labels]
        leans = 0 if len(ordered) == 1 else -1 if index == 0 else 1 if index == len(ordered) - 1 else 0
        labels.append(min(_places(point, y, soft, hard, taken, leans), key=lambda place: place[0])[1])
    return tuple(labels)


def _outermost_first(count: int) -> list[int]:
    return sorted(range(count), key=lambda index: min(index, count - 1 - index))


def _places(
    point: Placed, y: float, soft: list[Box], hard: list[Box], taken: list[Box], leans: int
) -> Iterator[tuple[float, Label]]:
    look = f"v{LOOKS[point.key].letter} halo"
    text = (written(published(point.value)),)
    for side in (1, -1):
        label = Label(point.x, y + 5.5, text, look, "start" if side > 0 else "end")
        x = point.box.right + _CLEAR if side > 0 else point.box.left - _CLEAR
        for _ in (*soft, *soft):
            box = Label(x, label.y, text, look, label.anchor).box
            for other in soft:
                if box.meets(other):
                    x = other.right + _CLEAR if side > 0 else other.left - _CLEAR
        label = Label(x, label.y, text, look, label.anchor)
        if label.box.left >= 2 and label.box.right <= WIDTH - 2 and not _passes(point, label.box, [*hard, *taken]):
            yield abs(x - point.x) + (35 if leans == -side else 0) + (1 if side < 0 else 0), label
    for step in range(12):
        for aside in (step * 12.0, step * -12.0):
            label = Label(point.x + aside, y + _BELOW, text, look, "middle")
            free = not any(label.box.meets(other) for other in taken)
            if free and label.box.left >= 2 and label.box.right <= WIDTH - 2:
                yield _DROP + abs(aside), label
                return


def _passes(point: Placed, box: Box, others: list[Box]) -> bool:
    """Whether the way from the point to its figure leads over another point or figure."""
    right = box.left > point.x
    begin, end = (point.box.right + _CLEAR, box.right) if right else (box.left, point.box.left - _CLEAR)
    way = Box(begin, box.top, end, box.bottom)
    return any(way.meets(other) for other in others)
