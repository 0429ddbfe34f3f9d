"""What every picture keeps: its name, clean markup, marks that differ without colour, words that are measured."""

from __future__ import annotations

import re
from pathlib import Path
from typing import get_args
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.charts.marks import KeySwatch, key
from app.charts.text import SOFT_HYPHEN, clean, escape, widest_piece, width, wrap
from tests.charts.samples import EVERY, HOSTILE, RADARS, TOLD, drawn

CSS = (Path(__file__).parent.parent.parent / "app/static/css/charts.css").read_text()
SWATCHES: tuple[KeySwatch, ...] = get_args(KeySwatch)


@pytest.mark.parametrize("name", EVERY)
def test_is_a_named_picture_dressed_by_classes_alone(name: str) -> None:
    drawing = drawn(EVERY[name])
    assert drawing.root.attrib["role"] == "img"
    assert drawing.root.attrib["aria-label"]
    allowed = {"class", "viewBox", "role", "aria-label", "d", "x", "y", "cx", "cy", "r", "width", "height", "dy"}
    for element in drawing.root.iter():
        assert set(element.attrib) <= allowed
        assert element.tag in {"svg", "path", "circle", "rect", "text", "tspan"}
        assert all(f".{look}" in CSS for look in element.attrib.get("class", "").split() if look not in {"t"})


def test_the_name_says_title_and_alternative() -> None:
    assert drawn(RADARS["self"]).root.attrib["aria-label"] == f"De zes aspecten. {TOLD}"


def test_hostile_words_stay_words() -> None:
    drawing = drawn(RADARS["hostile"])
    told = "".join(drawing.words)
    assert "<script>alert(1)</script>" in told
    assert "\u202e" not in told
    assert "\x00" not in RADARS["hostile"].svg()
    assert drawing.root.attrib["aria-label"].startswith("<script>")
    assert "<script" not in RADARS["hostile"].svg()


def test_equal_descriptions_are_drawn_once() -> None:
    assert EVERY["dots all"].svg() is EVERY["dots all"].svg()
    assert EVERY["radar self"].plotly() is EVERY["radar self"].plotly()


def test_the_key_draws_every_kind_and_escapes_its_name() -> None:
    found = ElementTree.fromstring(key((kind, f"{kind} <b>&") for kind in SWATCHES))
    items = list(found)
    assert ["".join(item.itertext()) for item in items] == [f"{kind} <b>&" for kind in SWATCHES]
    assert all(item[0].attrib["aria-hidden"] == "true" for item in items)
    assert len({ElementTree.tostring(item[0]) for item in items}) == len(SWATCHES)


def test_lines_differ_in_dash_or_weight_and_marks_in_shape_or_size() -> None:
    def dress(look: str) -> tuple[str, str]:
        rules = "".join(re.findall(rf"(?m)^  [^{{]*\.{look}\b[^{{]*{{([^}}]*)}}", CSS))
        return (
            (re.findall(r"stroke-dasharray: ([^;}]+)", rules) or ["none"])[-1].strip(),
            re.findall(r"stroke-width: ([^;}]+)", rules)[-1].strip(),
        )

    dresses = [dress(look) for look in ("ls", "lo", "lp", "lt", "lg")]
    assert len({dash for dash, _ in dresses}) == len(dresses)


def test_words_are_large_enough_on_a_phone() -> None:
    """13 px or more, in a figure of 318 px (in a card on a phone of 390): the picture is 400 units wide."""
    phone = re.search(r"@container[^{]*\{(.*?)\n  \}", CSS, re.S)
    assert phone
    assert min(float(size) for size in re.findall(r"font-size: ([\d.]+)px", phone[1])) * 318 / 400 >= 12.7
    rest = CSS.replace(phone[0], "")
    assert min(float(size) for size in re.findall(r"font-size: ([\d.]+)px", rest)) >= 13


@pytest.mark.parametrize(
    ("text", "room", "lines"),
    [
        ("Systeeminzicht", 200, ("Systeeminzicht",)),
        ("Zakelijk gevoel", 100, ("Zakelijk", "gevoel")),
        ("Verwachtingsmanagement", 150, ("Verwachtings-", "management")),
        ("Acquisitievaardigheden", 150, ("Acquisitie-", "vaardigheden")),
        ("Onderwijsadministrateur", 150, ("Onderwijs-", "administrateur")),
        (f"Lange{SOFT_HYPHEN}afstands{SOFT_HYPHEN}loper", 120, ("Lange-", "afstands-", "loper")),
        ("school-ouders", 80, ("school-", "ouders")),
        ("", 100, ("",)),
    ],
)
def test_breaks_where_dutch_breaks(text: str, room: float, lines: tuple[str, ...]) -> None:
    assert wrap(text, room, 17) == lines


@given(st.text(max_size=80), st.floats(60, 400))
def test_every_line_fits_and_no_letter_is_lost(text: str, room: float) -> None:
    lines = wrap(text, room, 17)
    assert all(width(line, 17) <= room for line in lines)
    plain = clean(text).replace(SOFT_HYPHEN, "")
    assert "".join(lines).replace(" ", "").replace("-", "") == plain.replace(" ", "").replace("-", "")
    assert widest_piece(text, 17) >= 0


@given(st.text())
def test_escaped_text_is_valid_xml_and_the_same_words(text: str) -> None:
    parsed = ElementTree.fromstring(f'<a b="{escape(text)}">{escape(text)}</a>')
    assert (parsed.text or "") == clean(text).replace(SOFT_HYPHEN, "")
    assert parsed.attrib["b"] == clean(text).replace(SOFT_HYPHEN, "")


def test_hostile_names_are_the_ones_meant() -> None:
    assert clean(HOSTILE[3]) == "omgekeerd "
