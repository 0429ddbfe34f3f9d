"""PURE: what will probably be shown when so many people are asked (measurement.md §10).

Made beforehand with the rules themselves (bench/forecast.py), for the question set *kern* and the standard minimums; a
raised minimum or another set shows fewer or other subjects.
"""

from __future__ import annotations

import enum
import functools
import json
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("forecast.json")


@dataclass(frozen=True, slots=True)
class Forecast:
    """Of how many of the competencies asked the others' answers will be shown, on average."""

    shown: int
    total: int


class Enough(enum.Enum):
    """Whether enough people of a group are asked."""

    TOO_FEW = enum.auto()
    TIGHT = enum.auto()
    GOOD = enum.auto()


@dataclass(frozen=True, slots=True)
class Table:
    """What was simulated: `apart` and `small_circle` by colleagues, schools and clients asked, each from nobody on."""

    total: int
    apart: list[list[list[int]]]
    small_circle: list[list[list[int]]]


def forecast(colleagues: int, schools: int, clients: int, *, small_circle: bool) -> Forecast:
    """For so many people invited; beyond the table what stands at its edge."""
    table = simulated()
    counts = table.small_circle if small_circle else table.apart
    by_school = counts[min(colleagues, len(counts) - 1)]
    by_client = by_school[min(schools, len(by_school) - 1)]
    return Forecast(by_client[min(clients, len(by_client) - 1)], table.total)


def enough(count: int, minimum: int, advice: int) -> Enough:
    """By the k of the group and how many it is wise to ask: k alone is too few, since not everybody answers."""
    if count <= minimum:
        return Enough.TOO_FEW
    return Enough.GOOD if count >= advice else Enough.TIGHT


@functools.cache
def simulated() -> Table:
    return Table(**json.loads(TABLE.read_text(encoding="utf-8")))
