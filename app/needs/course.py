"""How the behoefte went from momentopname to momentopname: of when each figure is, and where the group is another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from app.measurement.group_needs import AspectNeed
from app.measurement.isolation import FEWEST_PEOPLE
from app.needs.queries import SnapshotRow


@dataclass(frozen=True, slots=True)
class Older:
    """When the oldest part of a figure was made, before this momentopname; `partly`: other parts of it are newer."""

    day: dt.datetime
    partly: bool


@dataclass(frozen=True, slots=True)
class Break:
    """So many people are in a figure instead of `before`. Both none where the difference is of fewer than five."""

    people: int | None
    before: int | None


@dataclass(frozen=True, slots=True)
class Moment:
    """What one momentopname said of each aspect. `older` per aspect as in Line; `breaks` where it is about another
    group than the momentopname before it.
    """

    snapshot: SnapshotRow
    needs: Mapping[str, AspectNeed]
    older: Mapping[str, Older]
    breaks: Mapping[str, Break] = field(default_factory=dict)


def with_breaks(moments: Sequence[Moment]) -> tuple[Moment, ...]:
    """Each with where its figures are about another group than those of the moment before it."""
    return (*moments[:1], *(replace(now, breaks=_breaks(before, now)) for before, now in pairwise(moments)))


def _breaks(before: Moment, now: Moment) -> dict[str, Break]:
    """Where five people or more came or went, or any number where the figures are cut otherwise now. How many is said
    of five or more only: a smaller difference would tell of these few.
    """
    found: dict[str, Break] = {}
    for code, need in now.needs.items():
        old = before.needs.get(code)
        if old is None or old.people == need.people:
            continue
        if abs(old.people - need.people) >= FEWEST_PEOPLE:
            found[code] = Break(need.people, old.people)
        elif before.snapshot.cuts != now.snapshot.cuts:
            found[code] = Break(None, None)
    return found
