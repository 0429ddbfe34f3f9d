"""Every picture in a real browser under the application's own content policy: the SVG, and Plotly over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask, render_template_string, request
from markupsafe import Markup
from playwright.sync_api import Browser, Page

from app.access import public
from app.charts.marks import key
from app.config import Config
from app.web import assets, headers
from tests.charts.samples import EVERY, RADARS
from tests.support.browser import Windows, assert_accessible, serving

PAGE = """<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>Plaatjes</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
{% from "parts/charts.html" import chart, chart_scripts with context %}
<link rel="icon" href="{{ asset('icons/logo.svg') }}"><link rel="stylesheet" href="{{ asset('css/groeispiegel.css') }}">
{{ chart_scripts() }}</head><body><main class="wrap"><h1>Plaatjes</h1>{{ key }}
<div class="two">
{% for name, one in charts.items() %}{% call chart(one) %}<h2>{{ name }}</h2>{% endcall %}{% endfor %}</div>
</main></body></html>"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A page with every picture, sent with the application's own headers."""
    app = Flask("app", static_folder=None, template_folder="templates", root_path=str(Path(assets.__file__).parents[1]))
    assets.init_app(app)
    headers.init_app(app, Config(tmp_path_factory.mktemp("charts"), "sqlite://", b"-" * 32))
    swatches = Markup(key((("self", "Jij"), ("others", "Anderen"), ("target", "Doel"), ("band", "80% zeker"))))

    @app.get("/")
    @public
    def every() -> str:
        only = request.args.get("only")
        return render_template_string(PAGE, charts={only: EVERY[only]} if only else EVERY, key=swatches)

    with serving(app) as found:
        yield found


@pytest.fixture
def charts(browser: Browser, address: str) -> Iterator[Windows]:
    windows = Windows(browser, address)
    yield windows
    windows.close()
    assert not windows.problems, "\n".join(windows.problems)


def wake(page: Page, only: str | None = None) -> None:
    """Opens the page with every picture (or the only one) in view, and waits until Plotly lies over them."""
    assert page.viewport_size
    wide, high = page.viewport_size["width"], page.viewport_size["height"]
    page.set_viewport_size({"width": wide, "height": high if only else 9000})
    page.goto(f"/?only={only}" if only else "/")
    awake = "(count) => document.querySelectorAll('.is-live').length === count"
    page.wait_for_function(awake, arg=1 if only else len(EVERY))


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_no_word_of_the_svg_is_cut_off_and_none_is_too_small(charts: Windows, size: str, scheme: str) -> None:
    page = charts.open(size, java_script_enabled=False, color_scheme=scheme)
    page.goto("/")
    cut_off = page.evaluate("""() => [...document.querySelectorAll('svg.chart')].flatMap((svg) => {
      const frame = svg.getBoundingClientRect();
      return [...svg.querySelectorAll('text')].filter((text) => text.textContent && text.getBBox).filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < frame.left - .5 || box.right > frame.right + .5 ||
          box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      }).map((text) => text.textContent);
    })""")
    assert cut_off == []


@pytest.mark.parametrize(("size", "scheme"), [("desktop", "light"), ("phone", "dark")])
def test_plotly_lies_over_every_picture_without_a_refusal(charts: Windows, size: str, scheme: str) -> None:
    page = charts.open(size, color_scheme=scheme)
    wake(page)
    assert page.locator(".is-live").count() == len(EVERY)
    assert page.locator(".modebar-btn, .plotlyjsicon, style").count() == 0
    assert_accessible(page)
    words = page.evaluate("""() => {
      const smallest = (root) => Math.min(...[...root.querySelectorAll('text')].map((text) =>
        parseFloat(getComputedStyle(text).fontSize) *
        (text.closest('svg.chart') ? text.closest('svg').getBoundingClientRect().width / 400 : 1)));
      return [...document.querySelectorAll('figure')].map((figure) =>
        [smallest(figure.querySelector('.chart')), smallest(figure.querySelector('.chart-live'))]);
    }""")
    assert all(size >= 13 for pair in words for size in pair), words


def test_the_two_pictures_lie_exactly_over_each_other(charts: Windows) -> None:
    page = charts.open("desktop")
    wake(page, "radar self")
    figure = page.locator("figure")
    drawn = [mark.bounding_box() for mark in figure.locator("svg.chart circle.ms").all()]
    live = [mark.bounding_box() for mark in figure.locator(".chart-live .scatterlayer .points path").all()]
    assert len(drawn) == 6
    for one, other in zip(drawn, live[:6], strict=True):
        assert one
        assert other
        assert one["x"] + one["width"] / 2 == pytest.approx(other["x"] + other["width"] / 2, abs=0.6)
        assert one["y"] + one["height"] / 2 == pytest.approx(other["y"] + other["height"] / 2, abs=0.6)


