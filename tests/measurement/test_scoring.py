"""Cells and 'anderen', with tables of numbers."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest

from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.disclosure import Minimums
from app.measurement.scale import Bound, Group
from app.measurement.scoring import Cell, indicative, others, self_cells
from app.measurement.uncertainty import Band
from tests.measurement.figures import half_up
from tests.measurement.oracle import GroupSheets
from tests.measurement.rows import cells_of, group_of, item_of, same_rows, sheet


def the_cell(*groups: GroupSheets, minimums: Minimums | None = None) -> Cell:
    """The one cell these groups give."""
    (cell,) = cells_of(groups, minimums or Minimums())
    return cell


def test_the_vector_of_six_raters_as_a_cell() -> None:
    cell = the_cell(group_of("collega", "4?", "4?", "3?", "5?", "4?", "2?"))
    assert cell == Cell("collega", "A", raters=6, mean=3.7, spread=0.9, agreement="redelijk eensgezind")
    assert cell.standard_error == pytest.approx(0.9 / math.sqrt(6))
    assert cell.band == Band(3.2, 4.2)
    assert cell.bound is Bound.EXACT


def test_a_rich_cell_shows_its_indicators_and_their_mean() -> None:
    cell = the_cell(group_of("collega", "41", "42", "33", "54", "45", "25"))
    assert cell.indicator_means == {"A1": 3.7, "A2": 3.3}
    assert cell.mean == 3.5
    assert cell.raters == 6


def test_the_mean_of_a_rich_cell_is_that_of_the_shown_indicators() -> None:
    # 3,167 and 3,5 have the mean 3,333, which would be shown as 3,3; the shown 3,2 and 3,5 have 3,35, and half goes up.
    cell = the_cell(group_of("collega", "44", "34", "34", "33", "33", "33"))
    assert (cell.indicator_means, cell.mean) == ({"A1": 3.2, "A2": 3.5}, 3.4)


@pytest.mark.parametrize("rows", [
    ["44", "44", "44", "44", "4?"],  # four answers to the second indicator
    ["44", "44", "44", "44"],  # four people
    ["44-", "44-", "44-", "44-", "444"],  # asked of the group is what was asked of anyone in it
])
def test_a_thin_cell_has_no_indicator_means(rows: list[str]) -> None:
    cell = the_cell(group_of("collega", *rows))
    assert cell.indicator_means == {}
    assert cell.mean == 4.0


def test_a_thin_mean_weighs_raters_and_not_answers() -> None:
    assert the_cell(group_of("collega", "55??", "1111", "1111")).mean == 2.3  # (5+1+1)/3, not 18/10


def test_the_leak_of_mixing_the_two_kinds_does_not_exist() -> None:
    """Five on four indicators and a sixth who skipped one: with both kinds, 6·M − ΣS/4 gives a twelfth of her sum."""
    five = [(4, 3, 5, 2), (3, 3, 4, 4), (5, 4, 4, 3), (2, 3, 3, 3), (4, 4, 5, 5)]
    sixth = (1, 1, 1)
    sums = [sum(row[number] for row in [*five, (*sixth, 0)]) for number in range(4)]
    thin = (sum(Fraction(sum(row), 4) for row in five) + Fraction(sum(sixth), 3)) / 6
    assert 6 * thin - Fraction(sum(sums), 4) == Fraction(sum(sixth), 12)

    marks = ["".join(map(str, row)) for row in five] + ["111?"]
    rich = the_cell(group_of("collega", *marks))
    assert set(rich.indicator_means) == {"A1", "A2", "A3", "A4"}
    assert half_up(thin) == 3.2
    assert rich.mean == 3.3  # of the shown indicator means, and so not the mean of the rater means


@pytest.mark.parametrize(("count", "found"), [(0, 0), (1, 0), (2, 0), (3, 1), (4, 1)])
def test_below_k_no_cell_exists(count: int, found: int) -> None:
    assert len(cells_of([GroupSheets("collega", (item_of(2),), (sheet(item_of(2), "33"),) * count)])) == found


def test_k_counts_valid_raters_and_not_sheets() -> None:
    assert cells_of([group_of("collega", "444", "444", "4??", "???")]) == ()


def test_pupils_from_five_on_three_points() -> None:
    assert cells_of([same_rows("leerling", 4, "33")]) == ()
    cell = the_cell(same_rows("leerling", 5, "33"))
    assert (cell.mean, cell.indicator_means, cell.bound) == (2.8, {"A1": 2.8, "A2": 2.8}, Bound.OR_HIGHER)
    assert cell.spread == 0.4


@pytest.mark.parametrize("group", ["zelf", "collega"])
def test_fewer_than_two_indicators_asked_is_no_score(group: str) -> None:
    count = 1 if group == "zelf" else 6
    assert cells_of([same_rows(group, count, "4-")]) == ()
    assert cells_of([same_rows(group, count, "4")]) == ()
    assert len(cells_of([same_rows(group, count, "4?")])) == 1


def test_two_asked_of_the_group_may_be_one_asked_of_each() -> None:
    assert the_cell(group_of("school", "4-", "4-", "-2")).mean == 3.3


@pytest.mark.parametrize(("count", "marks", "mean", "bound"), [
    (3, "55", 4.5, Bound.OR_HIGHER),
    (4, "54", 4.5, Bound.OR_HIGHER),
    (4, "11", 1.5, Bound.OR_LOWER),
    (5, "55", 4.8, Bound.OR_HIGHER),
    (5, "54", 4.4, Bound.EXACT),  # the indicator of fives counts as 4,8
    (5, "11", 1.2, Bound.OR_LOWER),
    (3, "44", 4.0, Bound.EXACT),
])
def test_caps(count: int, marks: str, mean: float, bound: Bound) -> None:
    cell = the_cell(same_rows("collega", count, marks))
    assert (cell.mean, cell.bound) == (mean, bound)


def test_a_capped_indicator_counts_as_its_cap_in_the_mean() -> None:
    cell = the_cell(same_rows("collega", 6, "51"))
    assert cell.indicator_means == {"A1": 4.8, "A2": 1.2}
    assert cell.mean == 3.0


def test_at_a_cap_the_band_does_not_tell_how_alike_they_were() -> None:
    alike = the_cell(group_of("collega", "55", "55", "55", "55", "55", "55"))
    apart = the_cell(group_of("collega", "5?", "5?", "5?", "5?", "5?", "4?"))
    assert (alike.mean, apart.mean) == (4.8, 4.8)
    assert alike.band == apart.band == Band(4.4, 5.0)
    assert the_cell(group_of("collega", "4?", "4?", "4?", "4?", "4?", "4?")).spread == 0.5


def test_a_raised_minimum_holds_for_every_base_figure() -> None:
    minimums = Minimums({"collega": 6})
    six = ["44", "44", "44", "44", "44", "4?"]
    assert cells_of([same_rows("collega", 5, "44")], minimums) == ()
    assert the_cell(group_of("collega", *six)).indicator_means == {"A1": 4.0, "A2": 4.0}
    assert the_cell(group_of("collega", *six), minimums=minimums).indicator_means == {}


def test_merging_happens_before_cells_are_made() -> None:
    cell = the_cell(group_of("school", "22", "22"), group_of("opdrachtgever", "44"))
    assert cell == Cell("school-opdrachtgever", "A", raters=3, mean=2.7, spread=0.7)


def test_a_merged_group_stays_merged_where_a_part_was_large_enough() -> None:
    cells = cells_of([same_rows("school", 10, "33"), same_rows("opdrachtgever", 1, "55")])
    assert [cell.group for cell in cells] == ["school-opdrachtgever"]


ASKED = (Item("VM1", ("VM1.1", "VM1.2", "VM1.3")), Item("VM2", ("VM2.1", "VM2.2", "VM2.3", "VM2.4")))


def test_a_self_assessment_has_no_caps_and_no_band_and_keeps_its_answers() -> None:
    first, second = self_cells(ASKED, {"VM1.1": 5, "VM1.2": 5, "VM1.3": 5, "VM2.1": 3, "VM2.2": 4, "VM2.3": None})
    assert first == Cell("zelf", "VM1", 1, 5.0, {"VM1.1": 5.0, "VM1.2": 5.0, "VM1.3": 5.0})
    assert second == Cell("zelf", "VM2", 1, 3.5, {"VM2.1": 3.0, "VM2.2": 4.0})
    for cell in (first, second):
        assert (cell.bound, cell.spread, cell.standard_error, cell.band) == (Bound.EXACT, None, None, None)


def test_a_competency_answered_for_less_than_half_has_no_self_score() -> None:
    assert [cell.competency_code for cell in self_cells(ASKED, {"VM1.1": 4, "VM2.1": 3, "VM2.4": 2})] == ["VM2"]
    assert self_cells(ASKED, {}) == ()


@pytest.mark.parametrize("answers", [{"VM1.1": 6}, {"VM1.1": 0}, {"AC1.1": 3}])
def test_a_self_assessment_refuses_what_cannot_be(answers: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"outside the scale|not asked"):
        self_cells(ASKED, answers)


def test_the_teamleider_is_named_too() -> None:
    cell = the_cell(group_of("teamleider", "51?"))
    assert cell == Cell("teamleider", "A", 1, 3.0, {"A1": 5.0, "A2": 1.0})


def test_others_weighs_the_shown_anonymous_adult_groups_by_their_raters() -> None:
    cells = [
        Cell("zelf", "A", 1, 5.0),
        Cell("teamleider", "A", 1, 5.0),
        Cell("collega", "A", 6, 3.5, spread=0.9),
        Cell("school", "A", 3, 4.1, spread=0.7),
        Cell("ouder", "A", 9, 1.5, spread=0.7),
        Cell("leerling", "A", 9, 1.5, spread=0.4),
        Cell("school", "B", 3, 2.0, spread=0.7),
    ]
    first, second = others(cells)
    assert (first.competency_code, first.raters, first.smallest, first.mean) == ("A", 9, 3, 3.7)
    error = math.sqrt(36 * 0.81 / 6 + 9 * 0.49 / 3) / 9
    assert first.standard_error == pytest.approx(error)
    reach = 1.3562173 * error  # t(.90; 12)
    assert first.band == Band(round(3.7 - reach, 1), round(3.7 + reach, 1))
    assert (second.competency_code, second.raters, second.mean) == ("B", 3, 2.0)


def test_others_over_one_group_is_that_group() -> None:
    cell = the_cell(group_of("collega", "4?", "4?", "3?", "5?", "4?", "2?"))
    (one,) = others([cell])
    assert (one.mean, one.raters, one.band) == (cell.mean, cell.raters, cell.band)
    assert one.standard_error == pytest.approx(cell.standard_error)


def test_without_a_shown_group_there_are_no_others() -> None:
    assert others([Cell("zelf", "A", 1, 4.0), Cell("ouder", "A", 5, 4.0, spread=0.7)]) == ()


def test_others_takes_its_smallest_group_for_the_display_rules() -> None:
    (one,) = others([Cell("collega", "A", 3, 4.5, spread=0.7), Cell("school", "A", 3, 4.5, spread=0.7)])
    assert (one.raters, one.mean, one.bound) == (6, 4.5, Bound.OR_HIGHER)
    (other,) = others([Cell("collega", "A", 3, 4.5, spread=0.7), Cell("school", "A", 9, 4.8, spread=0.7)])
    assert (other.mean, other.bound) == (4.5, Bound.OR_HIGHER)


def test_a_stored_cell_reads_the_same_as_the_one_that_was_made() -> None:
    made = the_cell(group_of(Group.SELF, "45"))
    assert Cell("zelf", "A", made.raters, made.mean, dict(made.indicator_means)) == made


def test_who_was_asked_nothing_of_an_item_counts_nowhere_in_it() -> None:
    elsewhere = Packed("collega", ("Z1", "Z2"), b"\4\4" * 6)
    assert close([[elsewhere]], {"collega": (item_of(2),)}) == [()]


@pytest.mark.parametrize(("cells", "expected"), [
    ([("collega", "A", 4), ("collega", "B", 5), ("school", "A", 5), ("school", "B", 3)], False),
    ([("collega", "A", 4), ("collega", "B", 4), ("school", "A", 5), ("school", "B", 3)], True),
    ([("kleine-kring", "A", 10)], False),
    ([("kleine-kring", "A", 9), ("teamleider", "A", 1), ("ouder", "A", 9), ("leerling", "A", 9)], True),
    ([("collega", "A", 3), ("school-opdrachtgever", "A", 7)], False),
    ([], True),
])
def test_fewer_than_ten_adults_are_indicative(cells: list[tuple[str, str, int]], expected: bool) -> None:
    assert indicative(Cell(group, code, raters, 3.0) for group, code, raters in cells) is expected
