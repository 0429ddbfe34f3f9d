"""How two rounds about one subject may differ, so that no difference of their figures rests on few people. PURE.

measurement.md §3: six months apart, or in each group the same people, or at least k others on each side that differs.
What is published of a round are sums over blocks of people: its groups, `school` and `opdrachtgever` as one where
one of them is small, or all adults of a small circle. A difference of two rounds gives every person a weight; those
with a weight on the same side must be none or at least k, whichever blocks are added and subtracted. It is enough to
look at blocks that count or do not count: what other weights leave over holds what one of those leaves over.
"""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from app.measurement.disclosure import Minimums
from app.measurement.scale import Group

HALF_A_YEAR = dt.timedelta(days=182)
ADULTS = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
APART = (Group.PARENT, Group.PUPIL)     # a panel of their own: never added to anything
UNKNOWN = "unknown"


class Reason(enum.Enum):
    CHANGED = enum.auto()       # in one group a few people are different
    TOGETHER = enum.auto()      # groups that are put together differ by a few people
    UNKNOWN = enum.auto()       # of some nobody can say whether they are the same: they have no address


@dataclass(frozen=True, slots=True)
class TooClose:
    """What stands in the way: the other round, the group (None: the adults together), how many come and go, and k.

    `wait_until`: from this day on the round may open with anybody. `other_part`: the part of the other round.
    """

    reason: Reason
    other: str
    group: str | None
    added: int
    dropped: int
    minimum: int
    wait_until: dt.date
    other_part: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody who is asked, by her address or, for a colleague, her place in the organisation; neither: unknown."""

    group: str
    email: str | None = None
    person_id: int | None = None


@dataclass(frozen=True)
class Sets:
    """Whom one round asks about a subject, and when. `about`: which competencies, for the rounds that a korte vraag
    is held against; two feedbackrondes are always about the same behaviour.
    """

    name: str
    opens_on: dt.date
    closes_on: dt.date
    asked: tuple[Asked, ...]
    minimums: Minimums = field(default_factory=Minimums)
    small_circle: bool = False
    is_pulse: bool = False
    about: frozenset[str] = frozenset()
    part_id: int = 0


def too_close(this: Sets, others: Iterable[Sets]) -> tuple[TooClose, ...]:
    """Why these people cannot be asked in this round; empty when they can, also when there is nobody to ask."""
    return tuple(found for other in others for found in _against(this, other))


def _against(this: Sets, other: Sets) -> list[TooClose]:
    if max(this.opens_on - other.closes_on, other.opens_on - this.closes_on) >= HALF_A_YEAR:
        return []
    if (this.is_pulse or other.is_pulse) and not this.about & other.about:
        return []
    wait_until = other.closes_on + HALF_A_YEAR
    mine, theirs = _named(this, other, "this"), _named(other, this, "other")

    def refusal(reason: Reason, group: str | None, added: int, dropped: int, minimum: int) -> TooClose:
        return TooClose(reason, other.name, group, added, dropped, minimum, wait_until, other.part_id)

    found = []
    apart = APART if this.small_circle or other.small_circle else (*ADULTS, *APART)
    for group in apart:
        now, then = mine.get(group, frozenset()), theirs.get(group, frozenset())
        if not now or not then:
            continue
        minimum = max(this.minimums.of(group), other.minimums.of(group))
        if _unknown(now | then):
            found.append(refusal(Reason.UNKNOWN, group, 0, 0, minimum))
        elif not (_safe(now - then, minimum) and _safe(then - now, minimum)):
            found.append(refusal(Reason.CHANGED, group, len(now - then), len(then - now), minimum))
    if found:
        return found
    here, there = _blocks(this, mine), _blocks(other, theirs)
    if not here or not there:
        return []
    for one in here:
        for another in there:
            if one.groups & another.groups and _unknown(one.people | another.people):
                return [refusal(Reason.UNKNOWN, None, 0, 0, max(one.minimum, another.minimum))]
    if worst := _worst(here, there):
        return [refusal(Reason.TOGETHER, None, *worst)]
    return []


@dataclass(frozen=True, slots=True)
class _Block:
    """People whose sum is published as one figure, and the k of that figure."""

    groups: frozenset[str]
    people: frozenset[str]
    minimum: int


def _blocks(of: Sets, people: Mapping[str, frozenset[str]]) -> tuple[_Block, ...]:
    """The adults as they are published when everybody answers; a block that is too small never is."""
    k = of.minimums.of
    adults = {group: people[group] for group in ADULTS if people.get(group)}
    if of.small_circle:
        together, minimum = tuple(adults), max(k(group) for group in ADULTS)
    else:
        pair = tuple(group for group in adults if group != Group.COLLEAGUE)
        is_small = len(pair) == 2 and any(len(adults[group]) < k(group) for group in pair)
        together, minimum = (pair if is_small else ()), k(Group.SCHOOL_AND_CLIENT)
    blocks = [_Block(frozenset({group}), who, k(group)) for group, who in adults.items() if group not in together]
    if together:
        blocks.append(_Block(frozenset(together), _all(adults[group] for group in together), minimum))
    return tuple(block for block in blocks if len(block.people) >= block.minimum)


def _worst(here: Sequence[_Block], there: Sequence[_Block]) -> tuple[int, int, int] | None:
    """The smallest remainder that adding blocks of one round and subtracting blocks of the other leaves: how many
    people on this side, how many on the other, and the k that a side should have.
    """
    found: list[tuple[int, int, int]] = []
    for plus in _subsets(here):
        for minus in _subsets(there):
            mine, theirs = _all(block.people for block in plus), _all(block.people for block in minus)
            added, dropped = mine - theirs, theirs - mine
            for left, blocks in ((added, plus), (dropped, minus)):
                minimum = max((block.minimum for block in blocks if block.people & left), default=0)
                if not _safe(left, minimum):
                    found.append((len(added), len(dropped), minimum))
    return min(found, default=None)


def _subsets(blocks: Sequence[_Block]) -> list[tuple[_Block, ...]]:
    return [chosen for size in range(len(blocks) + 1) for chosen in combinations(blocks, size)]


def _safe(people: Collection[str], minimum: int) -> bool:
    return not people or len(people) >= minimum


def _all(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)


def _unknown(people: Collection[str]) -> bool:
    return any(name.startswith(UNKNOWN) for name in people)


def _named(of: Sets, other: Sets, side: str) -> Mapping[str, frozenset[str]]:
    """The people of a round by group, each under one name in both rounds; whoever is unknown is nobody else."""
    persons = {
        asked.email.casefold(): asked.person_id
        for asked in (*of.asked, *other.asked)
        if asked.email and asked.person_id is not None
    }
    found: dict[str, set[str]] = {}
    for number, asked in enumerate(of.asked):
        email = asked.email.casefold() if asked.email else None
        person_id = asked.person_id if asked.person_id is not None or email is None else persons.get(email)
        name = (f"person {person_id}" if person_id is not None else f"email {email}" if email
                else f"{UNKNOWN} {side} {number}")
        found.setdefault(asked.group, set()).add(name)
    return {group: frozenset(people) for group, people in found.items()}
