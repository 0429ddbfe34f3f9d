"""What figures over people are cut by, and the text that stands for a cell. PURE."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from itertools import combinations
from typing import Final

from app.measurement.snapshots import SMALL_TEAMS, TEAM, Cell


class Kind(enum.StrEnum):
    """What a stored figure is about. Base figures first; the others are made of these, or count people."""

    NEED = "behoefte"
    WISH = "wens"
    NEED_TOGETHER = "behoefte-samen"
    WISH_TOGETHER = "wens-samen"
    PEOPLE = "mensen"


class Cut(enum.StrEnum):
    """What a dienst can let its figures be cut by, beside the team, which always is."""

    SECTOR = "sector"
    CLUSTER = "cluster"
    PROFILE = "functieprofiel"
    TRAINED = "opleiding"


MOST_CUTS: Final = 2
"""So many at once beside the team (ours): each divides the teams further, and below five people nothing is left."""

MOMENT: Final = "moment"
EARLIER: Final = "eerder"
"""Where a cell has this, it counts the measurement before the latest one: to see what moved."""

NO_TEAM: Final = "zonder"
NOTHING: Final = "geen"
"""The value of who has no team, and of who has no sector or cluster."""

TRAINED: Final = "ja"
UNTRAINED: Final = "nee"

WHOLE: Final = ""
"""The text of everybody together."""


def text_of(cell: Cell) -> str:
    """`team=3&sector=po`: the cuts by name; values hold neither sign."""
    return "&".join(f"{cut}={value}" for cut, value in sorted(cell))


def cell_in(text: str) -> Cell:
    """The cell of which this is the text."""
    return tuple((cut, value) for cut, _, value in (pair.partition("=") for pair in text.split("&") if pair))


def wider(cell: Cell) -> Iterator[Cell]:
    """Every cell that this one is a part of, but itself; what counts an earlier measurement never meets the rest."""
    kept = tuple(pair for pair in cell if pair[0] == MOMENT)
    free = tuple(pair for pair in cell if pair[0] != MOMENT)
    for size in range(len(free)):
        for some in combinations(free, size):
            yield tuple(sorted((*some, *kept)))


def of_small_teams(cell: Cell) -> bool:
    return (TEAM, SMALL_TEAMS) in cell
