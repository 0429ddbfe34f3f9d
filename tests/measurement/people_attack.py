"""An attack on figures over people: every small group of people is tried, and the ranks are exact.

A figure is the set of its members (person, measurement), each with the same weight. A combination of figures that is
not zero rests on the measurements of a group alone when, with these measurements left out, the figures have a lower
rank.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache
from itertools import combinations

Member = tuple[int, int]


def isolated_people(figures: Iterable[Collection[Member]], fewest: int = 5) -> frozenset[int] | None:
    """Fewer than `fewest` people on whom alone some combination of the figures rests; None when there are none."""
    rows = [frozenset(figure) for figure in figures]
    column = {member: tuple(int(member in row) for row in rows) for member in set().union(*rows)}
    owners: dict[tuple[int, ...], set[int]] = {}
    for (person, _), weights in column.items():
        owners.setdefault(weights, set()).add(person)
    columns = frozenset(owners)
    few_own = {weights: of for weights, of in owners.items() if len(of) < fewest}
    people = sorted(set().union(*few_own.values()))
    for few in combinations(people, min(fewest - 1, len(people))):
        others = columns.difference(weights for weights, of in few_own.items() if of.issubset(few))
        if others != columns and _rank(others) < _rank(columns):
            return frozenset(few)
    return None


@cache
def _rank(columns: frozenset[tuple[int, ...]]) -> int:
    """The number of columns that are no combination of the others."""
    basis: list[tuple[int, list[int]]] = []
    for column in columns:
        one = list(column)
        for lead, other in basis:
            if one[lead]:
                one = [value * other[lead] - one[lead] * beside for value, beside in zip(one, other, strict=True)]
        if any(one):
            basis.append((next(at for at, value in enumerate(one) if value), one))
    return len(basis)
