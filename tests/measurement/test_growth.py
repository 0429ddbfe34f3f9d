"""Growth between two measurements: what may be compared, how large and how sure, and in which word."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.growth import Growth, Obstacle, Wave, Word, growth, seen_in, then_and_now, word_of
from app.measurement.scale import Bound, exact
from app.measurement.scoring import Cell, others

WORDS = {"A1": "Zij vraagt door.", "A2": "Zij luistert."}
GROUPS = ("zelf", "teamleider", "collega", "school", "opdrachtgever", "school-opdrachtgever", "kleine-kring", "ouder",
          "leerling")  # fmt: skip


scores = st.integers(12, 48).map(lambda tenth: tenth / 10)
adults = st.sampled_from(["collega", "school", "opdrachtgever"])
circles = st.dictionaries(adults, st.tuples(scores, st.integers(3, 20)))


def cell(mean: float, raters: int = 8, group: str = "collega", spread: float | None = 0.7) -> Cell:
    return Cell(group, "A", raters, mean, spread=spread)


def wave(*cells: Cell, words: dict[str, str] | None = None) -> Wave:
    return Wave(cells, {group: {"A": WORDS if words is None else words} for group in GROUPS})


@pytest.mark.parametrize(("change", "error", "word"), [
    ("0.5", 0.375, Word.SEEMS_TO_GROW),  # the vector: 1.28 · 0.375 = 0.48, 1.645 · 0.375 = 0.617
    ("0.4", 0.375, Word.NO_CLEAR_DIFFERENCE),
    ("0.6", 0.375, Word.SEEMS_TO_GROW),
    ("0.7", 0.375, Word.VISIBLE_GROWTH),
    ("-0.4", 0.375, Word.NO_CLEAR_DIFFERENCE),
    ("-0.5", 0.375, Word.SEEMS_LESS),
    ("-0.7", 0.375, Word.VISIBLY_LESS),
    ("0.2", 0.0, Word.NO_CLEAR_DIFFERENCE),
    ("0.3", 0.0, Word.SEEMS_TO_GROW),
    ("0.4", 0.0, Word.SEEMS_TO_GROW),
    ("0.5", 0.0, Word.VISIBLE_GROWTH),
    ("-0.3", 0.0, Word.SEEMS_LESS),
    ("-0.5", 0.0, Word.VISIBLY_LESS),
    ("0.0", 0.0, Word.NO_CLEAR_DIFFERENCE),
    ("0.9", 0.572, Word.SEEMS_TO_GROW), ("1.0", 0.572, Word.VISIBLE_GROWTH),  # three raters, twice
])
def test_the_word_for_a_change(change: str, error: float, word: Word) -> None:
    assert word_of(Fraction(change), error) is word


@given(st.integers(-40, 40), st.floats(0, 1))
def test_the_rule_once_more(tenth: int, error: float) -> None:
    size = abs(tenth) / 10
    visible = size >= max(0.5, 1.645 * error)
    seeming = size >= max(0.3, 1.28 * error)
    up = Word.VISIBLE_GROWTH if visible else Word.SEEMS_TO_GROW if seeming else Word.NO_CLEAR_DIFFERENCE
    mirrored = {Word.VISIBLE_GROWTH: Word.VISIBLY_LESS, Word.SEEMS_TO_GROW: Word.SEEMS_LESS}
    assert word_of(Fraction(tenth, 10), error) is (up if tenth > 0 else mirrored.get(up, up))


def test_the_vector_from_cells() -> None:
    """3.3 with SE .8/√8 = .28, then 3.8 with SE .7/√8 = .25."""
    before, now = wave(cell(3.3, spread=0.8)), wave(cell(3.8))
    group, over_all = growth(before, now)
    assert (group.group, group.before, group.now, group.change) == ("collega", 3.3, 3.8, 0.5)
    assert round(group.error or 0, 3) == 0.376
    assert (group.word, group.obstacle) == (Word.SEEMS_TO_GROW, None)
    assert over_all == replace(group, group="anderen", error=over_all.error)
    assert over_all.error == pytest.approx(group.error)


def test_the_others_weigh_the_changes_of_the_groups_that_can_be_compared() -> None:
    """w = 4·12/16 = 3 and 6·3/9 = 2: Δ = (3·1.0 − 2·0.2)/5 = 0.52, and not 3.9 − 3.6, the difference of the figures."""
    before = wave(cell(3.0, 4), cell(4.0, 6, "school"))
    now = wave(cell(4.0, 12), cell(3.8, 3, "school"), cell(2.0, 4, "opdrachtgever"))
    *_, client, over_all = growth(before, now)
    assert client == Growth("opdrachtgever", "A", None, 2.0, None, None, None, Obstacle.NOT_SHOWN_BEFORE)
    errors = 0.49 / 4 + 0.49 / 12, 0.49 / 6 + 0.49 / 3
    assert over_all.change == 0.5
    assert over_all.error == pytest.approx(math.sqrt(9 * errors[0] + 4 * errors[1]) / 5)
    assert (over_all.before, over_all.now) == (others(before.cells)[0].mean, others(now.cells)[0].mean)
    assert over_all.word is Word.SEEMS_TO_GROW  # 1.28 · 0.313 = 0.401, 1.645 · 0.313 = 0.515


def test_the_change_of_the_others_is_that_of_two_figures_over_the_same_groups() -> None:
    """(3·3.0 + 2·4.0)/5 = 3.40 and (3·4.0 + 2·3.8)/5 = 3.92: the client, who was not asked before, is in neither."""
    before = wave(cell(3.0, 4), cell(4.0, 6, "school"))
    now = wave(cell(4.0, 12), cell(3.8, 3, "school"), cell(2.0, 4, "opdrachtgever"))
    over_all = growth(before, now)[-1]
    then, today = then_and_now(over_all, before, now)
    assert (then.mean, today.mean, over_all.change) == (3.4, 3.9, 0.5)
    assert (then.raters, today.raters) == (10, 15)
    assert then.band.low < then.mean < then.band.high
    assert seen_in(over_all, wave(cell(2.0, 30), cell(3.0, 3, "school"))).mean == 2.4     # type: ignore[union-attr]
    assert seen_in(over_all, wave(cell(2.0, 30))) is None
    with pytest.raises(ValueError, match="nothing is compared"):
        then_and_now(growth(before, now)[0], before, now)


@given(st.data())
def test_then_and_now_differ_by_the_change_unless_a_cap_is_reached(data: st.DataObject) -> None:
    first, second = data.draw(circles), data.draw(circles)
    before, now = (wave(*(cell(mean, n, group) for group, (mean, n) in circle.items())) for circle in (first, second))
    for found in growth(before, now):
        if found.group != "anderen" or found.change is None:
            continue
        then, today = then_and_now(found, before, now)
        weights = {group: first[group][1] * second[group][1] / (first[group][1] + second[group][1])
                   for group in first.keys() & second.keys()}
        for seen, circle in ((then, first), (today, second)):
            mean = sum(weight * circle[group][0] for group, weight in weights.items()) / sum(weights.values())
            if seen.bound is Bound.EXACT:
                assert abs(seen.mean - mean) < 0.0751
        if then.bound is today.bound is Bound.EXACT:
            assert exact(today.mean) - exact(then.mean) == exact(found.change)
        back = growth(now, before)[-1]
        assert then_and_now(back, now, before) == (today, then)


@pytest.mark.parametrize(("first", "second", "change"), [(0.1, 0.2, 0.2), (-0.1, -0.2, -0.2), (0.3, -0.3, 0.0)])
def test_the_change_of_the_others_is_rounded_outward(first: float, second: float, change: float) -> None:
    """Two groups of equal weight: ±0.15 becomes ±0.2, upward as downward."""
    before = wave(cell(3.0), cell(3.0, group="school"))
    now = wave(cell(3.0 + first), cell(3.0 + second, group="school"))
    assert growth(before, now)[-1].change == change


@pytest.mark.parametrize(("words", "obstacle"), [
    ({"A1": "Zij vraagt door.", "A2": "Zij luistert goed."}, Obstacle.OTHER_WORDING),
    ({"A1": "Zij vraagt door."}, Obstacle.OTHER_QUESTIONS),
    (WORDS | {"A3": "Zij vat samen."}, Obstacle.OTHER_QUESTIONS),
    ({"A1": "Zij vraagt door.", "A9": "Zij luistert."}, Obstacle.OTHER_QUESTIONS),
])
def test_other_questions_are_not_compared(words: dict[str, str], obstacle: Obstacle) -> None:
    assert growth(wave(cell(3.0), words=words), wave(cell(4.0))) == tuple(
        Growth(group, "A", 3.0, 4.0, None, None, None, obstacle) for group in ("collega", "anderen")
    )


def test_the_order_of_the_questions_does_not_matter() -> None:
    turned = dict(reversed(WORDS.items()))
    assert growth(wave(cell(3.0), words=turned), wave(cell(4.0)))[0].obstacle is None


def test_what_was_not_shown_before_is_not_compared_and_what_is_not_shown_now_is_absent() -> None:
    assert growth(wave(cell(3.0, group="school")), wave(cell(4.0))) == (
        Growth("collega", "A", None, 4.0, None, None, None, Obstacle.NOT_SHOWN_BEFORE),
        Growth("anderen", "A", 3.0, 4.0, None, None, None, Obstacle.NOT_SHOWN_BEFORE),
    )
    assert growth(wave(cell(3.0)), wave()) == ()


def test_a_merged_group_is_not_compared_with_its_part() -> None:
    found = growth(wave(cell(3.0, group="school")), wave(cell(4.0, group="school-opdrachtgever")))
    assert {one.obstacle for one in found} == {Obstacle.NOT_SHOWN_BEFORE}


def test_the_others_say_the_obstacle_that_is_nearest_to_a_comparison() -> None:
    before = Wave((cell(3.0), cell(3.0, group="school")), {"collega": {"A": {"A1": "x"}}, "school": {"A": {"A1": "x"}}})
    now = Wave((cell(3.0), cell(3.0, group="school"), cell(3.0, group="opdrachtgever")),
               {"collega": {"A": {"A1": "y"}}, "school": {"A": {"A2": "x"}}})
    assert [one.obstacle for one in growth(before, now)] == [
        Obstacle.OTHER_WORDING, Obstacle.OTHER_QUESTIONS, Obstacle.NOT_SHOWN_BEFORE, Obstacle.OTHER_WORDING,
    ]


def test_who_is_named_has_no_growth_and_parents_and_pupils_have_their_own() -> None:
    before = wave(cell(2.0, 1, "zelf", None), cell(2.0, 1, "teamleider", None), cell(3.0, group="ouder"),
                  cell(2.0, 9, "leerling", 0.4))  # fmt: skip
    now = wave(cell(4.0, 1, "zelf", None), cell(4.0, 1, "teamleider", None), cell(4.0, group="ouder"),
               cell(2.6, 9, "leerling", 0.4))  # fmt: skip
    assert [(one.group, one.change, one.word) for one in growth(before, now)] == [
        ("ouder", 1.0, Word.VISIBLE_GROWTH), ("leerling", 0.6, Word.VISIBLE_GROWTH),
    ]


@pytest.mark.parametrize(("few", "many"), [(4.5, 4.8), (1.5, 1.2)])
@pytest.mark.parametrize("raters", [5, 12, 400])
def test_caps_alone_make_no_growth(few: float, many: float, raters: int) -> None:
    """The cap of four people and that of many differ by 0.3 though nothing changed."""
    less, more = wave(cell(few, 4)), wave(cell(many, raters))
    for before, now in ((less, more), (more, less)):
        assert {one.word for one in growth(before, now)} == {Word.NO_CLEAR_DIFFERENCE}


@given(circles, circles)
def test_forth_and_back_are_each_other_mirrored(first: dict[str, tuple[float, int]],
                                               second: dict[str, tuple[float, int]]) -> None:  # fmt: skip
    before, now = (wave(*(cell(mean, n, group) for group, (mean, n) in circle.items())) for circle in (first, second))
    forth = {one.group: one for one in growth(before, now)}
    back = {one.group: one for one in growth(now, before)}
    for group in forth.keys() & back.keys():
        there, again = forth[group], back[group]
        assert there.obstacle == again.obstacle
        if there.change is not None and again.change is not None:
            assert there.change == -again.change == round(there.change, 1)
            assert there.error == pytest.approx(again.error)
