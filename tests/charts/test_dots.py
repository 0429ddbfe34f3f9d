"""The dot plot: where points, bands and targets lie, and that no figure covers another."""

from __future__ import annotations

import math
import re
from itertools import combinations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.beside import Placed, values_beside
from app.charts.dots import DotChart, DotRow
from app.charts.marks import DRAWN, LOOKS, Key, key
from app.charts.scale import WORDS, Beyond, written
from app.charts.scene import WIDTH
from tests.charts.samples import ASPECTS, DOTS, Drawing, drawn, points_of


def row(**told: object) -> Drawing:
    return drawn(DotChart("Plaatje", "", (DotRow("Systeeminzicht", **told),)))  # type: ignore[arg-type]


@pytest.mark.parametrize(("value", "x"), [(1.0, 14), (2.0, 107), (3.0, 200), (3.5, 246.5), (4.0, 293), (5.0, 386)])
def test_every_point_lies_where_it_belongs(value: float, x: float) -> None:
    drawing = row(points={"self": value}, target=value)
    assert drawing.marks("ms")[0].x == pytest.approx(x, abs=0.1)
    assert drawing.marks("mg")[0].x == pytest.approx(x, abs=0.1)
    assert drawing.marks("mg")[0].y == pytest.approx(drawing.marks("ms")[0].y)


@pytest.mark.parametrize(
    ("value", "told"), [(3.4, "3,4"), (4.0, "4,0"), (2.25, "2,3"), (2.349, "2,3"), (1.0, "1,0")]
)
def test_the_figure_stands_beside_its_point_with_a_comma(value: float, told: str) -> None:
    drawing = row(points={"self": value})
    assert [text.text for text in drawing.looks("vs")] == [told]


@pytest.mark.parametrize(("sign", "value", "short", "full"), [
    ("+", 4.5, "4,5+", "4,5 of hoger"), ("−", 1.5, "1,5−", "1,5 of lager"),
])
def test_a_figure_that_stands_for_all_beyond_it_says_so(sign: Beyond, value: float, short: str, full: str) -> None:
    chart = DotChart("Plaatje", "", (DotRow("Systeeminzicht", points={"others": value}, beyond={"others": sign}),))
    assert [text.text for text in drawn(chart).looks("vo")] == [short]
    [told] = [trace["hovertext"][0] for trace in points_of(chart)]
    assert told == f"Systeeminzicht<br>Anderen: {full}"
    told = key([("others", "Anderen")], [(short, full)])
    assert f"<li><b>{short}</b> {full}</li>" in told


@pytest.mark.parametrize("pair", list(combinations([key for key in DRAWN if key != "target"], 2)))
@pytest.mark.parametrize("apart", [0.0, 0.1, 0.2])
def test_marks_that_would_hide_each_other_stand_above_each_other(pair: tuple[Key, Key], apart: float) -> None:
    drawing = row(points={pair[0]: 3.0, pair[1]: 3.0 + apart})
    one, other = (drawing.marks(f"m{LOOKS[key].letter}")[0] for key in pair)
    assert math.dist((one.x, one.y), (other.x, other.y)) >= 0.75 * (LOOKS[pair[0]].reach + LOOKS[pair[1]].reach) - 0.1


@pytest.mark.parametrize("value", [0.9, 5.1])
def test_refuses_a_value_outside_the_scale(value: float) -> None:
    for told in ({"points": {"self": value}}, {"target": value}, {"band": (value, 5.0)}):
        with pytest.raises(ValueError, match="scale"):
            row(**told)


def test_each_kind_has_a_mark_of_its_own() -> None:
    drawing = row(points={"self": 1.5, "others": 2.5, "previous": 3.5, "teamleider": 4.5, "group": 2.0}, target=3.0)
    for look in ("ms", "mo", "mp", "mt", "mr", "mg"):
        assert [mark.look for mark in drawing.marks(look)] == [look]
    assert {one.tag for look in ("ms", "mo", "mt") for one in drawing.looks(look)} == {"circle", "path", "rect"}
    [diamond, triangle] = (re.sub(r"^M\S+ \S+", "", drawing.looks(look)[0].attrib["d"]) for look in ("mo", "mr"))
    assert diamond != triangle
    assert row(points={"others": 3.0}, uncertain=frozenset({"others"})).marks("mo")[0].look == "mo open"


def test_the_band_reaches_from_end_to_end_behind_the_point() -> None:
    drawing = row(points={"others": 3.0}, band=(2.5, 3.5))
    [band] = drawing.looks("bandr")
    across = [float(pair.split()[0]) for pair in band.attrib["d"].strip("MZ").split("L")]
    assert (min(across), max(across)) == pytest.approx((153.5, 246.5), abs=0.1)
    order = [one.attrib.get("class") for one in drawing.root]
    assert order.index("bandr") < order.index("mo")
    assert not row(points={"others": 3.0}).looks("bandr")


