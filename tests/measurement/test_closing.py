"""What only the closing of a round knows: words for agreement, many people at once, and what is refused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.measurement.answers import Item, Packed
from app.measurement.closing import close
from app.measurement.disclosure import Minimums
from app.measurement.scale import Group
from tests.measurement.oracle import GroupSheets
from tests.measurement.rows import cells_of, group_of, item_of, same_rows, sheet

ROOT = Path(__file__).parents[2]
ASKED = ("A1", "A2")


def each(group: str, scores: str) -> GroupSheets:
    """Raters whose means are these scores; the second indicator keeps the cell thin."""
    return group_of(group, *(f"{score}?" for score in scores))


@pytest.mark.parametrize(("scores", "word"), [
    ("333333", "eensgezind"),
    ("333444", "eensgezind"),           # AD = 0.5
    ("23443", "redelijk eensgezind"),   # AD = 0.64
    ("13335", "redelijk eensgezind"),   # AD = 0.8
    ("24244", "verdeeld"),              # AD = 0.96
    ("1345", None),                     # four people
])
def test_from_five_raters_on_a_word_says_how_far_they_agree(scores: str, word: str | None) -> None:
    (cell,) = cells_of([each("collega", scores)])
    assert cell.agreement == word


def test_pupils_and_who_is_named_get_no_such_word_and_parents_do() -> None:
    assert [cells_of([each(group, "122333")])[0].agreement for group in ("leerling", "teamleider", "ouder")] == [
        None, None, "redelijk eensgezind",
    ]


def test_two_variants_make_one_group_and_a_statement_of_few_makes_it_thin() -> None:
    """Five intern begeleiders asked three statements and three leraren asked two of them."""
    item = item_of(3)
    told = [*["444"] * 5, *["22-"] * 3]
    (rich,) = cells_of([GroupSheets("school", (item,), tuple(sheet(item, marks) for marks in told))])
    assert (rich.raters, rich.indicator_means) == (8, {"A1": 3.3, "A2": 3.3, "A3": 4.0})
    assert rich.mean == 3.5
    (thin,) = cells_of([GroupSheets("school", (item,), tuple(sheet(item, marks) for marks in told[1:]))])
    assert (thin.raters, thin.indicator_means, thin.mean) == (7, {}, 3.1)


def test_school_and_client_are_merged_also_where_they_were_asked_other_statements() -> None:
    item = item_of(3)
    school = GroupSheets("school", (item,), (sheet(item, "44-"), sheet(item, "44-")))
    client = GroupSheets("opdrachtgever", (item,), (sheet(item, "-22"),))
    (cell,) = cells_of([school, client])
    assert (cell.group, cell.raters, cell.mean) == ("school-opdrachtgever", 3, 3.3)


def test_a_small_circle_shows_what_no_group_could_show_alone() -> None:
    few = [same_rows("collega", 2, "44"), same_rows("school", 1, "22"), same_rows("ouder", 3, "33")]
    assert [cell.group for cell in cells_of(few)] == ["ouder"]
    circle, parents = cells_of(few, small_circle=True)
    assert (circle.group, circle.raters, circle.mean) == ("kleine-kring", 3, 3.3)
    assert parents.group == "ouder"
    assert cells_of(few, Minimums({"school": 4}), small_circle=True) == (parents,)


def test_nobody_and_empty_sheets_make_nothing() -> None:
    items = {"collega": (item_of(2),)}
    assert close([], items) == []
    assert close([[], [Packed("collega", ASKED, b"")]], items) == [(), ()]


def test_everyone_keeps_her_own_cells() -> None:
    items = {Group.COLLEAGUE.value: (item_of(2),)}
    first, nobody, second = close(
        [[Packed("collega", ASKED, b"\2\2" * 3)], [], [Packed("collega", ASKED, b"\4\4" * 5)]], items
    )
    assert [cell.mean for cell in first] == [2.0]
    assert nobody == ()
    assert [cell.raters for cell in second] == [5]


def test_a_group_without_items_is_refused() -> None:
    with pytest.raises(KeyError):
        close([[Packed("ouder", ASKED, b"\3\3")]], {"collega": (item_of(2),)})


def test_more_than_can_be_added_up_exactly_is_refused() -> None:
    wide = Item("A", tuple(f"A{number}" for number in range(30)))
    with pytest.raises(ValueError, match="too many"):
        close([[Packed("collega", wide.indicators, b"\3" * 30)]], {"collega": (wide,)})


def test_the_web_never_loads_numpy() -> None:
    """It would cost every web process 20 MB; only the worker closes rounds."""
    loaded = subprocess.run([sys.executable, "-c", "import app, sys; print('numpy' in sys.modules)"], cwd=ROOT,
                            capture_output=True, text=True, check=True)
    assert loaded.stdout.split() == ["False"]
