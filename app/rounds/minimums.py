"""PURE: whether enough people of a group are asked, before anybody is (measurement.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.measurement.scale import Group

ADULTS = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
OTHERS = (Group.PARENT, Group.PUPIL)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A group in which too few people are asked, and how many more it takes. `group` may be a merged one."""

    group: str
    short: int


def shortfalls(asked: Mapping[str, int], minimums: Mapping[str, int], *, small_circle: bool) -> tuple[Shortfall, ...]:
    """At least k+1 people per group, or nobody. `minimums`: k of the groups of this round.

    School and opdrachtgever may be fewer when both are asked and are k+1 together: they are merged then. A kleine
    kring counts all adults together, with the strictest k.
    """
    found: list[Shortfall] = []
    adults = [group for group in ADULTS if group in minimums]
    if small_circle:
        found += _short(Group.SMALL_CIRCLE, sum(asked.get(group, 0) for group in adults),
                        max((minimums[group] for group in adults), default=0))
        adults = []
    pair = [group for group in (Group.SCHOOL, Group.CLIENT) if group in adults and asked.get(group, 0)]
    if len(pair) == 2 and any(asked[group] <= minimums[group] for group in pair):
        found += _short(Group.SCHOOL_AND_CLIENT, sum(asked[group] for group in pair),
                        max(minimums[group] for group in pair))
        adults = [group for group in adults if group not in pair]
    for group in [*adults, *(group for group in OTHERS if group in minimums)]:
        found += _short(group, asked.get(group, 0), minimums[group])
    return tuple(found)


def _short(group: str, people: int, minimum: int) -> list[Shortfall]:
    return [Shortfall(group, minimum + 1 - people)] if 0 < people <= minimum else []
