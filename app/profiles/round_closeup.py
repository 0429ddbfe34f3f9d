"""One competency of a round from close by: what each group said, and how it stands beside one's own view.

PURE. From published cells alone; what has no cell has no figure here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from app.competencies.parts import Competency, Indicator
from app.measurement.growth import Growth, Wave, growth
from app.measurement.scale import ENOUGH_FOR_DETAIL, MIN_INDICATORS, Bound, Group, bound_of, caps_of
from app.measurement.scoring import Cell, Others, others
from app.measurement.self_others import SelfOthers, self_and_others

Asked: TypeAlias = Mapping[str, Mapping[str, tuple[str, ...]]]

ADULTS: Final = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.SCHOOL_AND_CLIENT, Group.SMALL_CIRCLE)
"""The anonymous adults in the order of a page."""

_APART: Final = (Group.PARENT, Group.PUPIL)      # a theme may bear the code of a competency


@dataclass(frozen=True, slots=True)
class Figure:
    """A published mean, and whether it reads '… of hoger' or '… of lager'."""

    mean: float
    bound: Bound = Bound.EXACT


@dataclass(frozen=True, slots=True)
class Answered:
    """What one group said of one statement: a figure, or none because it was not asked or could not be said."""

    group: str
    figure: Figure | None
    asked: bool


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A statement with what everybody said of it who has a column: see CloseUp.columns."""

    indicator: Indicator
    said: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class CloseUp:
    """One competency. `groups`: the anonymous adults that are shown. `columns`: who has a mean for each statement.

    `thin`: groups that are shown without one. `absent`: groups that were asked and are not shown, whether none of them
    could say something or two. `not_asked`: groups of the round that were asked too little about this.
    """

    competency: Competency
    target: float
    own: Cell | None
    lead: Cell | None
    groups: tuple[Cell, ...]
    others: Others | None
    beside: SelfOthers | None
    columns: tuple[str, ...]
    thin: tuple[str, ...]
    absent: tuple[str, ...]
    not_asked: tuple[str, ...]
    statements: tuple[StatementLine, ...]

    @property
    def measured(self) -> bool:
        return bool(self.own or self.lead or self.groups)

    @property
    def own_beside(self) -> Cell | None:
        """Zelf as it stands beside the others: over the same statements where that can be, else over all of hers."""
        return replace(self.own, mean=self.beside.own) if self.own and self.beside else self.own


def close_up(competency: Competency, cells: Iterable[Cell], asked: Asked, target: float) -> CloseUp:
    """What the cells of a measurement say of one competency; `asked` as in measurement.self_others."""
    code = competency.code
    found = {cell.group: cell for cell in cells if cell.competency_code == code and cell.group not in _APART}
    own, lead = found.get(Group.SELF), found.get(Group.TEAM_LEAD)
    groups = tuple(found[group] for group in ADULTS if group in found)
    named = tuple(cell for cell in (own, lead) if cell is not None)
    shown = (*named, *(cell for cell in groups if cell.indicator_means))
    beside = self_and_others([own] if own else [], groups, asked, lambda _code: target)
    enough = {group: len(asked.get(group, {}).get(code, ())) >= MIN_INDICATORS for group in ADULTS if group in asked}
    return CloseUp(
        competency,
        target,
        own,
        lead,
        groups,
        next(iter(others(groups)), None),
        next(iter(beside), None),
        tuple(cell.group for cell in shown),
        tuple(cell.group for cell in groups if not cell.indicator_means),
        tuple(group for group in enough if enough[group] and group not in found),
        tuple(group for group in enough if not enough[group]),
        tuple(_statements(competency, shown, asked)),
    )


def grown(code: str, before: Wave, now: Wave) -> tuple[Growth, ...]:
    """How one competency changed since an earlier round: the others first, then each adult group."""
    both = growth(_only(code, before), _only(code, now))
    return tuple(sorted(both, key=lambda one: one.group in ADULTS))


def _only(code: str, wave: Wave) -> Wave:
    cells = (cell for cell in wave.cells if cell.competency_code == code and cell.group not in _APART)
    return Wave(tuple(cells), wave.asked)


def _statements(competency: Competency, shown: tuple[Cell, ...], asked: Asked) -> Iterable[StatementLine]:
    """The statements that anybody who has a column was asked, in the order of the framework."""
    for indicator in competency.indicators:
        said = tuple(_answered(indicator.code, cell, asked) for cell in shown)
        if any(one.asked for one in said):
            yield StatementLine(indicator, said)


def _answered(code: str, cell: Cell, asked: Asked) -> Answered:
    mean = cell.indicator_means.get(code)
    if mean is None:
        return Answered(cell.group, None, code in asked.get(cell.group, {}).get(cell.competency_code, ()))
    caps = caps_of(cell.group, max(cell.raters, ENOUGH_FOR_DETAIL))     # a mean of a statement rests on so many
    return Answered(cell.group, Figure(mean, bound_of(mean, caps)), True)
