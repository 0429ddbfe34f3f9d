"""Who is valid, and what is refused before it is counted."""

from __future__ import annotations

import pytest

from app.measurement.answers import GroupSheets, Item, Sheet, valid_answers
from app.measurement.scale import Group
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
    with pytest.raises(ValueError, match="one item only"):
        GroupSheets(Group.COLLEAGUE, (Item("A", ("A1", "A2")), Item("B", ("A2", "B1"))), ())
    with pytest.raises(ValueError, match="only once"):
        GroupSheets(Group.COLLEAGUE, (Item("A", ("A1", "A2")), Item("A", ("A3", "A4"))), ())
