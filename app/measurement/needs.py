"""What a person needs most (measurement.md §7): the gap to the target, weighed by how much it matters for the job."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.scale import exact

GAP_IGNORED_BELOW: Final = Fraction(3, 10)
"""A smaller gap is no need (design)."""

NOT_AT_ISSUE: Final = 1
"""The importance (belang) that takes a competency out: 'niet aan de orde' (design)."""


class Basis(enum.StrEnum):
    """Whose score counts. SELF reads 'alleen zelfbeeld'."""

    OTHERS = "anderen"
    SELF = "zelf"


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one person brings to the figures of one competency, by one measurement.

    `importance` is the belang, `target` the doelscore, as they stood when this measurement was counted first. Who finds
    a competency 'niet aan de orde' (belang 1) does not contribute: ValueError.
    """

    person: int
    measurement: int
    importance: int
    target: float
    score: float
    basis: Basis

    def __post_init__(self) -> None:
        if self.importance == NOT_AT_ISSUE:
            raise ValueError("what is not at issue in somebody's job is no part of a need")


def gap(score: float, target: float) -> Fraction:
    """max(0, doelscore − score), and zero below 0.3."""
    found = exact(target) - exact(score)
    return found if found >= GAP_IGNORED_BELOW else Fraction(0)


def need(score: float, target: float, importance: int) -> Fraction:
    """max(0, doelscore − score) × belang; zero below a gap of 0.3 and for what is not at issue in the job."""
    return Fraction(0) if importance == NOT_AT_ISSUE else gap(score, target) * importance


def contribution(
    person: int, measurement: int, importance: int, target: float, others: float | None, own: float | None
) -> Contribution | None:
    """What somebody contributes: by the published score of the others, else by her own; None without either.

    None too for what is not at issue in her job. `own` is None where a zelfbeeld may not count.
    """
    score, basis = (own, Basis.SELF) if others is None else (others, Basis.OTHERS)
    if importance == NOT_AT_ISSUE or score is None:
        return None
    return Contribution(person, measurement, importance, target, score, basis)
