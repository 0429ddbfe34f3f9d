"""One released round as it can be compared: its cells, and what was asked of each group as it is published.

PURE. What was asked is what was asked of the people who were invited: who of them answered is nobody's to know.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from app.competencies.catalog import Catalog
from app.competencies.parts import Indicator
from app.measurement.growth import Wave
from app.measurement.scale import ANONYMOUS_ADULTS, Group, rule_of
from app.measurement.scoring import Cell

Wordings: TypeAlias = Mapping[str, Mapping[str, Mapping[str, str]]]
"""Published group → competency (parents, pupils: theme) → indicator → the words it was asked in."""


@dataclass(frozen=True, slots=True)
class Kind:
    """So many people of a group who were invited to the same question set."""

    group: str
    question_set: str
    people: int


@dataclass(frozen=True, slots=True)
class RoundWave:
    """The cells of all groups of one round about one person, zelf with them where there is a self-assessment.

    `kinds`: who was invited, zelf not counted.
    """

    cells: tuple[Cell, ...]
    kinds: tuple[Kind, ...]
    wordings: Wordings = field(hash=False)

    @property
    def own(self) -> tuple[Cell, ...]:
        """The cells of zelf; empty when no self-assessment belongs to the round."""
        return tuple(cell for cell in self.cells if cell.group == Group.SELF)

    @property
    def groups(self) -> tuple[Cell, ...]:
        """The cells of everybody who was asked."""
        return tuple(cell for cell in self.cells if cell.group != Group.SELF)

    @property
    def asked(self) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """Published group → competency or theme → the indicators that anybody of it was asked."""
        return {
            group: {item: tuple(words) for item, words in items.items()} for group, items in self.wordings.items()
        }

    @property
    def shown(self) -> Mapping[str, int]:
        """How many answered, per group that is shown: the largest n of its cells, in the order of the groups."""
        most = {group: max((c.raters for c in self.groups if c.group == group), default=0) for group in Group}
        return {group: raters for group, raters in most.items() if raters}

    @property
    def wave(self) -> Wave:
        """What growth is read from."""
        return Wave(self.groups, self.wordings)

    def cells_of(self, group: str) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.group == group)


def wordings(
    catalog: Catalog, kinds: Iterable[Kind], published: Mapping[str, str], own_set: tuple[Catalog, str] | None = None
) -> Wordings:
    """What was asked of each published group: of a merged one, and of one with several sets, all of it together.

    `own_set`: the framework and the question set of the self-assessment. An adult group is asked in one wording, so
    nothing is asked in two ways under one published group.
    """
    found: dict[str, dict[str, dict[str, str]]] = {}
    for kind in kinds:
        items = found.setdefault(published.get(kind.group, kind.group), {})
        for item, words in _items(catalog, kind.group, kind.question_set):
            items.setdefault(item, {}).update(words)
    if own_set is not None:
        own_catalog, question_set = own_set
        found[Group.SELF] = dict(_items(own_catalog, Group.SELF, question_set))
    return found


def published_as(cells: Iterable[Cell], *, small_circle: bool) -> Mapping[str, str]:
    """Under which group the figures of a rater group stand where that is another, as the cells of a round tell it."""
    if small_circle:
        return dict.fromkeys(ANONYMOUS_ADULTS, Group.SMALL_CIRCLE)
    if any(cell.group == Group.SCHOOL_AND_CLIENT for cell in cells):
        return {Group.SCHOOL: Group.SCHOOL_AND_CLIENT, Group.CLIENT: Group.SCHOOL_AND_CLIENT}
    return {}


def _items(catalog: Catalog, group: str, question_set: str) -> Iterator[tuple[str, dict[str, str]]]:
    asked = catalog.asked(question_set, group)
    if group not in (Group.PARENT, Group.PUPIL):
        for page in asked:
            yield page.competency.code, {one.code: _wording(one, group) for one in page.indicators}
        return
    known = {one.code: one for page in asked for one in page.indicators}
    for theme in catalog.themes:
        words = {code: _wording(known[code], group) for code in theme.indicators if code in known}
        if theme.group == group and words:
            yield theme.code, words


def _wording(indicator: Indicator, group: str) -> str:
    if group == Group.SELF:
        return indicator.self
    if rule_of(group).in_others or group == Group.TEAM_LEAD:
        return indicator.other
    return (indicator.parent if group == Group.PARENT else indicator.pupil) or indicator.other
