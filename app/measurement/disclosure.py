"""What may exist for readers. What is not publishable is never made, so no reader, chart or export can show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.measurement.scale import ANONYMOUS_ADULTS, MERGED, Group, rule_of


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
        """k of a group. A merged group is as strict as the strictest of its parts."""
        own = self.raised.get(group, rule_of(group).minimum)
        return max(own, *map(self.of, MERGED[Group(group)])) if group in MERGED else own


STANDARD_MINIMUMS = Minimums()


def published_groups(
    sheets: Mapping[str, int], minimums: Minimums = STANDARD_MINIMUMS, *, small_circle: bool = False
) -> Mapping[str, str]:
    """Under which group the figures and comments of each rater group are published, given how many sheets each has.

    In a small circle all anonymous adults are one group, always. Else `school` and `opdrachtgever` become one where
    either has fewer than k and both have some. Decided once for the whole measurement and before any cell is made, so
    a merged group and one of its parts can never both be published. ValueError for a group that nobody is asked in.
    """
    if unasked := sheets.keys() & MERGED.keys():
        raise ValueError(f"merged groups are made here only: {sorted(unasked)}")
    published = {group: group for group in sheets}
    if small_circle:
        return published | {group: Group.SMALL_CIRCLE for group in sheets if group in ANONYMOUS_ADULTS}
    school, client = sheets.get(Group.SCHOOL, 0), sheets.get(Group.CLIENT, 0)
    if school and client and (school < minimums.of(Group.SCHOOL) or client < minimums.of(Group.CLIENT)):
        published[Group.SCHOOL] = published[Group.CLIENT] = Group.SCHOOL_AND_CLIENT
    return published
