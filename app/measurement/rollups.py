"""Aspect, role and professionaliteit: means of what is published, and of nothing else.

Each is rounded half up to one decimal, and the next step up goes on from that: every figure on a page can be
recalculated from the other figures on it. A roll-up takes the smallest n of its parts for the display rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from app.measurement.scale import (
    ALSO_ROLE_WEIGHT,
    MAIN_ROLE_WEIGHT,
    MIN_ROLE_COMPETENCIES,
    PART_SHOWN_FROM,
    Bound,
    bound_of,
    caps_of,
    exact,
    published,
)
from app.measurement.scoring import Cell, Others


@dataclass(frozen=True)
class AspectParts:
    """An aspect and all its competencies."""

    code: str
    competencies: tuple[str, ...]


@dataclass(frozen=True)
class RoleParts:
    """A role: the competencies it is the hoofdrol of, and those that are 'ook voor' it."""

    code: str
    main: tuple[str, ...]
    also: tuple[str, ...]


@dataclass(frozen=True)
class ProfessionaliteitParts:
    """A professionaliteit and all its aspects."""

    code: str
    aspects: tuple[str, ...]


@dataclass(frozen=True)
class RollUp:
    """A mean over parts, for one group: `parts` of `total` were measured ('3 van 4'), the smallest n is `smallest`."""

    group: str
    code: str
    mean: float
    smallest: int
    parts: int
    total: int

    @property
    def bound(self) -> Bound:
        """Whether the mean reads '… of hoger' or '… of lager'."""
        return bound_of(self.mean, caps_of(self.group, self.smallest))


Figure: TypeAlias = Cell | Others | RollUp


def aspect_scores(aspects: Iterable[AspectParts], figures: Iterable[Cell | Others]) -> tuple[RollUp, ...]:
    """The aspects that may be shown, from the figures of one group; an aspect that is not there is not measured."""
    known = _by_code((figure.competency_code, figure) for figure in figures)
    scores = (_evenly(aspect.code, aspect.competencies, known) for aspect in aspects)
    return tuple(score for score in scores if score is not None)


def role_scores(roles: Iterable[RoleParts], figures: Iterable[Cell | Others]) -> tuple[RollUp, ...]:
    """The roles measured, from the figures of one group; a role that is not there is 'nog niet gemeten'."""
    known = _by_code((figure.competency_code, figure) for figure in figures)
    scores = (_role(role, known) for role in roles)
    return tuple(score for score in scores if score is not None)


def professionaliteit_scores(
    professionaliteiten: Iterable[ProfessionaliteitParts], aspects: Iterable[RollUp]
) -> tuple[RollUp, ...]:
    """The professionaliteiten that may be shown, as means of the aspect scores of one group."""
    known = _by_code((aspect.code, aspect) for aspect in aspects)
    scores = (_evenly(one.code, one.aspects, known) for one in professionaliteiten)
    return tuple(score for score in scores if score is not None)


def _by_code(figures: Iterable[tuple[str, Figure]]) -> Mapping[str, Figure]:
    known: dict[str, Figure] = {}
    for code, figure in figures:
        if code in known:
            raise ValueError(f"two figures for {code}: roll up one group of one measurement at a time")
        known[code] = figure
    if len(groups := {figure.group for figure in known.values()}) > 1:
        raise ValueError(f"groups are never averaged with each other here: {sorted(groups)}")
    return known


def _evenly(code: str, parts: tuple[str, ...], known: Mapping[str, Figure]) -> RollUp | None:
    measured = [known[part] for part in parts if part in known]
    if not measured or len(measured) < PART_SHOWN_FROM * len(parts):
        return None
    return _roll_up(code, [(Fraction(1), figure) for figure in measured], len(parts))


def _role(role: RoleParts, known: Mapping[str, Figure]) -> RollUp | None:
    main = [(MAIN_ROLE_WEIGHT, known[part]) for part in role.main if part in known]
    also = [(ALSO_ROLE_WEIGHT, known[part]) for part in role.also if part in known]
    if not main or len(main) + len(also) < MIN_ROLE_COMPETENCIES:
        return None
    return _roll_up(role.code, main + also, len(role.main) + len(role.also))


def _roll_up(code: str, weighted: list[tuple[Fraction, Figure]], total: int) -> RollUp:
    group = weighted[0][1].group
    smallest = min(figure.smallest for _, figure in weighted)
    weights = sum(weight for weight, _ in weighted)
    mean = Fraction(sum(weight * exact(figure.mean) for weight, figure in weighted), weights)
    return RollUp(group, code, published(mean, caps_of(group, smallest)), smallest, len(weighted), total)
