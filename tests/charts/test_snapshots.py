"""Every picture as it is painted, against the snapshot of it: lines, marks and colours by the pixel, words by place."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import Browser

from tests.charts.snapshots import (
    KEPT,
    MAKE,
    MEDIA,
    PICTURES,
    WANTED,
    Difference,
    Medium,
    difference,
    kept,
    paint,
)  # fmt: skip

ALONG_EDGES = 25  # pixels: less than any one mark takes
ASIDE = 4  # px that a word may stand elsewhere: fonts differ in height between machines
ANEW = f"If it is as you want it: {MAKE}, look at the pictures, and commit them."


@pytest.mark.parametrize("medium", MEDIA)
@pytest.mark.parametrize("name", PICTURES)
def test_looks_as_it_did(browser: Browser, name: str, medium: Medium) -> None:
    try:
        wanted = kept(name, medium)
    except (FileNotFoundError, KeyError):
        pytest.fail(f"There is no snapshot of {name}, {medium}. {ANEW}")
    found = paint(browser, name, medium)
    assert found.image.size == wanted.image.size, ANEW
    apart = difference(found.image, wanted.image)
    assert apart.inside == 0, f"{apart}. {ANEW}"
    assert apart.along <= ALONG_EDGES, f"{apart}. {ANEW}"
    assert [(word.text, word.look) for word in found.words] == [(word.text, word.look) for word in wanted.words], ANEW
    moved = [(one, other) for one, other in zip(found.words, wanted.words, strict=True)
             if abs(one.x - other.x) > ASIDE or abs(one.y - other.y) > ASIDE]
    assert not moved, ANEW


def test_every_snapshot_is_of_a_picture() -> None:
    wanted = {f"{name}.{medium}" for name in PICTURES for medium in WANTED.values()}
    assert {file.stem for file in KEPT.glob("*.png")} == wanted


def test_the_comparison_sees_a_small_mark_and_a_shade() -> None:
    wanted = Image.new("RGB", (60, 60), "#ffffff")
    ImageDraw.Draw(wanted).ellipse((20, 20, 32, 32), fill="#154273")
    assert difference(wanted, wanted) == Difference(0, 0)
    shade, square = wanted.copy(), wanted.copy()
    ImageDraw.Draw(shade).ellipse((20, 20, 32, 32), fill="#154a73")
    ImageDraw.Draw(square).rectangle((20, 20, 32, 32), fill="#154273")
    assert difference(shade, wanted).inside > 0
    assert difference(square, wanted).along > 0
