"""Aspect, role and professionaliteit: means of what is published, and of nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from app.measurement.scale import Bound
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
        raise NotImplementedError


def aspect_scores(aspects: Iterable[AspectParts], figures: Iterable[Cell | Others]) -> tuple[RollUp, ...]:
    """The aspects that may be shown for one group; an aspect that is not there is not measured."""
    raise NotImplementedError


def role_scores(roles: Iterable[RoleParts], figures: Iterable[Cell | Others]) -> tuple[RollUp, ...]:
    """The roles measured for one group; a role that is not there is 'nog niet gemeten'."""
    raise NotImplementedError


def professionaliteit_scores(
    professionaliteiten: Iterable[ProfessionaliteitParts], aspects: Iterable[RollUp]
) -> tuple[RollUp, ...]:
    """The professionaliteiten that may be shown for one group, as means of its aspect scores."""
    raise NotImplementedError
