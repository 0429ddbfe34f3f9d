"""Two self-assessments of one person side by side. A plain difference: no uncertainty, and not the growth of §6."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from app.measurement.scale import Group, exact
from app.measurement.scoring import Cell


class Obstacle(enum.Enum):
    """Why two scores may not be subtracted."""

    NO_EARLIER_SCORE = enum.auto()
    OTHER_QUESTIONS = enum.auto()


@dataclass(frozen=True)
class SelfReading:
    """One finished self-assessment: its cells, and per competency the wording of every indicator that was asked."""

    cells: tuple[Cell, ...]
    wordings: Mapping[str, Mapping[str, str]]

    def __post_init__(self) -> None:
        if any(cell.group != Group.SELF for cell in self.cells):
            raise ValueError("only cells of zelf are compared this way")


@dataclass(frozen=True)
class SelfDifference:
    """A competency scored now, beside the earlier score; `difference` is there when there is no `obstacle`."""

    competency_code: str
    now: float
    earlier: float | None
    difference: float | None
    obstacle: Obstacle | None


def self_differences(now: SelfReading, earlier: SelfReading) -> tuple[SelfDifference, ...]:
    """Every competency scored now beside the earlier score, subtracted where the same was asked in the same wording."""
    before = {cell.competency_code: cell for cell in earlier.cells}
    return tuple(_difference(now, cell, earlier, before.get(cell.competency_code)) for cell in now.cells)


def _difference(now: SelfReading, cell: Cell, earlier: SelfReading, previous: Cell | None) -> SelfDifference:
    code = cell.competency_code
    if previous is None:
        return SelfDifference(code, cell.mean, None, None, Obstacle.NO_EARLIER_SCORE)
    if now.wordings[code] != earlier.wordings[code]:
        return SelfDifference(code, cell.mean, previous.mean, None, Obstacle.OTHER_QUESTIONS)
    return SelfDifference(code, cell.mean, previous.mean, float(exact(cell.mean) - exact(previous.mean)), None)
