"""Whether figures over people, put together, say something about a few of them: exactly, by linear algebra.

Every figure is the sum, or the mean, of something over its members, with the same weight for each; who the members are
is counted as known. A combination of figures (Σ y_f · figure_f) *isolates* the people on whose values it rests: those
for whom Σ y_f over the figures they are in is not zero. The rule: no combination that is not zero throughout isolates
fewer than FEWEST_PEOPLE. People, not measurements: who knows that somebody hardly changed counts her two as one.

How it is found. An *atom* is a set of members who are in the same figures: a combination weighs them alike.

1. A combination that isolates too few is zero on every atom of five people or more. A figure that has such an atom to
   itself, apart from figures of weight zero, has weight zero too. For most figures that is the whole proof; it is kept
   as the figure's *witness*, so that a new figure is compared with its surroundings only.
2. What is left is searched exactly: of every atom, either its people are among the few, or the combination is zero on
   it. That is at most C(d+4, 4) cases over a space of d dimensions. Beyond a size a figure is refused untried.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import gcd
from typing import Final, TypeAlias

FEWEST_PEOPLE: Final = 5
"""What is shown over people rests on so many at least (design)."""

MOST_FIGURES: Final = 48
"""Entangled without a proof with this many figures or more, a new one is refused untried (ours: it stays fast)."""

MOST_DIMENSIONS: Final = 8
"""The same for the dimensions that are left to search: at most 495 cases (ours)."""

Member: TypeAlias = tuple[int, int]
"""A person, and which measurement (or goal) of hers counts."""

Members: TypeAlias = frozenset[Member]

Combination: TypeAlias = dict[int, int]
"""What a combination of figures weighs on each atom, where that is not zero."""


class Ledger:
    """All figures of one linear system that were ever published: the same quantity, over overlapping people."""

    def __init__(self, published: Iterable[Members] = ()) -> None:
        """`published`: what is out already, in the order in which it went; it is taken as it is."""
        self._figures: list[Members] = []
        self._known: set[Members] = set()
        self._holders: dict[Member, list[int]] = {}
        self._witnesses: dict[int, set[Member]] = {}
        for members in published:
            if members not in self._known:
                around, left = self._surroundings(members, limit=None)
                self._enter(members, around, left, proved(around)[0])

    def admit(self, members: Members) -> bool:
        """Publish a figure over `members`, unless it and the others together would isolate fewer than five people.

        True when it is published, or was before. ValueError when a person is among the members twice.
        """
        if len({person for person, _ in members}) < len(members):
            raise ValueError("nobody counts twice in one figure")
        if members in self._known:
            return True
        if len(members) < FEWEST_PEOPLE:
            return False
        around, left = self._surroundings(members, limit=MOST_FIGURES)
        if len(around) > MOST_FIGURES:
            return False
        witnesses, atoms = proved(around)
        if isolates(_entangled(len(self._figures), atoms)):
            return False
        self._enter(members, around, left, witnesses)
        return True

    def _surroundings(self, members: Members, limit: int | None) -> tuple[dict[int, Members], dict[int, set[Member]]]:
        """The new figure and all whose weight is no longer proved to be zero beside it; stops beyond `limit`.

        And what remains of the witnesses of the others, without the members of these figures.
        """
        around = {len(self._figures): members}
        left: dict[int, set[Member]] = {}
        waiting = [members]
        while waiting and (limit is None or len(around) <= limit):
            for member in waiting.pop():
                for figure in self._holders.get(member, ()):
                    if figure not in around and not self._still_proved(figure, member, left):
                        around[figure] = self._figures[figure]
                        waiting.append(self._figures[figure])
        return around, left

    def _still_proved(self, figure: int, member: Member, left: dict[int, set[Member]]) -> bool:
        """Whether the weight of a figure is zero without the help of this member."""
        if figure not in self._witnesses:
            return False
        if member not in left.get(figure, self._witnesses[figure]):
            return True
        if figure not in left:
            left[figure] = set(self._witnesses[figure])
        witness = left[figure]
        witness.discard(member)
        return len(witness) >= FEWEST_PEOPLE

    def _enter(
        self,
        members: Members,
        around: Mapping[int, Members],
        left: Mapping[int, set[Member]],
        witnesses: Mapping[int, set[Member]],
    ) -> None:
        self._witnesses.update(left)
        for figure in around:
            self._witnesses.pop(figure, None)
        self._witnesses.update(witnesses)
        for member in members:
            self._holders.setdefault(member, []).append(len(self._figures))
        self._figures.append(members)
        self._known.add(members)


def proved(figures: Mapping[int, Members]) -> tuple[dict[int, set[Member]], dict[frozenset[int], set[Member]]]:
    """The witness of every figure whose weight must be zero, and the atoms of the figures that are left."""
    holders: dict[Member, list[int]] = {}
    for number, members in figures.items():
        for member in members:
            holders.setdefault(member, []).append(number)
    atoms: dict[frozenset[int], set[Member]] = {}
    for member, numbers in holders.items():
        atoms.setdefault(frozenset(numbers), set()).add(member)
    witnesses: dict[int, set[Member]] = {}
    while alone := {
        number: of for held, of in atoms.items() if len(held) == 1 and len(of) >= FEWEST_PEOPLE for number in held
    }:
        witnesses |= alone
        merged: dict[frozenset[int], set[Member]] = {}
        for held, of in atoms.items():
            if rest := held.difference(alone):
                merged.setdefault(rest, set()).update(of)
        atoms = merged
    return witnesses, atoms


def isolates(atoms: Mapping[frozenset[int], Iterable[Member]]) -> bool:
    """Whether a combination of the figures with these atoms isolates fewer than five people, or is too large to try.

    `atoms`: for each set of figures that anybody is in, the members who are in exactly those.
    """
    people = [frozenset(person for person, _ in of) for of in atoms.values()]
    figures: dict[int, Combination] = {}
    for atom, held in enumerate(atoms):
        for figure in held:
            figures.setdefault(figure, {})[atom] = 1
    basis = _zero_where_many(_independent([figures[number] for number in sorted(figures)]), people, frozenset())
    return len(basis) > MOST_DIMENSIONS or _some_isolate(basis, people, frozenset())


def _entangled(new: int, atoms: Mapping[frozenset[int], set[Member]]) -> Mapping[frozenset[int], set[Member]]:
    """The atoms of the figures that hang together with a new one; none when its weight is proved to be zero."""
    found, grown = set[int](), {new}
    while grown - found:
        found = grown
        grown = found.union(*(held for held in atoms if held & found))
    return {held: of for held, of in atoms.items() if held & found}


def _some_isolate(basis: Sequence[Combination], people: Sequence[frozenset[int]], few: frozenset[int]) -> bool:
    """Whether a combination of the basis isolates `few` and perhaps others, fewer than five together."""
    basis = _zero_where_many(basis, people, few)
    if not basis:
        return False
    beyond = next((atom for one in basis for atom in one if not people[atom] <= few), None)
    if beyond is None:
        return True
    return (_some_isolate(basis, people, few | people[beyond])
            or _some_isolate(_zero_on(beyond, basis), people, few))


def _zero_where_many(
    basis: Sequence[Combination], people: Sequence[frozenset[int]], few: frozenset[int]
) -> Sequence[Combination]:
    """The combinations that are zero on every atom that would make `few` five people or more."""
    for atom, of in enumerate(people):
        if len(of | few) >= FEWEST_PEOPLE:
            basis = _zero_on(atom, basis)
    return basis


def _zero_on(atom: int, basis: Sequence[Combination]) -> Sequence[Combination]:
    """A basis of the combinations that are zero on an atom."""
    pivot = next((one for one in basis if atom in one), None)
    if pivot is None:
        return basis
    return [one if atom not in one else _without(atom, one, pivot) for one in basis if one is not pivot]


def _without(atom: int, one: Combination, pivot: Combination) -> Combination:
    """The combination of two that is zero on an atom, in whole numbers without a common divisor."""
    ours, theirs = pivot[atom], one[atom]
    sums = {at: one.get(at, 0) * ours - pivot.get(at, 0) * theirs for at in one.keys() | pivot.keys()}
    divisor = gcd(*sums.values())
    return {at: sums[at] // divisor for at in sorted(sums) if sums[at]}


def _independent(combinations: Iterable[Combination]) -> list[Combination]:
    """A basis of what the combinations span."""
    basis: list[Combination] = []
    for one in combinations:
        for other in basis:
            lead = next(iter(other))
            if lead in one:
                one = _without(lead, one, other)
        if one:
            basis.append(one)
    return basis