@pytest.mark.parametrize(
    ("name", "mark", "told"),
    [
        ("radar self", ".polarlayer .points path", ["Verwachtingsmanagement", "Jij: 3,8"]),
        ("dots all", ".scatterlayer .trace:last-child .points path", ["Systeeminzicht", "Vorige keer: 3,5"]),
        ("radar hostile", ".polarlayer .points path", ["<script>alert(1)</script>", "👩‍👩‍👧 & </svg> %{r} <b>: 3,8"]),
    ],
)
def test_a_point_tells_its_number(charts: Windows, name: str, mark: str, told: list[str]) -> None:
    page = charts.open("desktop")
    wake(page, name)
    figure = page.locator("figure")
    box = figure.locator(f".chart-live {mark}").first.bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2 + 1, box["y"] + box["height"] / 2 + 1)
    hint = figure.locator(".hovertext text").first
    hint.wait_for()
    assert hint.locator("tspan").all_text_contents() == told


def test_follows_the_change_to_dark(charts: Windows) -> None:
    page = charts.open("desktop", color_scheme="light")
    wake(page, "radar self")
    point = page.locator(".polarlayer .points path").first
    light = point.evaluate("(path) => getComputedStyle(path).fill")
    page.emulate_media(color_scheme="dark")
    page.wait_for_function(
        "(before) => getComputedStyle(document.querySelector('.polarlayer .points path')).fill !== before",
        arg=light,
    )
    dark = page.locator("svg.chart circle.ms").first.evaluate("(mark) => getComputedStyle(mark).fill")
    assert point.evaluate("(path) => getComputedStyle(path).fill") == dark


def test_follows_the_width_of_the_window(charts: Windows) -> None:
    page = charts.open("desktop")
    wake(page, "radar three")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_function(
        "() => document.querySelector('.chart-live .main-svg').getBoundingClientRect().width < 400"
    )
    assert page.evaluate("() => document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("name", ["radar three", "dots all"])
def test_a_finger_on_a_picture_moves_the_page(charts: Windows, name: str) -> None:
    page = charts.open("phone")
    wake(page, name)
    box = page.locator(".chart-live").bounding_box()
    assert box
    page.set_viewport_size({"width": 390, "height": 500})
    page.evaluate("() => scrollTo(0, 0)")
    x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"] / 2, 450)
    finger = page.context.new_cdp_session(page)
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 15):
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [{"x": x, "y": y - 12 * step}]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    page.wait_for_function("() => scrollY > 50")


@pytest.mark.parametrize("name", ["radar three", "dots all"])
def test_a_tap_on_a_point_tells_its_number(charts: Windows, name: str) -> None:
    page = charts.open("phone")
    wake(page, name)
    mark = page.locator(".chart-live .points path").first.bounding_box()
    assert mark
    page.touchscreen.tap(mark["x"] + mark["width"] / 2, mark["y"] + mark["height"] / 2)
    page.locator(".hovertext").first.wait_for()


def test_paper_gets_the_servers_picture(charts: Windows) -> None:
    page = charts.open("desktop")
    wake(page, "radar three")
    page.emulate_media(media="print")
    assert page.locator(".chart-live").first.is_hidden()
    assert page.locator("svg.chart").first.evaluate("(svg) => getComputedStyle(svg).opacity") == "1"


def test_the_picture_stays_when_the_bundle_does_not_come(charts: Windows) -> None:
    page = charts.open("desktop")
    page.route("**/plotly.min.js*", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        page.goto("/?only=radar self")
    assert page.locator(".is-live, .chart-live").count() == 0
    assert page.locator("svg.chart").is_visible()


def test_a_reader_who_saves_data_is_spared_the_bundle(charts: Windows) -> None:
    page = charts.open("desktop")
    page.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/?only=radar self", wait_until="networkidle")
    assert any("charts.js" in url for url in asked)
    assert not [url for url in asked if "plotly" in url]


def test_the_data_of_a_figure_is_data_to_the_policy(charts: Windows) -> None:
    page = charts.open("desktop")
    page.goto("/?only=radar hostile")
    data = page.locator('script[type="application/json"]').text_content()
    assert data == RADARS["hostile"].plotly()
