"""How many people no figure counts, told so that no difference of counts tells of one."""

from __future__ import annotations

from app.measurement.snapshots import Cell
from app.needs.figures import Taking
from app.needs.left_out import SHOWN, TOO_FEW, UNMEASURED, people_rows
from app.web.formats import now

FIRST: Cell = (("functieprofiel", "1"), ("team", "3"))
SECOND: Cell = (("functieprofiel", "2"), ("team", "3"))


def told(reasons: dict[int, str]) -> dict[str, tuple[int, int]]:
    """Of each cell how many people there are and how many were never measured; eight are in the first, four not."""
    people = {person: FIRST if person < 8 else SECOND for person in range(12)}
    rows = people_rows(Taking(0, now()), people, {person: reasons.get(person, SHOWN) for person in people})
    return {row.cell: (row.values["people"], row.values[UNMEASURED]) for row in rows}


def test_a_total_adds_up_what_its_cells_tell() -> None:
    """Two of the first cell and none, or one, of the second: subtracting tells none from one nowhere."""
    nobody, somebody = told({0: UNMEASURED, 1: UNMEASURED}), told({0: UNMEASURED, 1: UNMEASURED, 8: UNMEASURED})
    assert nobody == somebody == {
        "functieprofiel=1&team=3": (8, 2), "functieprofiel=2&team=3": (4, 0), "functieprofiel=1": (8, 2),
        "functieprofiel=2": (4, 0), "team=3": (12, 2), "": (12, 2)}


def test_nor_all_from_all_but_one() -> None:
    most = dict.fromkeys((8, 9, 10), UNMEASURED)
    assert told(most) == told({**most, 11: UNMEASURED})
    assert told({**most, 0: UNMEASURED, 1: UNMEASURED, 2: TOO_FEW})[""] == (12, 6)      # 2, and 'bijna allen' of four


def test_of_two_people_nothing_is_told() -> None:
    """Who chooses a cell of two, of whom she knows one, would learn of the other."""
    people = {1: FIRST, 2: FIRST}
    for reasons in ({}, {1: UNMEASURED}, {1: UNMEASURED, 2: UNMEASURED}):
        rows = people_rows(Taking(0, now()), people, {person: reasons.get(person, SHOWN) for person in people})
        assert {row.values[UNMEASURED] for row in rows} == {0}
