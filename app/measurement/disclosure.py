"""What may exist for readers. What is not publishable is never made, so no reader, chart or export can show it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from app.measurement.answers import GroupSheets
from app.measurement.scale import Group, rule_of


@dataclass(frozen=True)
class Minimums:
    """k per group. An organisation may raise k, never lower it; of named groups there is nothing to raise."""

    raised: Mapping[str, int] = field(default_factory=dict, hash=False)

    def __post_init__(self) -> None:
        for group, minimum in self.raised.items():
            rule = rule_of(group)
            if rule.named:
                raise ValueError(f"{group} is named: its minimum is fixed")
            if minimum < rule.minimum:
                raise ValueError(f"the minimum of {group} is {rule.minimum}: {minimum} would lower it")

    def of(self, group: str) -> int:
        """k of a group. The merged group is as strict as the stricter of its parts."""
        own = self.raised.get(group, rule_of(group).minimum)
        if group == Group.SCHOOL_AND_CLIENT:
            return max(own, self.of(Group.SCHOOL), self.of(Group.CLIENT))
        return own


STANDARD_MINIMUMS = Minimums()


def publishable(group: str, raters: int, minimums: Minimums = STANDARD_MINIMUMS) -> bool:
    """Whether a figure over so many raters of this group may exist. None, one and two are the same 'te weinig'."""
    return raters >= minimums.of(group)


def merged_where_small(
    groups: Iterable[GroupSheets], minimums: Minimums = STANDARD_MINIMUMS
) -> tuple[GroupSheets, ...]:
    """The groups cells are made of: `school` and `opdrachtgever` as one where either is too small and both have raters.

    Decided once for the whole measurement and before any cell is made, so a merged group and one of its parts can
    never both be published.
    """
    groups = tuple(groups)
    codes = [group.group for group in groups]
    if len(set(codes)) < len(codes) or Group.SCHOOL_AND_CLIENT in codes:
        raise ValueError(f"each group once, and the merged group is made here only: {codes}")
    school = next((group for group in groups if group.group == Group.SCHOOL), None)
    client = next((group for group in groups if group.group == Group.CLIENT), None)
    if school is None or client is None or not (school.sheets and client.sheets):
        return groups
    if all(publishable(part.group, len(part.sheets), minimums) for part in (school, client)):
        return groups
    if school.items != client.items:
        raise ValueError("school and opdrachtgever are asked about the same competencies")
    merged = GroupSheets(Group.SCHOOL_AND_CLIENT, school.items, school.sheets + client.sheets)
    return tuple(merged if group is school else group for group in groups if group is not client)
