"""How wide the columns of a table are: as much as their words ask, and no word broken while there is room.

PURE.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from app.charts.text import width
from app.papers.markup import BREAK, Element

ROOM: Final = 490.0             # points between the margins
BESIDE: Final = 290.0           # the same beside a picture
SIZE: Final = 9.0               # of the letters
SMALL: Final = 8.0              # the same where the words do not fit otherwise
PADDING: Final = 9.0            # left and right of a cell together
INDENT: Final = 9.0
PICTURE: Final = 140.0
_MOST: Final = 300.0            # what a column of sentences asks for at most
_OURS: Final = .95              # the letters on paper beside the widest that a screen may use


@dataclass(frozen=True, slots=True)
class Columns:
    """The share of the room that each column gets, the size of the letters, and whether words must be broken."""

    wide: tuple[float, ...]
    size: float
    broken: bool


def columns(table: Element, room: float = ROOM, largest: float = SIZE) -> Columns:
    """`room`: how many points wide the table may be; `largest`: the size of its letters where all words fit."""
    rows = [[cell for cell in row.inside if isinstance(cell, Element)] for row in table.of("tr")]
    plain = [row for row in rows if not any("colspan" in cell.given for cell in row)]
    count = max((len(row) for row in rows), default=0)
    figures = {at for at in range(count) if all("num" in row[at].look for row in plain if at < len(row))}
    for size in (largest, SMALL):
        needs = [_needs([row[at] for row in plain if at < len(row)], size) for at in range(count)]
        least, most = [low for low, _ in needs], [high for _, high in needs]
        if sum(least) <= room:
            return Columns(_shared(least, most, figures, room), size, False)
    return Columns(tuple(round(one * room / sum(least), 1) for one in least), SMALL, True)


def _shared(least: Sequence[float], most: Sequence[float], figures: set[int], room: float) -> tuple[float, ...]:
    """Columns of figures first, the narrow ones before the wide, for their lines are short; the rest to sentences."""
    rest = room - sum(low for at, low in enumerate(least) if at not in figures)
    even = min(max((most[at] for at in figures), default=0.0), room)
    while even > 1 and sum(_within(least[at], even, most[at]) for at in figures) > rest:
        even -= 1
    wide = [_within(low, even, most[at]) if at in figures else low for at, low in enumerate(least)]
    wants = [high - low for low, high in zip(wide, most, strict=True)]
    spare = max(0.0, room - sum(wide))
    share = min(1.0, spare / (sum(wants) or 1.0))
    return tuple(round(low + want * share, 1) for low, want in zip(wide, wants, strict=True))


def _within(least: float, even: float, most: float) -> float:
    return max(least, min(even, most))


def _needs(cells: Sequence[Element], size: float) -> tuple[float, float]:
    """The widest word of a column, and its widest line when nothing is broken."""
    words, lines = [PADDING], [PADDING]
    for cell in cells:
        inset = PADDING + (INDENT if cell.given.get("scope") == "row" else 0)
        if cell.of("img"):
            words.append(PICTURE + inset)
        for text in _texts(cell):
            words += (inset + _OURS * width(one, size) for one in text.replace(BREAK, " ").split())
            lines.append(inset + min(_OURS * width(text, size), _MOST))
    return max(words), max(*words, *lines)


def _texts(cell: Element) -> Iterator[str]:
    """What stands on a line of its own as long as there is room."""
    text = ""
    for one in cell.inside:
        if isinstance(one, str):
            text += one
        elif one.tag == "br":
            yield text
            text = ""
        elif one.inline:
            *whole, last = [*_texts(one)] or [""]
            for piece in whole:
                yield text + piece
                text = ""
            text += last
        else:
            yield from (text, *_texts(one))
            text = ""
    yield text
