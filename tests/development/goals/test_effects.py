"""What later measurements say of a goal: the vector of measurement.md §6, and everything that is not compared."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.text import width
from app.charts.timeline import WIDE, Score, Timeline, ends
from app.development.goals.effects import Effect, Incomparable, Start, Taken, effect
from app.measurement.growth import Word
from app.measurement.scale import OTHERS, Group
from app.measurement.scoring import Cell

CODE = "VM1"
FIRST, LATER, LAST = dt.date(2026, 3, 6), dt.date(2026, 10, 1), dt.date(2027, 3, 1)
MADE = dt.datetime(2026, 3, 6, 15, tzinfo=dt.UTC)      # the goal, after what it began from
WORDS = {"VM1.1": "Vraagt wat de school verwacht", "VM1.2": "Vat samen", "VM1.3": "Legt vast"}


def noon(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def view(measurement_id: int, on: dt.date, mean: float, words: Mapping[str, str] = WORDS) -> Taken:
    return Taken(measurement_id, noon(on), on, False, (Cell(Group.SELF, CODE, 1, mean),), {Group.SELF: {CODE: words}})


def asked(measurement_id: int, on: dt.date, mean: float, *, group: str = Group.SCHOOL, raters: int = 5,
          spread: float = 0.6, words: Mapping[str, str] = WORDS) -> Taken:
    cells = (Cell(group, CODE, raters, mean, {}, spread),)
    return Taken(measurement_id, noon(on), on, True, cells, {group: {CODE: words}})


def began(one: Taken, group: str = OTHERS) -> Start:
    return Start(one.measurement_id, one.on, group, one.cells[0].mean)


def test_nothing_was_measured_since() -> None:
    first = asked(1, FIRST, 2.9)
    found = effect(CODE, began(first), MADE, [first])
    assert (found.now, found.change, found.word, found.obstacle) == (None, None, None, None)
    assert [one.score for one in found.seen] == [2.9]


# SE = spread / √n; the vector of §6: 3.3 (.28) → 3.8 (.25) is "lijkt te groeien, nog onzeker"
@pytest.mark.parametrize(("before", "now", "word"), [
    ((3.3, 0.28), (3.8, 0.25), Word.SEEMS_TO_GROW),
    ((3.3, 0.10), (3.8, 0.10), Word.VISIBLE_GROWTH),
    ((3.3, 0.10), (3.5, 0.10), Word.NO_CLEAR_DIFFERENCE),
    ((3.8, 0.28), (3.3, 0.25), Word.SEEMS_LESS),
    ((3.8, 0.10), (3.2, 0.10), Word.VISIBLY_LESS),
])
def test_the_word_of_the_others(before: tuple[float, float], now: tuple[float, float], word: Word) -> None:
    first, later = (asked(number, on, mean, spread=error * 5 ** 0.5)
                    for number, on, (mean, error) in ((1, FIRST, before), (2, LATER, now)))
    found = effect(CODE, began(first), MADE, [later, first])
    assert found.word is word
    assert found.change == round(now[0] - before[0], 1)
    assert found.start is not None and found.now is not None
    assert (found.start.score, found.now.score) == (before[0], now[0])
    assert found.now.band is not None


def test_her_own_view_gets_a_difference_and_no_word() -> None:
    first, later = view(1, FIRST, 2.9), view(2, LATER, 3.4)
    found = effect(CODE, began(first, Group.SELF), MADE, [first, later])
    assert (found.change, found.word, found.obstacle) == (0.5, None, None)


FIRST_SEEN, FIRST_OWN = asked(1, FIRST, 2.9), view(1, FIRST, 2.9)


@pytest.mark.parametrize(("start", "measurements", "obstacle"), [
    (began(FIRST_SEEN), [FIRST_SEEN, asked(2, LATER, 3.5, group=Group.COLLEAGUE)], Incomparable.NOT_SHOWN_BEFORE),
    (began(FIRST_SEEN), [FIRST_SEEN, asked(2, LATER, 3.5, words={"VM1.1": "Vraagt wat de school verwacht"})],
     Incomparable.OTHER_QUESTIONS),
    (began(FIRST_SEEN), [FIRST_SEEN, asked(2, LATER, 3.5, words=WORDS | {"VM1.1": "Anders"})],
     Incomparable.OTHER_WORDING),
    (began(FIRST_OWN, Group.SELF), [FIRST_OWN, view(2, LATER, 3.5, WORDS | {"VM1.1": "Anders"})],
     Incomparable.OTHER_WORDING),
    (began(FIRST_OWN, Group.SELF), [FIRST_OWN, view(2, LATER, 3.5, {"VM1.1": "Een zin"})],
     Incomparable.OTHER_QUESTIONS),
    (began(FIRST_SEEN), [asked(2, LATER, 3.5)], Incomparable.NOT_SHOWN_BEFORE),         # the first is gone
    (None, [asked(2, LATER, 3.5)], Incomparable.NO_START),
])
def test_what_cannot_be_compared_says_why(
    start: Start | None, measurements: list[Taken], obstacle: Incomparable
) -> None:
    found = effect(CODE, start, MADE, measurements)
    assert found.obstacle is obstacle
    assert found.change is None and found.word is None
    assert found.now is not None and found.now.score == 3.5


@pytest.mark.parametrize(("start", "measurements"), [
    (began(FIRST_OWN, Group.SELF), [FIRST_OWN, asked(2, LATER, 3.5)]),
    (began(FIRST_SEEN), [FIRST_SEEN, view(2, LATER, 3.5)]),
])
def test_of_other_people_there_is_no_now(start: Start, measurements: list[Taken]) -> None:
    found = effect(CODE, start, MADE, measurements)
    assert (found.now, found.obstacle) == (None, Incomparable.OTHER_PEOPLE)
    assert [one.score for one in found.seen] == [2.9, 3.5]


def test_what_was_measured_before_the_goal_was_made_does_not_count() -> None:
    """After the start score, and still before the goal: she had not begun."""
    first, between, later = asked(1, FIRST, 2.9), asked(2, LATER, 3.4), asked(3, LAST, 3.6)
    made_at = noon(LATER) + dt.timedelta(hours=1)
    assert effect(CODE, began(first), made_at, [first, between]).now is None
    found = effect(CODE, began(first), made_at, [first, between, later])
    assert found.now is not None and found.now.measurement_id == 3
    assert [one.score for one in found.seen] == [2.9, 3.6]


def test_the_same_people_go_before_what_is_newer_of_others() -> None:
    first, later = asked(1, FIRST, 2.9), asked(2, LATER, 3.6)
    found = effect(CODE, began(first), MADE, [first, later, view(3, LAST, 4.8)])
    assert found.now is not None and found.now.measurement_id == 2
    assert [one.score for one in found.seen] == [2.9, 3.6, 4.8]


def test_what_was_measured_before_does_not_count() -> None:
    first, earlier = asked(5, LATER, 2.9), asked(4, FIRST, 4.0)
    assert effect(CODE, began(first), noon(LATER), [earlier, first]).now is None
    assert effect(CODE, None, noon(LATER), [earlier]).now is None


@given(means=st.lists(st.integers(10, 50).map(lambda tenths: tenths / 10), min_size=1, max_size=6),
       kinds=st.lists(st.booleans(), min_size=6, max_size=6))
def test_a_change_and_an_obstacle_never_go_together(means: list[float], kinds: list[bool]) -> None:
    found_in = [(asked if kind else view)(number, FIRST + dt.timedelta(days=30 * number), mean)
                for number, (mean, kind) in enumerate(zip(means, kinds, strict=False))]
    start = began(found_in[0], OTHERS if kinds[0] else Group.SELF)
    found: Effect = effect(CODE, start, MADE, found_in)
    assert not (found.change is not None and found.obstacle is not None)
    assert found.word is None or (found.now is not None and found.now.group == OTHERS)
    if found.now is None:
        assert kinds[0] not in kinds[1:len(found_in)]


# --- the picture -----------------------------------------------------------------------------------------------------


def timeline(*scores: Score, days: tuple[dt.date, ...] = ()) -> str:
    begins_on, ends_on = ends([one.on for one in scores] + list(days), FIRST)
    return Timeline("Lijn <van> de tijd", scores, days, begins_on, ends_on, "maart", "nu").svg()


def test_the_picture_joins_only_what_is_compared() -> None:
    drawn = timeline(Score(FIRST, "others", 2.9), Score(LATER, "others", 3.6, (3.2, 4.0), joined=True),
                     Score(LAST, "self", 4.8), days=(LATER,))
    assert drawn.count('class="lo"') == 1 and 'class="ls"' not in drawn
    assert drawn.count('class="mo"') == 2 and drawn.count('class="ms"') == 1
    assert drawn.count('class="event"') == 1 and drawn.count('class="bandr"') == 1
    assert "&lt;van&gt;" in drawn and ">2,9<" in drawn and ">3,6<" in drawn


def boxes(drawn: str) -> list[tuple[float, float, float, float]]:
    """Where the scores stand that are written in it."""
    found = re.findall(r'<text class="v\w halo" x="([\d.]+)" y="([\d.]+)">([^<]+)<', drawn)
    return [(float(x), float(y) - 14, float(x) + width(said, 15), float(y) + 2) for x, y, said in found]


@pytest.mark.parametrize(("one", "other"), [(3.1, 3.0), (3.0, 3.0), (1.1, 1.0), (4.9, 5.0)])
def test_scores_are_not_written_over_each_other(one: float, other: float) -> None:
    for days in (0, 4, 20):
        later = LATER + dt.timedelta(days=days)
        drawn = timeline(Score(FIRST, "others", 2.9), Score(later, "others", one, joined=True),
                         Score(LATER, "self", other))
        found = boxes(drawn)
        assert len(found) == 3
        for number, (left, top, right, bottom) in enumerate(found):
            assert all(left >= box[2] or right <= box[0] or top >= box[3] or bottom <= box[1]
                       for box in found[number + 1:]), (days, found)


def test_the_small_circles_are_named() -> None:
    drawn = Timeline("Lijn", (Score(FIRST, "self", 3.0),), (LATER,), FIRST, LATER, "maart", "nu", "een moment").svg()
    assert drawn.count('class="event"') == 2 and "een moment" in drawn


def test_a_wide_page_sets_the_days_further_apart() -> None:
    narrow = Timeline("Lijn", (Score(FIRST, "self", 3.0), Score(LATER, "self", 3.6)), (), FIRST, LATER, "maart", "nu")
    places = [[float(x) for x in re.findall(r'<text class="vs halo" x="([\d.]+)"', drawn)]
              for drawn in (narrow.svg(), replace(narrow, width=WIDE).svg())]
    (first, last), (wide_first, wide_last) = places
    assert wide_first == first and wide_last - wide_first > 2 * (last - first)


def test_a_picture_of_one_day_stands_in_the_middle() -> None:
    assert 'cx="180.0"' in timeline(Score(FIRST, "self", 3.0))


def test_a_day_outside_the_line_is_refused() -> None:
    with pytest.raises(ValueError, match="does not lie between"):
        Timeline("x", (Score(LAST, "self", 3.0),), (), FIRST, LATER, "", "").svg()
