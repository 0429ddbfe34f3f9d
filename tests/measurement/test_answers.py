"""Who is valid, and what is refused before it is counted."""

from __future__ import annotations

import pytest

from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.scale import Group
from app.measurement.scoring import self_cells
from tests.measurement.oracle import GroupSheets, Sheet, valid_answers
from tests.measurement.rows import item_of, sheet


@pytest.mark.parametrize(("marks", "valid"), [
    ("4444", True),
    ("44??", True),
    ("4???", False),
    ("????", False),
    ("4?--", True),
    ("44?-", True),
    ("4??-", False),
    ("4---", True),
    ("----", False),
])
def test_a_rater_is_valid_from_half_of_what_she_was_asked(marks: str, valid: bool) -> None:
    item = item_of(4)
    assert bool(valid_answers(item, [sheet(item, marks)]).by_rater) is valid


def test_the_mean_of_a_rater_is_over_what_she_answered() -> None:
    item = item_of(4)
    answers = valid_answers(item, [sheet(item, "54??"), sheet(item, "1???"), sheet(item, "2-22")])
    assert [float(mean) for mean in answers.rater_means] == [4.5, 2.0]


def test_who_is_not_valid_counts_nowhere_but_was_asked() -> None:
    item = item_of(4)
    answers = valid_answers(item, [sheet(item, "5---"), sheet(item, "-1??")])
    assert answers.to_indicator("A1") == (5,)
    assert answers.to_indicator("A2") == ()
    assert answers.asked == ("A1", "A2", "A3", "A4")


def test_an_answer_to_what_was_not_asked_is_refused() -> None:
    with pytest.raises(ValueError, match="not asked"):
        Sheet(frozenset({"A1"}), {"A2": 3})


@pytest.mark.parametrize(("group", "score"), [
    (Group.COLLEAGUE, 0), (Group.COLLEAGUE, 6), (Group.PUPIL, 4), (Group.SELF, -1),
])
def test_a_score_outside_the_scale_is_refused(group: str, score: int) -> None:
    with pytest.raises(ValueError, match="outside the scale"):
        GroupSheets(group, (item_of(2),), (Sheet(frozenset({"A1", "A2"}), {"A1": score}),))


def test_figures_that_would_share_answers_are_refused() -> None:
    for items, why in (
        ((Item("A", ("A1", "A2")), Item("B", ("A2", "B1"))), "one item only"),
        ((Item("A", ("A1", "A2")), Item("A", ("A3", "A4"))), "only once"),
    ):
        with pytest.raises(ValueError, match=why):
            close([[Packed("collega", ("A1", "A2"), b"\3\3")]], {"collega": items})
        with pytest.raises(ValueError, match=why):
            self_cells(items, {})


@pytest.mark.parametrize(("asked", "rows"), [((), b""), (("A1", "A2"), b"\3"), (("A1", "A2"), b"\3\3\3")])
def test_half_a_sheet_is_refused(asked: tuple[str, ...], rows: bytes) -> None:
    with pytest.raises(ValueError, match="whole sheets"):
        Packed("collega", asked, rows)


def test_a_byte_beyond_the_scale_is_no_score() -> None:
    """What stands for 'kan ik niet zeggen' lies outside 1 up to the top, and a pupil's top is three."""
    items = {group: (item_of(2),) for group in ("collega", "leerling")}
    asked = ("A1", "A2")
    (cell,), (own,) = close([
        [Packed("collega", asked, bytes([4, 0, 4, 6, 4, 255]))],
        [Packed("leerling", asked, bytes([2, 4] * 5))],
    ], items)
    assert (cell.raters, cell.mean, cell.indicator_means) == (3, 4.0, {})
    assert (own.raters, own.mean, own.indicator_means) == (5, 2.0, {})
