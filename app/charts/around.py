"""What stands around the lines of a radar: rings, axes, and a rule for where every word stands."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise

from app.charts.scale import HIGHEST, LOWEST
from app.charts.scene import LINE, MARGIN, WIDTH, Label, Scene, Stroke, size_of
from app.charts.text import widest_piece, width, wrap

RADIUS = 138.0
DIRECT = 6  # more axes than this are numbered at the rim and named below
_GAP = 9.0
_NUMBERS = RADIUS + 20  # where the numbers of the axes stand
_ARCS = RADIUS + 36  # where the sectors are drawn
_SIDE_ROOMS = (168.0, 140.0, 115.0, 95.0)  # names at the sides are broken into lines of at most this width

Point = tuple[float, float]


def surroundings(
    names: Sequence[str], turns: Sequence[float], words: Sequence[str], sectors: Sequence[tuple[str, int]]
) -> tuple[Scene, float]:
    """Rings, axes and words of a radar, and how far below the top its middle lies.

    Everything is laid out around a middle of (200, 0) first; the height then grows until no word is cut off.
    """
    numbered = len(names) > DIRECT or bool(sectors)
    rim = tuple(_at(turn, RADIUS) for turn in turns)
    strokes = [*_grid(rim), *_arcs(turns, sectors)]
    if numbered:
        labels = [_number(index, turn) for index, turn in enumerate(turns)]
        circle = tuple(_at(step * math.tau / 36, _ARCS + _GAP) for step in range(36))
        labels += _outside([name for name, _ in sectors], _middles(turns, sectors), circle, (WIDTH / 2 - 2 * MARGIN,))
    else:
        hull = tuple(_at(turn, RADIUS + _GAP) for turn in turns)
        labels = _outside(names, turns, hull, _SIDE_ROOMS)
    low = max([_NUMBERS + _GAP if numbered else RADIUS, *(label.box.bottom for label in labels)])
    labels += _rings(turns)
    labels += _lines_below(low + 1.7 * LINE, words)
    if numbered:
        labels += _named_below(labels[-1].box.bottom + 1.6 * LINE, names)
    top = MARGIN - min(
        [-RADIUS - _GAP, *(label.box.top for label in labels), *(y for s in strokes for _, y in s.points)]
    )
    bottom = max(label.box.bottom for label in labels)
    return (
        Scene(
            math.ceil(top + bottom + MARGIN),
            tuple(Stroke(tuple((x, y + top) for x, y in one.points), one.look, one.closed) for one in strokes),
            tuple(Label(one.x, one.y + top, one.lines, one.look, one.anchor) for one in labels),
        ),
        top,
    )


def _at(turn: float, reach: float) -> Point:
    return WIDTH / 2 + reach * math.sin(turn), -reach * math.cos(turn)


def _grid(rim: Sequence[Point]) -> Iterable[Stroke]:
    for ring in range(HIGHEST, LOWEST, -1):
        share = (ring - LOWEST) / (HIGHEST - LOWEST)
        corners = tuple((WIDTH / 2 + (x - WIDTH / 2) * share, y * share) for x, y in rim)
        yield Stroke(corners, f"hex{ring % 2}", closed=True)
    for corner in rim:
        yield Stroke(((WIDTH / 2, 0.0), corner), "grid")


def _rings(turns: Sequence[float]) -> list[Label]:
    """The numbers of the rings, between the last axis and the first, where no point can lie."""
    between = (turns[0] + turns[-1] - math.tau) / 2
    flat = math.cos((turns[1] - turns[0]) / 2)
    reaches = ((ring, (ring - LOWEST) / (HIGHEST - LOWEST) * RADIUS * flat) for ring in range(LOWEST, HIGHEST + 1))
    return [
        Label(x, y + 5, (str(ring),), "m halo", "middle") for ring, reach in reaches for x, y in (_at(between, reach),)
    ]


def _arcs(turns: Sequence[float], sectors: Sequence[tuple[str, int]]) -> Iterable[Stroke]:
    step = math.tau / len(turns)
    ends = list(accumulate((size for _, size in sectors), initial=0))
    for begin, end in pairwise(ends):
        first, last = begin * step + 0.05, end * step - 0.05
        pieces = 6 * (end - begin)
        yield Stroke(tuple(_at(first + (last - first) * at / pieces, _ARCS) for at in range(pieces + 1)), "arc")


def _middles(turns: Sequence[float], sectors: Sequence[tuple[str, int]]) -> list[float]:
    ends = list(accumulate((size for _, size in sectors), initial=0))
    step = math.tau / len(turns)
    return [(begin + end) / 2 * step for begin, end in pairwise(ends)]


def _number(index: int, turn: float) -> Label:
    x, y = _at(turn, _NUMBERS)
    return Label(x, y + 5.5, (str(index + 1),), "b", "middle")


def _outside(
    names: Sequence[str], turns: Sequence[float], hull: Sequence[Point], rooms: Sequence[float]
) -> list[Label]:
    """The names around a convex hull, each as near to its own corner as it can stand.

    At the sides first, so that what stands at the top and the bottom can step aside for them.
    """
    order = sorted(range(len(names)), key=lambda index: -abs(math.sin(turns[index])))
    placed: dict[int, Label] = {}
    for index in order:
        label = _nearest(names[index], turns[index], hull, rooms)
        upward = math.cos(turns[index]) >= 0
        while crossed := next((one.box for one in placed.values() if one.box.meets(label.box)), None):
            clear = crossed.top - label.box.bottom - 1 if upward else crossed.bottom - label.box.top + 1
            label = Label(label.x, label.y + clear, label.lines, label.look, label.anchor)
        placed[index] = label
    return [placed[index] for index in range(len(names))]


def _nearest(name: str, turn: float, hull: Sequence[Point], rooms: Sequence[float]) -> Label:
    """The name in the lines that bring it nearest to its corner; never broken where no word may break for that."""
    size, upward = size_of("b"), math.cos(turn) >= 0
    if abs(math.sin(turn)) < 0.1:
        label = Label(WIDTH / 2, 0, wrap(name, WIDTH - 2 * MARGIN, size), "b", "middle")
        return _against(label, hull, upward=upward)
    corner = max(hull, key=lambda point: (point[0] - WIDTH / 2) * math.sin(turn) - point[1] * math.cos(turn))
    least = widest_piece(name, size)
    fitting = [room for room in rooms if room >= least] or [max(rooms)]
    labels = [_beside(wrap(name, room, size), corner, hull, upward=upward) for room in fitting]
    return min(labels, key=lambda label: _distance(label, corner) + 8 * len(label.lines))


def _beside(lines: tuple[str, ...], corner: Point, hull: Sequence[Point], *, upward: bool) -> Label:
    """The lines at the edge of the picture, on the side and at the height of a corner."""
    right = corner[0] > WIDTH / 2
    label = Label(WIDTH - MARGIN if right else MARGIN, 0, lines, "b", "end" if right else "start")
    return _against(label, hull, upward=upward, beside=corner[1])


def _against(label: Label, hull: Sequence[Point], *, upward: bool, beside: float = 0.0) -> Label:
    """The label moved up or down until it just touches the hull; at the height `beside` where nothing is in its way."""
    box = label.box
    middle = beside - (box.top + box.bottom) / 2
    edge = _edge(hull, box.left, box.right, upward=upward)
    if edge is None:
        return Label(label.x, middle, label.lines, label.look, label.anchor)
    y = min(middle, edge - box.bottom) if upward else max(middle, edge - box.top)
    return Label(label.x, y, label.lines, label.look, label.anchor)


def _distance(label: Label, corner: Point) -> float:
    box = label.box
    dx = max(box.left - corner[0], 0, corner[0] - box.right)
    dy = max(box.top - corner[1], 0, corner[1] - box.bottom)
    return math.hypot(dx, dy)


def _edge(hull: Sequence[Point], left: float, right: float, *, upward: bool) -> float | None:
    """How far the hull reaches up (or down) between two x; None when it does not reach there at all."""
    heights = [y for x, y in hull if left <= x <= right]
    for (x1, y1), (x2, y2) in zip(hull, (*hull[1:], hull[0]), strict=True):
        heights += [
            y1 + (y2 - y1) * (x - x1) / (x2 - x1) for x in (left, right) if x1 != x2 and min(x1, x2) <= x <= max(x1, x2)
        ]
    if not heights:
        return None
    return min(heights) if upward else max(heights)


def _lines_below(y: float, words: Sequence[str]) -> list[Label]:
    """What the rings mean, on one line or on two of about the same length."""
    size = size_of("m")
    told = [f"{LOWEST + at} {word}" for at, word in enumerate(words)]
    half = (len(told) + 1) // 2
    whole = " · ".join(told)
    if width(whole, size) <= WIDTH - 2 * MARGIN:
        return [Label(WIDTH / 2, y, (whole,), "m", "middle")]
    return [Label(WIDTH / 2, y, (" · ".join(told[:half]), " · ".join(told[half:])), "m", "middle")]


def _named_below(y: float, names: Sequence[str]) -> list[Label]:
    labels: list[Label] = []
    for index, name in enumerate(names):
        lines = wrap(name, WIDTH - 2 * MARGIN - 34, size_of("t"))
        labels += [Label(26, y, (str(index + 1),), "b", "end"), Label(38, y, lines, "t")]
        y += LINE * len(lines) + 5
    return labels
