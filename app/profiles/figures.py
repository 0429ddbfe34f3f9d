"""The figures of one profile, from published cells alone: each aspect, competency, role and professionaliteit with
what it is compared with.

PURE. Nothing here sees an answer; what a roll-up is compared with is rolled up over the same competencies.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from app.competencies.catalog import Catalog
from app.competencies.parts import Aspect, Competency
from app.measurement.comparison import Obstacle, SelfDifference, SelfReading, self_differences
from app.measurement.rollups import (
    AspectParts,
    ProfessionaliteitParts,
    RoleParts,
    RollUp,
    aspect_scores,
    professionaliteit_scores,
    role_scores,
)
from app.measurement.scale import Group, exact
from app.measurement.scoring import Cell, Others


class Targets(Protocol):
    """What somebody's function asks."""

    def target_score(self, competency: str) -> float: ...
    def importance(self, competency: str) -> int: ...


@dataclass(frozen=True, slots=True)
class Taken:
    """One self-assessment as it was closed: the framework and set it used, and its cells."""

    catalog: Catalog
    question_set: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One figure with its name, its target and the earlier figure; None where there is nothing to show.

    `obstacle` says why there is no `difference`; both are None without an earlier self-assessment. A roll-up rests on
    `parts` of `total`; without a score these count the competencies that have one. A competency has an `importance`.
    """

    code: str
    name: str
    score: float | None
    target: float | None = None
    earlier: float | None = None
    difference: float | None = None
    obstacle: Obstacle | None = None
    parts: int = 0
    total: int = 0
    importance: int | None = None


@dataclass(frozen=True, slots=True)
class CompetencyLine(Line):
    slug: str = ""
    aspect: str = ""


@dataclass(frozen=True, slots=True)
class AspectLines:
    """An aspect of which something was asked, with its competencies that were asked."""

    line: Line
    competencies: tuple[CompetencyLine, ...]


@dataclass(frozen=True, slots=True)
class RoleLines:
    """A professionaliteit with its six roles."""

    line: Line
    roles: tuple[Line, ...]

    @property
    def measured(self) -> bool:
        """Whether any of the roles has a score."""
        return any(role.score is not None for role in self.roles)


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything the profile page shows as a number."""

    catalog: Catalog
    aspects: tuple[AspectLines, ...]
    professionaliteiten: tuple[RoleLines, ...]
    not_asked: tuple[Aspect, ...]

    @property
    def competencies(self) -> tuple[CompetencyLine, ...]:
        return tuple(line for aspect in self.aspects for line in aspect.competencies)

    @property
    def measured(self) -> int:
        """How many competencies have a score."""
        return sum(line.score is not None for line in self.competencies)

    @property
    def few(self) -> bool:
        """Whether fewer than half of what was asked has a score: too little to say what stands out (ours)."""
        return 2 * self.measured < len(self.competencies)


def figures(now: Taken, targets: Targets, earlier: Taken | None = None) -> Figures:
    """The figures of one self-assessment, beside those of an earlier one where there is one."""
    catalog = now.catalog
    scores = RolledUp.of(catalog, now.cells)
    # The weights and rounding of the score, over all competencies: a target is the same whatever was measured.
    goals = RolledUp.of(
        catalog, (Cell(Group.SELF, c.code, 1, targets.target_score(c.code)) for c in catalog.competencies)
    )
    before = _Before.of(now, earlier)
    asked = [page.competency for page in catalog.asked(now.question_set, Group.SELF)]
    lines = _Lines(scores, goals, before)
    return Figures(
        catalog=catalog,
        aspects=tuple(
            AspectLines(
                lines.roll_up(_aspects, aspect.code, aspect.name, _codes(catalog.competencies_of(aspect.code))),
                tuple(_competency(c, lines, targets) for c in asked if c.aspect == aspect.code),
            )
            for aspect in catalog.aspects
            if any(c.aspect == aspect.code for c in asked)
        ),
        professionaliteiten=tuple(
            RoleLines(
                lines.roll_up(
                    _professionaliteiten,
                    one.code,
                    one.name,
                    _codes(c for c in catalog.competencies if c.professionaliteit == one.code),
                ),
                tuple(
                    lines.roll_up(_roles, role.code, role.name, _codes(catalog.competencies_for_role(role.code)))
                    for role in catalog.roles_of(one.code)
                ),
            )
            for one in catalog.professionaliteiten
        ),
        not_asked=tuple(a for a in catalog.aspects if all(c.aspect != a.code for c in asked)),
    )


