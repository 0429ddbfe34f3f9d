"""The Plotly figure says what the SVG says, with the same numbers and nothing more, and sends nothing anywhere."""

from __future__ import annotations

import html
import json
import math
import re
import subprocess
import sys
from pathlib import Path

import pytest
from plotly import graph_objects as go
from plotly.offline import get_plotlyjs_version

from app.charts.around import RADIUS
from app.charts.marks import LOOKS
from app.charts.scale import published, written
from tests.charts.samples import DOTS, EVERY, RADARS, drawn, figure, points_of

ROOT = Path(__file__).parent.parent.parent
VENDOR = ROOT / "app/static/vendor/plotly"


@pytest.mark.parametrize("name", EVERY)
def test_is_a_valid_figure_without_a_template_that_fits_in_a_script_element(name: str) -> None:
    text = EVERY[name].plotly()
    assert not set("<>&\u2028\u2029") & set(text)
    assert go.Figure(json.loads(text)).update_layout(template=None).to_plotly_json() == json.loads(text)
    assert json.loads(text)["layout"]["template"] == {}
    assert "color" not in text


@pytest.mark.parametrize("name", RADARS)
def test_the_radar_has_the_same_numbers(name: str) -> None:
    chart = RADARS[name]
    by_look = {trace["meta"]["look"]: trace for trace in points_of(chart)}
    assert set(by_look) == {f"l{LOOKS[series.key].letter}" for series in chart.series}
    for series in chart.series:
        trace = by_look[f"l{LOOKS[series.key].letter}"]
        ring = [*series.values, series.values[0]]
        assert trace["r"] == [None if value is None else published(value) for value in ring]
        assert trace["connectgaps"] is False
        for axis, value in enumerate(series.values):
            told = trace["hovertext"][axis]
            assert (told is None) == (value is None)
            assert value is None or told.endswith(f": {written(published(value))}")
        assert ["open" in look for look in trace["meta"]["marks"]][:-1] == [
            axis in series.uncertain and series.values[axis] is not None for axis in range(len(series.values))
        ]


@pytest.mark.parametrize("name", RADARS)
def test_the_radar_has_the_same_places(name: str) -> None:
    drawing, data = drawn(RADARS[name]), figure(RADARS[name])
    domain = data["layout"]["polar"]["domain"]
    x = sum(domain["x"]) / 2 * 400
    y = (1 - sum(domain["y"]) / 2) * drawing.height
    assert (domain["x"][1] - domain["x"][0]) * 200 == pytest.approx(RADIUS)
    assert (domain["y"][1] - domain["y"][0]) * drawing.height / 2 == pytest.approx(RADIUS)
    for trace in points_of(RADARS[name]):
        marks = drawing.marks("m" + trace["meta"]["look"][1:])
        points = [(r, theta) for r, theta in zip(trace["r"], trace["theta"], strict=True) if r is not None]
        for mark, (r, theta) in zip(marks, points, strict=False):
            reach, turn = (r - 1) / 4 * RADIUS, math.radians(theta)
            assert (mark.x, mark.y) == pytest.approx((x + reach * math.sin(turn), y - reach * math.cos(turn)), abs=0.15)


@pytest.mark.parametrize("name", DOTS)
def test_the_dot_plot_has_the_same_numbers_and_places(name: str) -> None:
    chart, drawing = DOTS[name], drawn(DOTS[name])
    traces = {trace["meta"]["marks"][0][:2]: trace for trace in points_of(chart)}
    low, high = figure(chart)["layout"]["xaxis2"]["range"]
    for look, trace in traces.items():
        marks = sorted((mark.y, mark.x) for mark in drawing.marks(look))
        placed = sorted(
            (y, (x - low) / (high - low) * 400) for x, y in zip(trace["x"], trace["y"], strict=True)
        )
        assert placed == [pytest.approx(mark, abs=0.15) for mark in marks]
    published_ones = sorted(
        [published(value) for row in chart.rows for value in row.points.values()]
        + [published(row.target) for row in chart.rows if row.target is not None]
    )
    assert sorted(x for trace in traces.values() for x in trace["x"]) == published_ones


def test_the_band_is_told_with_the_point_it_belongs_to() -> None:
    others = next(trace for trace in points_of(DOTS["all"]) if trace["name"] == "Anderen")
    assert others["hovertext"][0] == "Relatiemanagement<br>Anderen: 4,2<br>80% zeker: 3,9–4,5"


@pytest.mark.parametrize("name", EVERY)
def test_the_same_words_and_nothing_more(name: str) -> None:
    written_there = sorted(
        html.unescape(text.replace("<br>", ""))
        for trace in figure(EVERY[name])["data"]
        for text in trace.get("text", ())
    )
    assert written_there == sorted(drawn(EVERY[name]).words)


def test_hostile_names_are_no_markup_to_plotly_either() -> None:
    for trace in figure(RADARS["hostile"])["data"]:
        for text in (*(trace.get("text") or ()), *(trace.get("hovertext") or ()), trace.get("name") or ""):
            assert "<" not in (text or "").replace("<br>", "")


def test_the_picture_is_drawn_without_importing_plotly() -> None:
    told = (
        "import sys; from tests.charts.samples import EVERY; [one.svg() for one in EVERY.values()]; "
        "print('plotly' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"


def test_nothing_is_offered_to_the_cloud_of_the_maker() -> None:
    script = (ROOT / "app/static/js/charts.js").read_text()
    for setting in ("showSendToCloud: false", 'plotlyServerURL: ""', "displaylogo: false", "displayModeBar: false"):
        assert setting in script


def test_the_bundle_is_the_version_that_the_package_was_made_for() -> None:
    version = get_plotlyjs_version()
    assert (VENDOR / "plotly.min.js").read_text().startswith(f"/*! plotly.js {version} (")
    assert f"Version: plotly.js {version}," in (VENDOR / "README.md").read_text()
    assert f"plotly.js {version}" in (VENDOR / "LICENSE").read_text()
    assert not re.search(r"GPL|GNU GENERAL", (VENDOR / "LICENSE").read_text())
