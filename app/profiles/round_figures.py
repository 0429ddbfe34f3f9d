"""The figures of one round about one person: each aspect, competency and role, by everybody who looked at it.

PURE. Made of published figures alone. Zelf stands everywhere as it can be set beside the others: over the same
indicators, groups and weights, and in a roll-up over the same competencies.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final, TypeAlias

from app.competencies.catalog import Catalog
from app.competencies.parts import Competency
from app.measurement.rollups import RollUp
from app.measurement.scale import (
    ALSO_ROLE_WEIGHT,
    ENOUGH_FOR_DETAIL,
    FIVE_POINTS,
    MAIN_ROLE_WEIGHT,
    Bound,
    Group,
    exact,
)
from app.measurement.scoring import Cell, Others, others
from app.measurement.self_others import Place, SelfOthers, is_distinct, place_of, self_and_others
from app.measurement.uncertainty import Band, band, half_width
from app.profiles.figures import RolledUp, Targets
from app.profiles.round_waves import RoundWave

UNCERTAIN_FROM: Final = 0.5
"""An 80 % band that reaches further than this to either side makes a point uncertain: it is drawn open (ours)."""

BESIDE: Final = (
    Group.TEAM_LEAD, Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.SCHOOL_AND_CLIENT, Group.SMALL_CIRCLE,
)
"""Who may stand beside the adults' figures, in this order; parents and pupils have a panel of their own."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure as it was published. Of a roll-up `raters` is the smallest n of its parts, and `parts` of `total`.

    `error` is for deciding, not for showing; None, as `band`, for who is named. `agreement`: of a group.
    """

    mean: float
    bound: Bound
    raters: int
    error: float | None
    parts: int = 0
    total: int = 0
    agreement: str | None = None

    @property
    def band(self) -> Band | None:
        """The 80 % band with one decimal."""
        return None if self.error is None else band(self.mean, self.error, self.raters, FIVE_POINTS).rounded()

    @property
    def uncertain(self) -> bool:
        """Whether fewer than five people stand behind it, or its band reaches far. Who is named is never uncertain."""
        return self.error is not None and (
            self.raters < ENOUGH_FOR_DETAIL or half_width(self.error, self.raters) > UNCERTAIN_FROM
        )


@dataclass(frozen=True, slots=True)
class RoundLine:
    """One subject. `groups`: the teamleider and every anonymous adult group that is shown, by code, in a fixed order.

    `difference` is own − others where both rest on the same; `distinct` and `place` belong to it.
    """

    code: str
    name: str
    own: Figure | None = None
    others: Figure | None = None
    groups: tuple[tuple[str, Figure], ...] = ()
    target: float | None = None
    difference: float | None = None
    distinct: bool = False
    place: Place | None = None
    slug: str = ""
    aspect: str = ""

    @property
    def shown(self) -> bool:
        """Whether anybody but she herself has a figure here."""
        return self.others is not None or bool(self.groups)

    def of(self, group: str) -> Figure | None:
        return dict(self.groups).get(group)


@dataclass(frozen=True, slots=True)
class RoundAspect:
    """An aspect of which something was asked, with its competencies that were asked."""

    line: RoundLine
    competencies: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class RoundRoles:
    """A professionaliteit with its six roles."""

    line: RoundLine
    roles: tuple[RoundLine, ...]


@dataclass(frozen=True, slots=True)
class RoundFigures:
    """Everything the page of a round shows as a number, growth apart. `groups`: those of which anything is shown."""

    catalog: Catalog
    aspects: tuple[RoundAspect, ...]
    professionaliteiten: tuple[RoundRoles, ...]
    groups: tuple[str, ...]

    @property
    def competencies(self) -> tuple[RoundLine, ...]:
        return tuple(line for aspect in self.aspects for line in aspect.competencies)

    @property
    def radar(self) -> tuple[RoundLine, ...]:
        """The aspects of the first picture, in their fixed order, also what was not asked."""
        known = {aspect.line.code: aspect.line for aspect in self.aspects}
        return tuple(known.get(a.code, RoundLine(a.code, a.name)) for a in self.catalog.radar_aspects)

    @property
    def seen_by_others(self) -> tuple[RoundLine, ...]:
        """The competencies that have a figure of the others."""
        return tuple(line for line in self.competencies if line.others is not None)

    @property
    def has_own(self) -> bool:
        return any(line.own is not None for line in self.competencies)

    def at(self, place: Place) -> tuple[RoundLine, ...]:
        """The competencies in one of the six cells."""
        return tuple(line for line in self.competencies if line.place is place)


def round_figures(catalog: Catalog, wave: RoundWave, targets: Targets) -> RoundFigures:
    """The figures of one round. KeyError for a cell of a competency that this version does not have."""
    made = _Made.of(catalog, wave, targets)
    asked = {code for group in (*BESIDE, Group.SELF) for code in wave.asked.get(group, {})}
    there = [c for c in catalog.competencies if c.code in asked]
    return RoundFigures(
        catalog=catalog,
        aspects=tuple(
            RoundAspect(
                made.aspect(aspect.code, aspect.name),
                tuple(made.competency(c) for c in there if c.aspect == aspect.code),
            )
            for aspect in catalog.aspects
            if any(c.aspect == aspect.code for c in there)
        ),
        professionaliteiten=tuple(
            RoundRoles(
                made.professionaliteit(one.code, one.name),
                tuple(made.role(role.code, role.name) for role in catalog.roles_of(one.code)),
            )
            for one in catalog.professionaliteiten
        ),
        groups=tuple(group for group in BESIDE if made.groups[group].cells),
    )


@dataclass(frozen=True, slots=True)
class _Made:
    """All figures rolled up. `beside`: zelf where it can be set beside the others; `own`: wherever she has a score."""

    catalog: Catalog
    targets: Targets
    own: RolledUp
    beside: RolledUp
    others: RolledUp
    groups: Mapping[str, RolledUp]
    goals: RolledUp
    compared: Mapping[str, SelfOthers]

    @classmethod
    def of(cls, catalog: Catalog, wave: RoundWave, targets: Targets) -> _Made:
        adults = tuple(cell for cell in wave.groups if cell.group in BESIDE)
        compared = {
            one.competency_code: one
            for one in self_and_others(wave.own, adults, wave.asked, targets.target_score)
        }
        beside = tuple(Cell(Group.SELF, code, 1, one.own) for code, one in compared.items())
        rest = tuple(cell for cell in wave.own if cell.competency_code not in compared)
        goals = (Cell(Group.SELF, c.code, 1, targets.target_score(c.code)) for c in catalog.competencies)
        return cls(
            catalog, targets,
            own=RolledUp.of(catalog, (*beside, *rest)),
            beside=RolledUp.of(catalog, beside),
            others=RolledUp.of(catalog, others(adults)),
            groups={group: RolledUp.of(catalog, (c for c in adults if c.group == group)) for group in BESIDE},
            goals=RolledUp.of(catalog, goals),
            compared=compared,
        )  # fmt: skip

    def competency(self, competency: Competency) -> RoundLine:
        code = competency.code
        found = self.compared.get(code)
        return RoundLine(
            code, competency.name,
            own=_of_cell(self.own.cells.get(code)),
            others=_of_cell(self.others.cells.get(code)),
            groups=self._groups({group: _of_cell(made.cells.get(code)) for group, made in self.groups.items()}),
            target=self.targets.target_score(code),
            difference=found.difference if found else None,
            distinct=found.distinct if found else False,
            place=found.place if found else None,
            slug=competency.slug,
            aspect=competency.aspect,
        )  # fmt: skip

    def aspect(self, code: str, name: str) -> RoundLine:
        weights = {c.code: Fraction(1) for c in self.catalog.competencies_of(code)}
        return self._rolled(code, name, weights, lambda made: made.aspects.get(code))

    def role(self, code: str, name: str) -> RoundLine:
        weights = {
            c.code: MAIN_ROLE_WEIGHT if c.main_role == code else ALSO_ROLE_WEIGHT
            for c in self.catalog.competencies_for_role(code)
        }
        return self._rolled(code, name, weights, lambda made: made.roles.get(code))

    def professionaliteit(self, code: str, name: str) -> RoundLine:
        """The mean of its aspects; how sure that is, is not said, and so nothing is made of a difference."""
        found = {group: made.professionaliteiten.get(code) for group, made in self.groups.items()}
        own, goal = self.own.professionaliteiten.get(code), self.goals.professionaliteiten.get(code)
        return RoundLine(
            code, name, _of_roll_up(own), _of_roll_up(self.others.professionaliteiten.get(code)),
            self._groups({group: _of_roll_up(one) for group, one in found.items()}), goal.mean if goal else None,
        )  # fmt: skip

    def _rolled(self, code: str, name: str, weights: Mapping[str, Fraction], kind: Kind) -> RoundLine:
        seen, beside, goal = kind(self.others), kind(self.beside), kind(self.goals)
        same = seen is not None and beside is not None and seen.parts == beside.parts
        line = RoundLine(
            code, name,
            own=_of_roll_up(beside if same else kind(self.own)),
            others=_of_roll_up(seen, self.others, weights),
            groups=self._groups({
                group: _of_roll_up(kind(made), made, weights) for group, made in self.groups.items()
            }),
            target=goal.mean if goal else None,
        )  # fmt: skip
        return _compared(line) if same else line

    def _groups(self, figures: Mapping[str, Figure | None]) -> tuple[tuple[str, Figure], ...]:
        return tuple((group, figure) for group in BESIDE if (figure := figures[group]) is not None)


Kind: TypeAlias = Callable[[RolledUp], RollUp | None]


def _compared(line: RoundLine) -> RoundLine:
    """A roll-up of which zelf and others rest on the same competencies, with the rules of one competency."""
    if line.own is None or line.others is None or line.others.error is None or line.target is None:
        return line
    difference = exact(line.own.mean) - exact(line.others.mean)
    distinct = is_distinct(difference, line.others.error)
    place = place_of(difference, distinct=distinct, reached=exact(line.others.mean) >= exact(line.target))
    return replace(line, difference=float(difference), distinct=distinct, place=place)


def _of_cell(figure: Cell | Others | None) -> Figure | None:
    if figure is None:
        return None
    agreement = figure.agreement if isinstance(figure, Cell) else None
    return Figure(figure.mean, figure.bound, figure.raters, figure.standard_error, agreement=agreement)


def _of_roll_up(
    found: RollUp | None, made: RolledUp | None = None, weights: Mapping[str, Fraction] | None = None
) -> Figure | None:
    """With a band where `made` and `weights` say what it was made of.

    Its error is the mean of those of its parts, as though they went up and down together: the same people answered
    them all, and so it is never too small (ours).
    """
    if found is None:
        return None
    error, raters = None, found.smallest
    if made is not None and weights is not None:
        parts = [(weight, made.cells[code]) for code, weight in weights.items() if code in made.cells]
        raters = min(part.raters for _, part in parts)
        errors = [(float(weight), part.standard_error) for weight, part in parts]
        if all(one is not None for _, one in errors):
            error = sum(weight * (one or 0) for weight, one in errors) / sum(weight for weight, _ in errors)
    return Figure(found.mean, found.bound, raters, error, found.parts, found.total)
