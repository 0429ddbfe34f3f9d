"""Whether the roles of the profession are secured in a unit of people (measurement.md §8).

"Binnen een dienst op één of andere manier": per role, not per person. It rests on agreed niveaus, never on scores. A
niveau is agreed for a role of the derde professionaliteit itself; any other role is worked at as well as the lowest of
the aspects it draws on, once a niveau was agreed for all of these.
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

HOLDS_FROM: Final = 3
"""Who works at this niveau ('zelfstandig') or above holds a role (design)."""

COVERED_FROM: Final = 2
"""A role is covered by so many people: one of them can leave (design)."""

PEOPLE_FOR_HR: Final = 10
"""HR reads the words of a dienst of so many people or more (design)."""

FIRST: Final = "derde"
"""The professionaliteit whose roles are shown first (design)."""


class Coverage(enum.StrEnum):
    """How a role is secured."""

    COVERED = "gedekt"
    VULNERABLE = "kwetsbaar"
    UNCOVERED = "niet gedekt"
    UNDISCUSSED = "nog niet besproken"


@dataclass(frozen=True, slots=True)
class RoleAsked:
    """A role, and the aspects it draws on; none where a niveau is agreed for the role itself."""

    code: str
    professionaliteit: str
    aspects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Colleague:
    """Somebody's agreed niveaus (1–5) by role and by aspect, and the roles that an open goal of hers serves."""

    person: int
    roles: Mapping[str, int]
    aspects: Mapping[str, int]
    aims: frozenset[str] = frozenset()

    def niveau(self, role: RoleAsked) -> int | None:
        """At what niveau she works in a role; None when that was not agreed (yet)."""
        if not role.aspects:
            return self.roles.get(role.code)
        agreed = [self.aspects[aspect] for aspect in role.aspects if aspect in self.aspects]
        return min(agreed) if len(agreed) == len(role.aspects) else None


@dataclass(frozen=True, slots=True)
class RoleWord:
    """How a role is secured, in one word."""

    role: str
    word: Coverage


@dataclass(frozen=True, slots=True)
class RoleCoverage:
    """How a role is secured, by whom, and who would close the gap: one niveau away, with an open goal that serves it.

    `closing` is empty for a role that is covered.
    """

    role: str
    word: Coverage
    holders: tuple[int, ...]
    closing: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Leaving:
    """What changes when one person leaves: the roles with the word they get."""

    person: int
    changes: tuple[RoleWord, ...]


def coverage(roles: Iterable[RoleAsked], people: Collection[Colleague]) -> tuple[RoleCoverage, ...]:
    """Every role for these people, those of the derde professionaliteit first, else in the order given."""
    return tuple(_covered(role, people) for role in _in_order(roles))


def leavings(roles: Iterable[RoleAsked], people: Collection[Colleague]) -> tuple[Leaving, ...]:
    """For everybody whose leaving changes the word of a role: which, and into what; in the order of `people`."""
    changes: dict[int, list[RoleWord]] = {one.person: [] for one in people}
    for role in _in_order(roles):
        levels = {one.person: level for one in people if (level := one.niveau(role)) is not None}
        now = _word(levels)
        for person in levels:
            then = _word({other: level for other, level in levels.items() if other != person})
            if then is not now:
                changes[person].append(RoleWord(role.code, then))
    return tuple(Leaving(person, tuple(words)) for person, words in changes.items() if words)


def _in_order(roles: Iterable[RoleAsked]) -> list[RoleAsked]:
    return sorted(roles, key=lambda role: role.professionaliteit != FIRST)


def _covered(role: RoleAsked, people: Collection[Colleague]) -> RoleCoverage:
    levels = {one.person: level for one in people if (level := one.niveau(role)) is not None}
    word = _word(levels)
    closing = (one.person for one in people if role.code in one.aims and levels.get(one.person) == HOLDS_FROM - 1)
    return RoleCoverage(
        role=role.code,
        word=word,
        holders=tuple(person for person, level in levels.items() if level >= HOLDS_FROM),
        closing=() if word is Coverage.COVERED else tuple(closing),
    )


def _word(levels: Mapping[int, int]) -> Coverage:
    if not levels:
        return Coverage.UNDISCUSSED
    holders = sum(level >= HOLDS_FROM for level in levels.values())
    if holders >= COVERED_FROM:
        return Coverage.COVERED
    return Coverage.VULNERABLE if holders else Coverage.UNCOVERED
