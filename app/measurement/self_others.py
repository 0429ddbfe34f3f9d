"""Self and others: the score somebody gives herself beside the figure of the others, and which of six cells that makes.

Works on published figures only: whoever has the page can recalculate it.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from app.measurement.scale import (
    DISTINCT_FROM,
    SELF_ERROR,
    SURE,
    VALID_SHARE,
    Group,
    exact,
    mean_of,
    one_decimal,
    rule_of,
)
from app.measurement.scoring import Cell, Others, others

Asked: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]
"""Published group → competency → the indicators that anybody in that group was asked."""


class Place(enum.Enum):
    """Where a competency stands: do self and others differ, and do others see it as often as the work asks?"""

    SHARED_STRENGTH = enum.auto()
    SHARED_NEED = enum.auto()
    HIDDEN_STRENGTH = enum.auto()
    STRICTER_ON_SELF = enum.auto()
    STRENGTH_SEEN_LESS = enum.auto()
    POSSIBLE_BLIND_SPOT = enum.auto()


@dataclass(frozen=True)
class SelfOthers:
    """One competency: `own` is zelf over the same indicators, groups and weights as `others`, with one decimal.

    `difference` is own − others, exactly that of the two figures. Where others stands at a cap (others.bound) the
    difference is one with the cap.
    """

    competency_code: str
    own: float
    others: Others
    difference: float
    distinct: bool
    place: Place


def self_and_others(
    own: Iterable[Cell], groups: Iterable[Cell], asked: Asked, target: Callable[[str], float]
) -> tuple[SelfOthers, ...]:
    """Every competency with a figure of the others that zelf can be set beside, in the order of the groups' cells.

    own = Σ n_g·z_g / Σ n_g with z_g the mean of her answers to what group g was asked, over the shown anonymous adult
    groups; rounded once. A competency is absent when she has no score there, or answered less than half of what one of
    these groups was asked. `groups` may hold cells of any group. ValueError when `own` holds cells of other groups
    than zelf; KeyError for a shown group of which `asked` does not say what it was asked.
    """
    answers = {}
    for cell in own:
        if cell.group != Group.SELF:
            raise ValueError(f"{cell.group} is not zelf")
        answers[cell.competency_code] = cell.indicator_means
    shown = [cell for cell in groups if rule_of(cell.group).in_others]
    found = []
    for one in others(shown):
        code = one.competency_code
        score = _own(answers.get(code, {}), [cell for cell in shown if cell.competency_code == code], asked)
        if score is not None:
            found.append(_beside(score, one, target(code)))
    return tuple(found)


def is_distinct(difference: Fraction, error: float) -> bool:
    """|D| ≥ 0.5 and |D| ≥ 1.645·√(SE_anderen² + 0.3²)."""
    size = abs(difference)
    return size >= DISTINCT_FROM and size >= SURE * math.hypot(error, SELF_ERROR)


def place_of(difference: Fraction, *, distinct: bool, reached: bool) -> Place:
    """The cell of the table; `reached`: others ≥ the target score."""
    if not distinct:
        return Place.SHARED_STRENGTH if reached else Place.SHARED_NEED
    if difference < 0:
        return Place.HIDDEN_STRENGTH if reached else Place.STRICTER_ON_SELF
    return Place.STRENGTH_SEEN_LESS if reached else Place.POSSIBLE_BLIND_SPOT


def _own(answers: Mapping[str, float], cells: list[Cell], asked: Asked) -> float | None:
    total, raters = Fraction(0), 0
    for cell in cells:
        codes = asked[cell.group][cell.competency_code]
        said = [exact(answers[code]) for code in codes if code in answers]
        if not said or len(said) < VALID_SHARE * len(codes):
            return None
        total += cell.raters * mean_of(said)
        raters += cell.raters
    return one_decimal(total / raters)


def _beside(own: float, other: Others, target: float) -> SelfOthers:
    difference = exact(own) - exact(other.mean)
    distinct = is_distinct(difference, other.standard_error)
    place = place_of(difference, distinct=distinct, reached=exact(other.mean) >= exact(target))
    return SelfOthers(other.competency_code, own, other, float(difference), distinct, place)
