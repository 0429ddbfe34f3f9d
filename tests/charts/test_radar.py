"""The radar: what may be drawn, where every point lies, and where every word stands."""

from __future__ import annotations

import math
import re
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.charts.around import RADIUS, surroundings
from app.charts.radar import Sector, Series
from app.charts.scale import WORDS
from app.charts.scene import WIDTH
from tests.charts.samples import (
    LONG,
    OTHERS,
    RADARS,
    SECTORS,
    SELF,
    TARGET,
    TWELVE,
    Drawing,
    Values,
    drawn,
    line,
    radar,
)

SIN60 = math.sin(math.pi / 3)


def middle(drawing: Drawing) -> tuple[float, float]:
    """Where all axes meet: the first point of any of them."""
    numbers = re.findall(r"-?[\d.]+", drawing.looks("grid")[0].attrib["d"])
    return float(numbers[0]), float(numbers[1])


def gone(measured: int, of: int) -> Values:
    return (3.0,) * measured + (None,) * (of - measured)


@pytest.mark.parametrize(
    ("measured", "of", "enough"),
    [
        (6, 6, True),
        (5, 6, True),
        (4, 6, False),
        (12, 12, True),
        (10, 12, True),
        (9, 12, False),
        (5, 5, True),
        (4, 5, False),
    ],
)
def test_is_drawn_from_five_of_six_axes(measured: int, of: int, enough: bool) -> None:
    series = line(gone(measured, of))
    assert series.enough is enough
    assert radar(series, axes=TWELVE[:of]).drawable is enough


def test_is_not_drawn_with_fewer_than_five_axes_or_without_a_line() -> None:
    assert not radar(line(gone(4, 4)), axes=TWELVE[:4]).drawable
    assert not radar().drawable
    assert not radar(line(gone(4, 6)), line(TARGET, "target")).drawable     # a target alone is no measurement
    with pytest.raises(ValueError, match="too little"):
        radar().svg()
    with pytest.raises(ValueError, match="too little"):
        radar(line(gone(3, 6))).plotly()


@pytest.mark.parametrize(
    ("series", "sectors"),
    [
        ((line(SELF[:5]),), ()),
        ((line(SELF), line(SELF)), ()),
        (tuple(line(SELF, key) for key in ("self", "others", "previous", "target")), ()),
        ((line(SELF),), (Sector("Een", 2), Sector("Twee", 3))),
    ],
)
def test_refuses_a_description_that_does_not_fit(series: tuple[Series, ...], sectors: tuple[Sector, ...]) -> None:
    with pytest.raises(ValueError, match=r"every series|at most three|sectors"):
        radar(*series, sectors=sectors)


@pytest.mark.parametrize("value", [0.9, 5.1, -3.0, 40.0])
def test_refuses_a_value_outside_the_scale(value: float) -> None:
    with pytest.raises(ValueError, match="scale"):
        radar(line((*SELF[:5], value))).svg()


@pytest.mark.parametrize(
    ("axis", "value", "across", "up"),
    [
        (0, 5.0, 0.0, 1.0),
        (0, 3.0, 0.0, 0.5),
        (0, 1.0, 0.0, 0.0),
        (1, 5.0, SIN60, 0.5),
        (2, 3.0, SIN60 / 2, -0.25),
        (3, 4.0, 0.0, -0.75),
        (4, 2.0, -SIN60 / 4, -0.125),
        (5, 5.0, -SIN60, 0.5),
    ],
)
def test_every_point_lies_where_it_belongs(axis: int, value: float, across: float, up: float) -> None:
    values = [3.0] * 6
    values[axis] = value
    drawing = drawn(radar(line(tuple(values))))
    x, y = middle(drawing)
    mark = drawing.marks("ms")[axis]
    assert (mark.x, mark.y) == pytest.approx((x + across * RADIUS, y - up * RADIUS), abs=0.1)


def test_draws_the_published_figure_and_nothing_finer() -> None:
    assert drawn(radar(line((3.449, *SELF[1:])))).marks("ms") == drawn(radar(line((3.4, *SELF[1:])))).marks("ms")
    assert drawn(radar(line((3.25, *SELF[1:])))).marks("ms") == drawn(radar(line((3.3, *SELF[1:])))).marks("ms")


def test_the_rings_are_numbered_from_the_middle_and_say_what_they_mean() -> None:
    drawing = drawn(RADARS["self"])
    x, y = middle(drawing)
    numbers = [text for text in drawing.looks("m") if text.text and text.text in "12345"]
    reaches = [math.hypot(float(n.attrib["x"]) - x, float(n.attrib["y"]) - 5 - y) for n in numbers]
    assert [number.text for number in numbers] == list("12345")
    assert reaches == pytest.approx([RADIUS * SIN60 * ring / 4 for ring in range(5)], abs=0.2)
    told = " ".join(drawing.words)
    assert all(f"{value} {word}" in told for value, word in enumerate(WORDS, start=1))


def test_the_axes_keep_their_order_clockwise_from_the_top() -> None:
    drawing = drawn(RADARS["roles"])
    x, y = middle(drawing)
    spots = {
        "".join(text.itertext()).replace("-", ""): (float(text.attrib["x"]) - x, float(text.attrib["y"]) - y)
        for text in drawing.looks("b")
    }
    turns = [math.atan2(across, -down) % math.tau for across, down in spots.values()]
    assert list(spots) == list(RADARS["roles"].axes)
    assert turns == sorted(turns)


