"""The matrix: every mark in its own pane, none over another."""

from __future__ import annotations

import itertools
import json
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.matrix import Matrix, Spot

PANES = ("Borgen en delen", "Nu ontwikkelen", "Loslaten", "Kan later")
places = st.lists(st.tuples(st.integers(10, 50), st.integers(0, 40)), max_size=9)


def matrix(*places: tuple[float, float]) -> Matrix:
    return Matrix("Belang", "In de tabel.", "verschil", "belang", PANES,
                  tuple(Spot(number, f"Aspect {number} <&>", *place) for number, place in enumerate(places, 1)))


def circles(drawn: Matrix) -> list[tuple[float, float]]:
    root = ElementTree.fromstring(drawn.svg())
    return [(float(one.get("cx", "")), float(one.get("cy", ""))) for one in root.iter("circle")]


@given(places)
def test_each_mark_stands_in_its_pane_and_hides_no_other(tenths: list[tuple[int, int]]) -> None:
    values = [(importance / 10, gap / 10) for importance, gap in tenths]
    found = circles(matrix(*values))
    assert len(found) == len(values)
    for (importance, gap), (x, y) in zip(values, found, strict=True):
        assert (x > 213) == (gap >= 0.5)
        assert (y < 188) == (importance >= 4)
    for one, other in itertools.combinations(found, 2):
        assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 >= 25**2


def test_the_live_picture_has_the_same_places() -> None:
    drawn = matrix((4.0, 0.5), (3.0, 0.2))
    figure = json.loads(drawn.plotly())
    marks = next(trace for trace in figure["data"] if trace["mode"] == "markers")
    assert list(zip(marks["x"], marks["y"], strict=True)) == circles(drawn)
    assert marks["hovertext"][0] == "Aspect 1 &lt;&amp;&gt;<br>belang: 4,0<br>verschil: 0,5"


@pytest.mark.parametrize("place", [(0.9, 0.0), (5.1, 0.0), (3.0, -0.1), (3.0, 4.1)])
def test_what_lies_outside_is_refused(place: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="scales"):
        matrix(place).svg()
