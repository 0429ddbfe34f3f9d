"""Self and others: zelf over what the others were asked, when they differ, and the six cells."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.scoring import Cell
from app.measurement.self_others import Asked, Place, SelfOthers, is_distinct, place_of, self_and_others
from tests.measurement.figures import half_up, tenths

THREE = ("A1", "A2", "A3")


def others_of(mean: float, raters: int = 8, group: str = "collega") -> Cell:
    return Cell(group, "A", raters, mean, spread=0.7)


def zelf(*answers: int) -> Cell:
    """Zelf on A1, A2, …"""
    means = {f"A{number}": float(score) for number, score in enumerate(answers, 1)}
    return Cell("zelf", "A", 1, half_up(Fraction(sum(answers), len(answers))), means)


def beside(own: Cell, *cells: Cell, asked: Asked | None = None, target: float = 3.5) -> SelfOthers:
    """The one competency there is."""
    asked = asked or {cell.group: {"A": THREE} for cell in cells}
    (one,) = self_and_others([own], cells, asked, lambda code: target)
    return one


@pytest.mark.parametrize(("own", "theirs", "target", "distinct", "place"), [
    (4, 4.0, 3.5, False, Place.SHARED_STRENGTH),
    (3, 3.0, 3.5, False, Place.SHARED_NEED),
    (3, 4.0, 3.5, True, Place.HIDDEN_STRENGTH),
    (2, 3.0, 3.5, True, Place.STRICTER_ON_SELF),
    (5, 4.0, 3.5, True, Place.STRENGTH_SEEN_LESS),
    (4, 3.0, 3.5, True, Place.POSSIBLE_BLIND_SPOT),
    (4, 3.5, 3.5, False, Place.SHARED_STRENGTH),  # reached is from the target on
    (3, 3.4, 3.5, False, Place.SHARED_NEED),
    (3, 3.4, 3.4, False, Place.SHARED_STRENGTH),
    (5, 4.0, 4.1, True, Place.POSSIBLE_BLIND_SPOT),
])
def test_the_six_cells(own: int, theirs: float, target: float, distinct: bool, place: Place) -> None:
    one = beside(zelf(own, own, own), others_of(theirs, raters=20), target=target)
    assert (one.own, one.others.mean, one.distinct, one.place) == (own, theirs, distinct, place)
    assert one.difference == pytest.approx(own - theirs)
    assert one.difference == round(one.difference, 1)


@pytest.mark.parametrize(("distinct", "difference", "reached", "place"), [
    (False, "0.4", True, Place.SHARED_STRENGTH), (False, "-0.4", False, Place.SHARED_NEED),
    (True, "-0.9", True, Place.HIDDEN_STRENGTH), (True, "-0.9", False, Place.STRICTER_ON_SELF),
    (True, "0.9", True, Place.STRENGTH_SEEN_LESS), (True, "0.9", False, Place.POSSIBLE_BLIND_SPOT),
])
def test_the_table_as_it_is_written(distinct: bool, difference: str, reached: bool, place: Place) -> None:
    assert place_of(Fraction(difference), distinct=distinct, reached=reached) is place


@pytest.mark.parametrize(("difference", "error", "distinct"), [
    ("0.5", 0.0, True), ("0.4", 0.0, False),  # 1.645 · 0.3 = 0.4935: half a step rules
    ("-0.5", 0.0, True), ("-0.4", 0.0, False),
    ("0.5", 0.1, False), ("0.6", 0.1, True),  # 1.645 · √(0.01 + 0.09) = 0.520
    ("0.8", 0.404, False), ("0.9", 0.404, True), ("-0.9", 0.404, True),  # three raters: 0.828
    ("0.7", 0.313, False), ("0.8", 0.313, True),  # five: 0.713
    ("0.6", 0.247, False), ("0.7", 0.247, True),  # eight: 0.639
    ("0.5", 0.202, False), ("0.6", 0.202, True),  # twelve: 0.595
])
def test_when_self_and_others_differ(difference: str, error: float, distinct: bool) -> None:
    assert is_distinct(Fraction(difference), error) is distinct


@given(st.integers(-40, 40), st.floats(0, 1))
def test_the_rule_once_more(tenth: int, error: float) -> None:
    expected = abs(tenth) >= 5 and abs(tenth) / 10 >= 1.645 * math.sqrt(error**2 + 0.3**2)
    assert is_distinct(Fraction(tenth, 10), error) is expected


def test_zelf_counts_over_what_the_others_were_asked() -> None:
    """She says 5 to what nobody else was asked; the others' weights are 8 on A1 and A2, 4 on A3 and A4."""
    own = zelf(4, 3, 2, 1, 5, 5)
    asked = {"collega": {"A": ("A1", "A2")}, "school": {"A": ("A3", "A4")}}
    one = beside(own, others_of(3.0, 8), others_of(3.0, 4, "school"), asked=asked)
    assert own.mean == 3.3
    assert one.own == 2.8  # (8·3.5 + 4·1.5)/12 = 2.833


def test_zelf_is_rounded_once_half_up() -> None:
    asked = {"collega": {"A": ("A1", "A2", "A3", "A4")}}
    assert beside(zelf(3, 3, 3, 4), others_of(3.0), asked=asked).own == 3.3


def test_who_is_named_and_parents_and_pupils_are_not_others() -> None:
    elsewhere = [Cell("teamleider", "A", 1, 1.0), Cell("ouder", "A", 9, 1.5, spread=0.7),
                 Cell("leerling", "A", 9, 1.5, spread=0.4), Cell("zelf", "A", 1, 1.0)]
    one = beside(zelf(4, 4, 4), *elsewhere, others_of(4.0), asked={"collega": {"A": THREE}})
    assert (one.own, one.others.mean, one.others.raters) == (4.0, 4.0, 8)


def test_what_cannot_be_set_beside_is_absent() -> None:
    asked: Asked = {"collega": {"A": ("A1", "A2", "A3", "A4")}, "school": {"A": ("A4", "A5")}}
    half, less = zelf(4, 4), zelf(4)
    assert self_and_others([half], [others_of(4.0)], asked, lambda code: 3.5)
    assert self_and_others([less], [others_of(4.0)], asked, lambda code: 3.5) == ()
    assert self_and_others([half], [others_of(4.0), others_of(4.0, 4, "school")], asked, lambda code: 3.5) == ()
    assert self_and_others([], [others_of(4.0)], asked, lambda code: 3.5) == ()
    assert self_and_others([half], [], asked, lambda code: 3.5) == ()


@pytest.mark.parametrize(("answer", "cap"), [(5, 4.5), (1, 1.5), (5, 4.8), (1, 1.2)])
@pytest.mark.parametrize("raters", [3, 5, 40])
def test_a_cap_alone_makes_no_difference(answer: int, cap: float, raters: int) -> None:
    assert not beside(zelf(answer, answer, answer), others_of(cap, raters)).distinct


def test_only_cells_of_zelf_are_zelf() -> None:
    with pytest.raises(ValueError, match="is not zelf"):
        self_and_others([others_of(4.0)], [], {}, lambda code: 3.5)


@given(st.lists(st.integers(1, 5), min_size=3, max_size=3), st.integers(12, 48), st.integers(3, 30))
def test_every_figure_can_be_recalculated_from_the_page(answers: list[int], mean: int, raters: int) -> None:
    one = beside(zelf(*answers), others_of(mean / 10, raters))
    assert one.own == half_up(Fraction(sum(answers), 3))
    assert tenths(one.difference) == tenths(one.own) - tenths(one.others.mean)