@dataclass(frozen=True, slots=True)
class RolledUp:
    """The cells of one group, or the figures of the others, with everything made of them, by code."""

    cells: Mapping[str, Cell | Others]
    aspects: Mapping[str, RollUp]
    roles: Mapping[str, RollUp]
    professionaliteiten: Mapping[str, RollUp]

    @classmethod
    def of(cls, catalog: Catalog, cells: Iterable[Cell | Others]) -> RolledUp:
        cells = tuple(cells)
        aspects = aspect_scores(
            (AspectParts(a.code, _codes(catalog.competencies_of(a.code))) for a in catalog.aspects), cells
        )
        roles = role_scores((role_parts(catalog, role.code) for role in catalog.roles), cells)
        whole = professionaliteit_scores(
            (
                ProfessionaliteitParts(p.code, tuple(a.code for a in catalog.aspects_of(p.code)))
                for p in catalog.professionaliteiten
            ),
            aspects,
        )
        return cls(
            {cell.competency_code: cell for cell in cells},
            {score.code: score for score in aspects},
            {score.code: score for score in roles},
            {score.code: score for score in whole},
        )


@dataclass(frozen=True, slots=True)
class _Before:
    """The earlier self-assessment, rolled up over the parts of this one, and how each competency compares."""

    scores: RolledUp
    differences: Mapping[str, SelfDifference]

    @classmethod
    def of(cls, now: Taken, earlier: Taken | None) -> _Before | None:
        if earlier is None:
            return None
        differences = self_differences(
            SelfReading(now.cells, wordings(now)), SelfReading(earlier.cells, wordings(earlier))
        )
        known = {competency.code for competency in now.catalog.competencies}
        cells = tuple(cell for cell in earlier.cells if cell.competency_code in known)
        return cls(RolledUp.of(now.catalog, cells), {d.competency_code: d for d in differences})

    def same_parts(self, parts: tuple[str, ...], now: Mapping[str, Cell | Others]) -> bool:
        """Whether both measured the same of these competencies, asked in the same wording."""
        scored = {code for code in parts if code in now}
        return scored == {code for code in parts if code in self.scores.cells} and all(
            self.differences[code].obstacle is None for code in scored
        )


Kind: TypeAlias = Callable[[RolledUp], Mapping[str, RollUp]]


def _aspects(made: RolledUp) -> Mapping[str, RollUp]:
    return made.aspects


def _roles(made: RolledUp) -> Mapping[str, RollUp]:
    return made.roles


def _professionaliteiten(made: RolledUp) -> Mapping[str, RollUp]:
    return made.professionaliteiten


@dataclass(frozen=True, slots=True)
class _Lines:
    scores: RolledUp
    goals: RolledUp
    before: _Before | None

    def roll_up(self, kind: Kind, code: str, name: str, parts: tuple[str, ...]) -> Line:
        score = kind(self.scores).get(code)
        goal = kind(self.goals).get(code)
        target = goal.mean if goal else None
        if score is None:
            measured = sum(part in self.scores.cells for part in parts)
            return Line(code, name, None, target, parts=measured, total=len(parts))
        if self.before is None:
            return Line(code, name, score.mean, target, parts=score.parts, total=score.total)
        earlier = kind(self.before.scores).get(code)
        obstacle: Obstacle | None = None
        shown: float | None = None
        difference: float | None = None
        if earlier is None:
            obstacle = Obstacle.NO_EARLIER_SCORE
        elif not self.before.same_parts(parts, self.scores.cells):
            obstacle = Obstacle.OTHER_QUESTIONS
        else:
            shown = earlier.mean
            difference = float(exact(score.mean) - exact(earlier.mean))
        return Line(code, name, score.mean, target, shown, difference, obstacle, score.parts, score.total)


def _competency(competency: Competency, lines: _Lines, targets: Targets) -> CompetencyLine:
    cell = lines.scores.cells.get(competency.code)
    against = lines.before.differences.get(competency.code) if lines.before else None
    return CompetencyLine(
        competency.code,
        competency.name,
        cell.mean if cell else None,
        targets.target_score(competency.code),
        against.earlier if against and against.obstacle is None else None,
        against.difference if against else None,
        against.obstacle if against else None,
        importance=targets.importance(competency.code),
        slug=competency.slug,
        aspect=competency.aspect,
    )


def wordings(taken: Taken) -> Mapping[str, Mapping[str, str]]:
    """Per competency the self wording of every indicator that was asked."""
    return {
        page.competency.code: {indicator.code: indicator.self for indicator in page.indicators}
        for page in taken.catalog.asked(taken.question_set, Group.SELF)
    }


def role_parts(catalog: Catalog, role: str) -> RoleParts:
    return RoleParts(
        role,
        main=tuple(c.code for c in catalog.competencies if c.main_role == role),
        also=tuple(c.code for c in catalog.competencies if role in c.also_roles),
    )


def _codes(competencies: Iterable[Competency]) -> tuple[str, ...]:
    return tuple(competency.code for competency in competencies)