def test_a_full_line_is_closed_and_a_missing_axis_is_a_gap() -> None:
    [whole] = drawn(radar(line(SELF))).looks("ls")
    [open_] = drawn(radar(line(OTHERS))).looks("ls")
    assert whole.attrib["d"].endswith("Z")
    assert whole.attrib["d"].count("L") == 5
    assert "Z" not in open_.attrib["d"]
    # begins after the gap and goes round to the axis before it
    marks = drawn(radar(line(OTHERS))).marks("ms")
    assert len(marks) == 5
    assert open_.attrib["d"].startswith(f"M{marks[2].x:.1f} {marks[2].y:.1f}L")
    assert open_.attrib["d"].endswith(f"L{marks[1].x:.1f} {marks[1].y:.1f}")


def test_two_gaps_leave_two_lines_and_a_lonely_point_only_its_mark() -> None:
    apart = drawn(radar(line((3.0, 3.0, 3.0, None, 3.0, 3.0, 3.0, 3.0, None, 3.0, 3.0, 3.0)), axes=TWELVE))
    assert [path.attrib["d"].count("L") for path in apart.looks("ls")] == [3, 5]
    lonely = drawn(radar(line((None, 3.0, None, *(3.0,) * 9)), axes=TWELVE))
    assert [path.attrib["d"].count("L") for path in lonely.looks("ls")] == [8]
    assert len(lonely.marks("ms")) == 10


def test_of_a_series_with_few_values_the_points_are_drawn_and_lines_only_between_neighbours() -> None:
    drawing = drawn(radar(line(SELF), line((3.0, 3.0, None, 4.0, None, None), "previous")))
    assert len(drawing.marks("mp")) == 3
    assert [path.attrib["d"].count("L") for path in drawing.looks("lp")] == [1]
    apart = drawn(radar(line(SELF), line((3.0, None, 3.0, None, 4.0, None), "group")))
    assert len(apart.marks("mr")) == 3 and not apart.looks("lr")


def test_an_axis_that_nobody_has_keeps_its_place_and_says_so() -> None:
    words = drawn(RADARS["missing"]).words
    assert any("onderhandelen" in word and "(niet gemeten)" in word for word in words)
    assert sum("(niet gemeten)" in word for word in words) == 1


def test_an_uncertain_point_is_open() -> None:
    marks = drawn(radar(line(SELF, uncertain=(1, 4)))).marks("ms")
    assert [mark.look for mark in marks] == ["ms", "ms open", "ms", "ms", "ms open", "ms"]


@pytest.mark.parametrize("second", [SELF, tuple(value + 0.1 for value in SELF)])
def test_points_that_would_hide_each_other_step_aside_at_the_same_height(second: Values) -> None:
    drawing = drawn(radar(line(SELF), line(second, "others")))
    x, y = middle(drawing)
    for mine, theirs, value in zip(drawing.marks("ms"), drawing.marks("mo"), SELF, strict=True):
        assert math.dist((mine.x, mine.y), (theirs.x, theirs.y)) >= 9
        assert math.dist((mine.x, mine.y), (x, y)) == pytest.approx((value - 1) / 4 * RADIUS, abs=0.2)


def test_points_that_stand_apart_stay_on_their_axis() -> None:
    drawing = drawn(radar(line((4.0,) * 6), line((3.0,) * 6, "others")))
    assert drawing.marks("ms")[0].x == drawing.marks("mo")[0].x == WIDTH / 2


def test_three_equal_points_are_three_points() -> None:
    drawing = drawn(RADARS["same"])
    for marks in zip(drawing.marks("ms"), drawing.marks("mo"), drawing.marks("mp"), strict=True):
        assert all(math.dist((a.x, a.y), (b.x, b.y)) >= 9 for a, b in combinations(marks, 2))


def test_the_target_is_a_bar_across_its_axis_and_moves_nobody() -> None:
    drawing = drawn(radar(line(TARGET), line(TARGET, "target")))
    assert drawing.marks("ms") == drawn(radar(line(TARGET))).marks("ms")
    for bar, mark in zip(drawing.marks("mg"), drawing.marks("ms"), strict=True):
        assert (bar.x, bar.y) == pytest.approx((mark.x, mark.y), abs=0.1)


def test_many_axes_are_numbered_and_named_below_with_their_sectors_at_the_rim() -> None:
    drawing = drawn(RADARS["twelve"])
    numbers = [text.text for text in drawing.looks("b") if text.text and text.text.isdigit()]
    named = {word.replace(" ", "") for word in drawing.words}
    assert numbers == [str(number) for number in (*range(1, 13), *range(1, 13))]
    assert all(name.replace(" ", "") in named or f"{name} (niet gemeten)".replace(" ", "") in named for name in TWELVE)
    assert len(drawing.looks("arc")) == 4
    unbroken = {word.replace("-", "").replace(" ", "") for word in drawing.words}
    assert {sector.name.replace(" ", "") for sector in SECTORS} <= unbroken


def test_the_first_sector_begins_at_the_top() -> None:
    drawing = drawn(radar(line(LONG), axes=TWELVE, sectors=SECTORS))
    x, y = middle(drawing)
    mark = drawing.marks("ms")[0]
    assert math.atan2(mark.x - x, y - mark.y) == pytest.approx(math.tau / 24, abs=0.01)


TEXT = st.text(max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXT, min_size=5, max_size=12), st.booleans())
def test_no_word_is_cut_off_or_covers_another(names: list[str], sectors: bool) -> None:
    axes = len(names)
    turns = [index * math.tau / axes for index in range(axes)]
    groups = [(name, 1) for name in names] if sectors and axes < 7 else []
    scene, _ = surroundings(names, turns, WORDS, groups)
    boxes = [label.box for label in scene.labels]
    for box in boxes:
        assert box.left >= 0
        assert box.right <= WIDTH
        assert box.top >= 0
        assert box.bottom <= scene.height
    outside = [label.box for label in scene.labels if "halo" not in label.look]
    assert not [1 for one, other in combinations(outside, 2) if one.meets(other)]
