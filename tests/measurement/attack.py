"""An attack on what is published, by linear algebra.

The attacker sees every published figure unrounded, and knows of which answers it is made. Every figure is a row of
coefficients over the answers (person, indicator). A combination of rows isolates a set of people when it is not zero
and rests on answers of theirs only; the rule is that no combination isolates fewer than k.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from app.measurement.scale import MERGED, Group
from app.measurement.scoring import Cell
from tests.measurement.figures import half_up, tenths
from tests.measurement.oracle import GroupSheets, Sheet
from tests.measurement.rows import valid_marks

Person = tuple[str, int]
Answer = tuple[Person, str]
Row = Mapping[Answer, Fraction]


def rank(rows: Sequence[Row]) -> int:
    """The rank of the rows, exactly."""
    left = [dict(row) for row in rows]
    found = 0
    while left:
        row = {answer: value for answer, value in left.pop().items() if value}
        if not row:
            continue
        found += 1
        pivot, lead = next(iter(row.items()))
        for other in left:
            if factor := other.get(pivot, Fraction(0)) / lead:
                for answer, value in row.items():
                    other[answer] = other.get(answer, Fraction(0)) - factor * value
    return found


def entangled(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows in bundles that share no answer: a combination over several bundles rests on all that each rests on."""
    bundles: list[tuple[set[Answer], list[Row]]] = []
    for row in rows:
        answers, bundle = set(row), [row]
        for other in [one for one in bundles if one[0] & answers]:
            bundles.remove(other)
            answers |= other[0]
            bundle += other[1]
        bundles.append((answers, bundle))
    return [bundle for _, bundle in bundles]


def isolated(rows: Iterable[Row], k: int) -> frozenset[Person] | None:
    """Fewer than k people on whose answers alone some combination of the rows rests; None when there are none."""
    for bundle in entangled(rows):
        people = sorted({person for row in bundle for person, _ in row})
        whole = rank(bundle)
        for few in combinations(people, min(k - 1, len(people))):
            outside = [{answer: value for answer, value in row.items() if answer[0] not in few} for row in bundle]
            if rank(outside) < whole:
                return frozenset(few)
    return None


def published_rows(cells: Iterable[Cell], asked: Iterable[GroupSheets]) -> list[Row]:
    """What the published figures of anonymous groups say about the answers, read off from the cells themselves.

    An indicator mean is the mean of the answers to it. The mean of a cell is a function of the indicator means where
    it is exactly that; else it is the mean of the rater means.
    """
    groups = {group.group: group for group in asked}
    rows: list[Row] = []
    for cell in cells:
        people = _people(cell.group, groups)
        item = next(item for item in _of(cell.group, groups)[0].items if item.code == cell.competency_code)
        valid = {person: answers for person, sheet in people if (answers := valid_marks(item, sheet))}
        for code in cell.indicator_means:
            said = [person for person, answers in valid.items() if code in answers]
            rows.append({(person, code): Fraction(1, len(said)) for person in said})
        if not cell.indicator_means or cell.mean != _mean_shown(cell):
            rows.append({
                (person, code): Fraction(1, len(valid) * len(answers))
                for person, answers in valid.items() for code in answers
            })
    return rows


def _mean_shown(cell: Cell) -> float:
    return half_up(sum(map(tenths, cell.indicator_means.values()), Fraction(0)) / len(cell.indicator_means))


def _of(code: str, groups: Mapping[str, GroupSheets]) -> list[GroupSheets]:
    return [groups[one] for one in MERGED.get(Group(code), (code,)) if one in groups]


def _people(code: str, groups: Mapping[str, GroupSheets]) -> list[tuple[Person, Sheet]]:
    return [((one.group, number), sheet) for one in _of(code, groups) for number, sheet in enumerate(one.sheets)]
