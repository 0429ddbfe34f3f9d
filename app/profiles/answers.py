"""The answers of one competency in words, and what would be a next step.

PURE. Nothing is calculated with answers here: the scores of a profile come from its cells.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.competencies.catalog import Asked, Catalog

MOST_TO_NAME: Final = 2
"""More statements with the same lowest answer do not point anywhere (ours)."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement with what was said: a point of the scale, or why it could not be said, or neither when skipped.

    `earlier` is the point given last time to the same statement in the same wording.
    """

    code: str
    text: str
    score: int | None
    said: str | None
    reason: str | None = None
    earlier: str | None = None


def statements(
    asked: Asked, catalog: Catalog, answers: Mapping[str, int | str], earlier: Mapping[str, float]
) -> tuple[Statement, ...]:
    """The statements of one competency with the answers given now and, where comparable, last time."""
    points = {point.score: point.short for point in catalog.scales.adult.points}
    cannot = catalog.scales.adult.cannot_say
    reasons = {reason.code: reason.self for reason in cannot.reasons}
    told = []
    for indicator in asked.indicators:
        answer = answers.get(indicator.code)
        before = earlier.get(indicator.code)
        told.append(
            Statement(
                indicator.code,
                indicator.self,
                score=answer if isinstance(answer, int) else None,
                said=points[answer] if isinstance(answer, int) else cannot.label if answer else None,
                reason=reasons.get(answer) if isinstance(answer, str) else None,
                earlier=None if before is None else points.get(round(before)),
            )
        )
    return tuple(told)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the answers suggest: the statements said least often, or why none of them stands out."""

    to_show_more: tuple[Statement, ...]
    all_always: bool = False


def next_step(said: tuple[Statement, ...], highest: int = 5) -> NextStep | None:
    """The one or two statements with the lowest answer; none stands out when more share it. None without answers."""
    scored = [(statement.score, statement) for statement in said if statement.score is not None]
    if not scored:
        return None
    lowest = min(score for score, _ in scored)
    if lowest == highest:
        return NextStep((), all_always=True)
    named = tuple(statement for score, statement in scored if score == lowest)
    return NextStep(named if len(named) <= MOST_TO_NAME else ())
