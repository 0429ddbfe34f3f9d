"""The field of two axes: every traject on its place, those of one place together, nothing outside."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.accent import Accent, Place
from tests.charts.samples import HOSTILE
from tests.charts.test_markup import CSS

ACROSS, UP = ("Leerlinggericht", "Systeemgericht"), ("Procesgericht", "Resultaatgericht")


def drawn(*places: Place) -> ElementTree.Element:
    return ElementTree.fromstring(Accent("Waar ligt mijn accent?", places, ACROSS, UP).svg())


def spots(root: ElementTree.Element) -> dict[str, tuple[float, float]]:
    """The middle of each point, by what stands in it."""
    marks = [one for one in root.iter("rect") if one.attrib["class"] == "mn"]
    words = [one.text or "" for one in root.iter("text") if one.attrib["class"].startswith("vn")]
    return {word: (float(one.attrib["x"]) + float(one.attrib["width"]) / 2,
                   float(one.attrib["y"]) + float(one.attrib["height"]) / 2)
            for word, one in zip(words, marks, strict=True)}


def test_it_is_named_and_names_its_poles() -> None:
    root = drawn(Place(1, 30, 70))
    assert root.attrib["role"] == "img" and root.attrib["aria-label"] == "Waar ligt mijn accent?"
    assert {f"← {ACROSS[0]}", f"{ACROSS[1]} →", f"↓ {UP[0]}", f"↑ {UP[1]}"} <= {one.text for one in root.iter("text")}
    for element in root.iter():
        assert all(f".{look}" in CSS or look in ("accent",) for look in element.attrib.get("class", "").split())


def test_left_is_left_and_above_is_more() -> None:
    found = spots(drawn(Place(1, 0, 0), Place(2, 100, 0), Place(3, 0, 100), Place(4, 50, 50)))
    assert found["1"][0] == found["3"][0] < found["4"][0] < found["2"][0]
    assert found["3"][1] < found["4"][1] < found["1"][1] == found["2"][1]


def test_trajecten_of_one_place_share_it() -> None:
    assert set(spots(drawn(Place(2, 30, 70), Place(1, 30, 70), Place(3, 80, 10)))) == {"1, 2", "3"}


@pytest.mark.parametrize("place", [Place(1, -1, 0), Place(1, 0, 101)])
def test_nothing_lies_outside_the_axes(place: Place) -> None:
    with pytest.raises(ValueError, match="does not lie on the axes"):
        drawn(place)


def test_hostile_words_stay_words() -> None:
    made = Accent(HOSTILE[0], (Place(1, 0, 0),), (HOSTILE[1], HOSTILE[4]), (HOSTILE[3], HOSTILE[5])).svg()
    assert "<script" not in made and ElementTree.fromstring(made).attrib["aria-label"] == HOSTILE[0]


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=30))
def test_every_point_lies_within_the_field(tens: list[tuple[int, int]]) -> None:
    root = drawn(*(Place(number, 10 * across, 10 * up) for number, (across, up) in enumerate(tens, 1)))
    field = next(one for one in root.iter("rect") if one.attrib["class"] == "hex0")
    left, top, wide, high = (float(field.attrib[name]) for name in ("x", "y", "width", "height"))
    shown = [int(number) for words in spots(root) for number in re.findall(r"\d+", words)]
    assert sorted(shown) == list(range(1, len(tens) + 1))
    for one in root.iter("rect"):
        x, y = float(one.attrib["x"]), float(one.attrib["y"])
        if float(one.attrib["width"]) <= wide:
            assert left <= x and x + float(one.attrib["width"]) <= left + wide + 0.1
        assert top <= y and y + float(one.attrib["height"]) <= top + high