def test_rows_keep_the_order_they_were_given() -> None:
    names = [text.text for text in drawn(DOTS["self"]).looks("b")]
    heights = [mark.y for mark in drawn(DOTS["self"]).marks("ms")]
    assert names == list(ASPECTS)
    assert heights == sorted(heights)


def test_the_words_of_the_scale_stand_under_the_axis() -> None:
    assert drawn(DOTS["self"]).words[-10:] == [part for pair in zip("12345", WORDS, strict=True) for part in pair]


def test_a_long_name_is_wrapped_and_pushes_its_note_below() -> None:
    long = DotRow("Heldere afspraken maken en scherpe feedback geven", "strenger voor jezelf")
    drawing = drawn(DotChart("", "", (long,)))
    [name], [note] = drawing.looks("b"), [one for one in drawing.looks("m") if one.text == "strenger voor jezelf"]
    assert len(list(name)) == 2
    assert float(note.attrib["y"]) > float(name.attrib["y"]) + 20


def test_without_rows_there_is_a_scale_and_no_point() -> None:
    drawing = drawn(DotChart("Leeg", "", ()))
    assert "vaak" in drawing.words
    assert not drawing.root.findall("circle")


def test_equal_points_stand_above_and_below_the_line() -> None:
    drawing = row(points={"self": 3.0, "previous": 3.0})
    [mine], [earlier] = drawing.marks("ms"), drawing.marks("mp")
    assert mine.x == earlier.x
    assert abs(mine.y - earlier.y) >= 11


values = st.integers(10, 50).map(lambda tenths: tenths / 10)
keys = st.sampled_from([key for key in get_args(Key) if key != "target"])


@given(st.dictionaries(keys, values, min_size=1), st.none() | st.tuples(values, values).map(sorted), st.none() | values)
def test_no_figure_covers_a_point_or_another_figure(
    points: dict[Key, float], band: list[float] | None, target: float | None
) -> None:
    def across(value: float) -> float:
        return 14 + (value - 1) * 93

    placed = tuple(Placed(key, across(value), 100.0, value) for key, value in points.items())
    labels = values_beside(
        placed, 100.0, (across(band[0]), across(band[1])) if band else None, None if target is None else across(target)
    )
    told = {label.look.split()[0]: label.lines[0] for label in labels}
    assert len(told) == len(labels)
    expected = {f"v{LOOKS[key].letter}": written(value) for key, value in points.items()}
    assert told == {look: value for look, value in expected.items() if look != "vp" or look in told}
    boxes = [label.box for label in labels]
    assert all(box.left >= 0 and box.right <= WIDTH for box in boxes)
    assert not [1 for one, other in combinations(boxes, 2) if one.meets(other)]
    assert not [1 for box in boxes for point in placed if box.meets(point.box)]
    own = {f"v{LOOKS[point.key].letter}": point.x for point in placed}
    marks = {point.x for point in placed} | ({across(target)} if target is not None else set())
    for label in labels:
        from_, to = sorted((own[label.look.split()[0]], (label.box.left + label.box.right) / 2))
        assert not [mark for mark in marks if from_ + 1 < mark < to - 1], label


@pytest.mark.parametrize("mine", [2.6, 2.9, 3.0, 3.2, 4.0])
@pytest.mark.parametrize("before", [2.5, 2.9, 3.0, 3.1, 3.3, 3.4, 3.5, 3.6, 3.7, 3.9, 4.5])
def test_the_earlier_figure_never_stands_at_the_other_side_of_the_target(mine: float, before: float) -> None:
    drawing = row(points={"self": mine, "previous": before}, target=3.5)
    [target], points = drawing.marks("mg"), {"vs": drawing.marks("ms")[0].x, "vp": drawing.marks("mp")[0].x}
    for look, x in points.items():
        for text in drawing.looks(look):
            wide = {"c": 0.0, "e": -14.0}.get(text.attrib["class"].split()[-1], 14.0)
            middle = float(text.attrib["x"]) + wide
            assert min(x, middle) + 1 > target.x or max(x, middle) - 1 < target.x, text.attrib
    assert len(drawing.looks("vs")) == 1


def test_the_earlier_figure_stays_away_where_only_another_figure_has_room() -> None:
    crowded = row(points={"self": 3.2, "previous": 3.3}, target=3.1)
    assert [text.text for text in crowded.looks("vs")] == ["3,2"]
    assert [text.text for text in crowded.looks("vp")] == ["3,3"]       # right of it there is room
    closed = row(points={"self": 1.0, "previous": 1.0}, target=1.1)
    assert (len(closed.looks("vs")), len(closed.looks("vp"))) == (1, 0)


def test_what_is_drawn_on_top_is_what_would_disappear() -> None:
    assert set(DRAWN) == set(get_args(Key))
    order = [one.attrib["class"] for one in row(points={"previous": 3.0, "self": 3.1, "others": 3.2}, target=3.0).root]
    assert [look for look in order if look in {"mg", "mo", "ms", "mp"}] == ["mg", "mo", "ms", "mp"]
