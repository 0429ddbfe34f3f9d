"""The pictures of the charts as Chromium paints them. `python -m tests.charts.snapshots` makes them anew.

A picture is kept without its words, which no two machines paint alike; of the words we keep where they are held.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import Literal

from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, sync_playwright

from app.charts.accent import Accent, Place
from app.charts.dots import DotChart, DotRow
from app.charts.slope import Slope, Step
from app.web.assets import content
from tests.charts.samples import DOTS, RADARS, SELF, line, radar
from tests.support.browser import launch

KEPT = Path(__file__).with_name("snapshots")
MAKE = "python -m tests.charts.snapshots"
FIELD = 440  # px, wider than the narrowest phones: the pictures have their usual letters

LONG_WORDS = (
    "Verantwoordelijkheidsbesef in samenwerkingsverbanden", "Onderwijsontwikkelingsmanagementvaardigheden",
    "Heldere en toetsbare afspraken maken over opbrengsten en begeleiding", "Zakelijk gevoel",
    "Belanghebbendenbijeenkomstbegeleider", "Relatiemanagement met opdrachtgevers en samenwerkingspartners",
)  # fmt: skip
PICTURES: Mapping[str, str] = {
    "radar-one": RADARS["self"].svg(),
    "radar-three-uncertain-missing": RADARS["three"].svg(),
    "radar-missing": RADARS["missing"].svg(),
    "radar-group": RADARS["group"].svg(),
    "radar-few": RADARS["few"].svg(),
    "radar-twelve": RADARS["twelve"].svg(),
    "radar-long-words": radar(line(SELF), axes=LONG_WORDS).svg(),
    "dots-one": DOTS["self"].svg(),
    "dots-all": DOTS["all"].svg(),
    "dots-long-words": DotChart("Van vaak naar minder vaak", "De cijfers staan in de tabel.", tuple(
        DotRow(name, "4,5 of hoger, anderen zien dit veel vaker dan jij", {"self": 3.0, "others": 4.5}, (4.1, 4.9), 3.5)
        for name in LONG_WORDS[:3]
    )).svg(),
    "accent-four": Accent("Waar ligt mijn accent?",
                          (Place(1, 30, 70), Place(2, 100, 0), Place(3, 30, 70), Place(4, 50, 50)),
                          ("Leerlinggericht", "Systeemgericht"), ("Procesgericht", "Resultaatgericht")).svg(),
    "slope-two": Slope("Van 2,9 naar 3,8", (Step(2.9, (2.4, 3.4)), Step(3.8, (3.6, 4.0)))).svg(),
    "slope-four": Slope("Van 1,0 naar 4,5 of hoger", (
        Step(1.0, (1.0, 1.4)), Step(3.2, (2.6, 3.8)), Step(3.1, (3.0, 3.2)), Step(4.5, (4.1, 5.0), "+"),
    )).svg(),
}  # fmt: skip

Medium = Literal["light", "dark", "print"]
MEDIA: tuple[Medium, ...] = ("light", "dark", "print")
WANTED: Mapping[Medium, Medium] = {"light": "light", "dark": "dark", "print": "light"}  # paper is light, always

_WORDS = """() => [...document.querySelectorAll('svg.chart text')].map((text) => {
  const box = text.getBoundingClientRect(), frame = text.ownerSVGElement.getBoundingClientRect();
  const look = getComputedStyle(text);
  const held = { start: box.left, middle: (box.left + box.right) / 2, end: box.right }[look.textAnchor];
  const lines = [...text.querySelectorAll('tspan')].map((line) => line.textContent);
  return { text: lines.length ? lines.join(' | ') : text.textContent,
           look: [look.textAnchor, look.fontSize, look.fontWeight, look.fill, look.stroke].join('; '),
           x: Math.round(held - frame.left), y: Math.round((box.top + box.bottom) / 2 - frame.top) };
})"""


@dataclass(frozen=True, slots=True)
class Word:
    """A text of a picture: its lines, how it is dressed, and the point (px) that holds it: an end or its middle."""

    text: str
    look: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    image: Image.Image
    words: tuple[Word, ...]


def paint(browser: Browser, name: str, medium: Medium) -> Snapshot:
    """The picture of this name on a page of its own, dressed with the application's stylesheets.

    Whoever prints has a dark screen here.
    """
    sheets = (content(f"css/{name}.css").decode() for name in ("groeispiegel", "charts"))
    dress = "".join(f"<style>{sheet}</style>" for sheet in sheets)
    dress += f"<style>body {{ margin: 20px }} figure {{ margin: 0 }} .chart-field {{ width: {FIELD}px }}</style>"
    page = browser.new_page(viewport={"width": 500, "height": 900}, device_scale_factor=1, reduced_motion="reduce",
                            color_scheme="light" if medium == "light" else "dark")
    try:
        page.emulate_media(media="print" if medium == "print" else "screen")
        page.set_content(f'<!doctype html><html lang="nl"><meta charset="utf-8">{dress}'
                         f'<figure data-chart><div class="chart-field">{PICTURES[name]}</div></figure>')
        words = tuple(Word(**word) for word in page.evaluate(_WORDS))
        page.add_style_tag(content=".chart text { visibility: hidden !important }")
        png = page.locator("svg.chart").screenshot()
    finally:
        page.close()
    return Snapshot(Image.open(BytesIO(png)).convert("RGB"), words)


def kept(name: str, medium: Medium) -> Snapshot:
    """What the picture must look like. FileNotFoundError or KeyError when there is no such snapshot."""
    medium = WANTED[medium]
    words = json.loads((KEPT / "words.json").read_text())[f"{name}.{medium}"]
    return Snapshot(Image.open(KEPT / f"{name}.{medium}.png").convert("RGB"), tuple(Word(**word) for word in words))


@dataclass(frozen=True, slots=True)
class Difference:
    """Pixels that differ: inside an area of one colour, and along an edge, where browsers blend a little otherwise."""

    inside: int
    along: int


def difference(image: Image.Image, wanted: Image.Image) -> Difference:
    """How far two pictures of one size lie apart."""
    most = _most(ImageChops.difference(image, wanted))
    spread = _most(ImageChops.difference(*(wanted.filter(filtered(3)) for filtered in
                                           (ImageFilter.MaxFilter, ImageFilter.MinFilter))))
    flat = spread.point(lambda value: 255 if value == 0 else 0)
    return Difference(
        ImageChops.darker(most.point(lambda value: 255 if value > 3 else 0), flat).histogram()[255],
        ImageChops.subtract(most.point(lambda value: 255 if value > 24 else 0), flat).histogram()[255],
    )


def _most(image: Image.Image) -> Image.Image:
    red, green, blue = image.split()
    return ImageChops.lighter(red, ImageChops.lighter(green, blue))


def main() -> None:
    """Makes every snapshot and throws away those of pictures that are no more."""
    KEPT.mkdir(exist_ok=True)
    for old in KEPT.glob("*.png"):
        old.unlink()
    words = {}
    with sync_playwright() as playwright:
        browser = launch(playwright)
        for name in PICTURES:
            for medium in sorted(set(WANTED.values())):
                snapshot = paint(browser, name, medium)
                snapshot.image.save(KEPT / f"{name}.{medium}.png", optimize=True)
                words[f"{name}.{medium}"] = [asdict(word) for word in snapshot.words]
        browser.close()
    lines = (f"{json.dumps(key)}: [\n  " + ",\n  ".join(json.dumps(word, ensure_ascii=False) for word in found) + "\n]"
             for key, found in words.items())
    (KEPT / "words.json").write_text("{\n" + ",\n".join(lines) + "\n}\n")


if __name__ == "__main__":
    main()
