"""Which question sets a group can be asked in a round. PURE."""

from __future__ import annotations

from collections.abc import Mapping

from app.competencies.catalog import Catalog
from app.competencies.parts import QuestionSet, RaterGroup
from app.measurement.scale import Group

OFFERED: Mapping[str, tuple[str, ...]] = {
    Group.TEAM_LEAD: ("kern", "volledig"),
    Group.COLLEAGUE: ("kern", "focus", "tweede"),
    Group.SCHOOL: ("kern", "focus-kort"),
    Group.CLIENT: ("kern", "focus-kort"),
    Group.PARENT: ("beleving",),
    Group.PUPIL: ("beleving",),
}
"""Per group, in the order in which they are always named; the first set is the one proposed."""

OPTIONAL = frozenset({Group.PARENT, Group.PUPIL})       # not asked unless somebody wants it


def offered(catalog: Catalog, group: str) -> tuple[QuestionSet, ...]:
    """The sets this group can be asked in this version of the framework, the proposed one first."""
    known = {question_set.code: question_set for question_set in catalog.question_sets}
    return tuple(known[code] for code in OFFERED.get(group, ()) if code in known and catalog.asked(code, group))


def groups_of(catalog: Catalog) -> tuple[RaterGroup, ...]:
    """The groups that can be asked in a round, in order."""
    known: Mapping[str, RaterGroup] = {group.code: group for group in catalog.rater_groups}
    return tuple(known[group] for group in OFFERED if group in known and offered(catalog, group))
