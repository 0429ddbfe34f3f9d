"""Two self-assessments of one person side by side. A plain difference: no uncertainty, and not the growth of §6."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class SelfDifference:
    """A competency scored now, beside the earlier score; `difference` is there when there is no `obstacle`."""

    competency_code: str
    now: float
    earlier: float | None
    difference: float | None
    obstacle: Obstacle | None


def self_differences(now: SelfReading, earlier: SelfReading) -> Iterable[SelfDifference]:
    """Every competency scored now, compared with the earlier self-assessment where the same was asked."""
    raise NotImplementedError
