"""Charts of every kind, and a reader of what was drawn."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from xml.etree import ElementTree

from app.charts.dots import DotChart, DotRow
from app.charts.marks import NAMES, Key
from app.charts.radar import RadarChart, Sector, Series

ASPECTS = (
    "Verwachtingsmanagement", "Acquisitievaardigheden", "Resultaatgericht onderhandelen", "Systeeminzicht",
    "Zakelijk gevoel", "Relatiemanagement",
)  # fmt: skip
ROLES = (
    "Administrateur", "Controller", "Marketeer", "Kwaliteitsbewaker", "Onderwijsadministrateur",
    "Onderwijscontroller",
)  # fmt: skip
TWELVE = (
    "Verwachtingen en wensen ophalen", "Hulpvraag verhelderen en opbrengsten bepalen",
    "Begeleiding op maat inrichten en afbakenen", "Vraag en aanbod verbinden",
    "Meerwaarde laten zien in een eigen stijl", "Professionele offerte opstellen", "Onderhandeling voorbereiden",
    "Belangen bij elkaar brengen", "Heldere afspraken maken en scherpe feedback geven",
    "Relaties opbouwen en verdiepen", "Opbrengsten en meerwaarde evalueren", "Netwerk opbouwen en benutten",
)  # fmt: skip
SECTORS = tuple(Sector(name, 3) for name in (ASPECTS[0], ASPECTS[1], ASPECTS[2], ASPECTS[5]))
HOSTILE = (
    "<script>alert(1)</script>", "\"' onload='alert(1)", "x" * 90, "\u202eomgekeerd \x00\x0b", "مرحبا بالعالم",
    "👩‍👩‍👧 & </svg> %{r} <b>",
)  # fmt: skip
TOLD = "De cijfers staan in de tabel."

Values = tuple[float | None, ...]


def line(values: Values, key: Key = "self", uncertain: tuple[int, ...] = ()) -> Series:
    return Series(key, NAMES[key], values, frozenset(uncertain))


def radar(*series: Series, axes: tuple[str, ...] = ASPECTS, sectors: tuple[Sector, ...] = ()) -> RadarChart:
    return RadarChart("De zes aspecten", TOLD, axes, series, sectors)


SELF: Values = (3.8, 2.4, 2.9, 3.5, 2.6, 4.0)
OTHERS: Values = (2.9, 2.8, None, 3.6, 3.3, 4.2)
TARGET: Values = (3.5, 3.0, 3.5, 3.5, 3.0, 4.0)
GROUP: Values = (4.5, 2.1, 3.4, 4.4, 2.9, 3.1)
FEW: Values = (2.4, 2.3, None, 3.0, None, None)
LONG: Values = (3.8, 2.4, 2.9, 3.5, 2.6, None, 3.3, 3.7, 2.0, 4.3, 5.0, 1.0)

RADARS = {
    "self": radar(line(SELF)),
    "three": radar(line(SELF), line(OTHERS, "others", (1,)), line(TARGET, "target")),
    "same": radar(line(SELF), line(SELF, "previous"), line(SELF, "others")),
    "missing": radar(line(OTHERS), line(TARGET, "target")),
    "group": radar(line(SELF), line(OTHERS, "others"), line(GROUP, "group", (0,))),
    "few": radar(line(SELF), line(OTHERS, "others"), line(FEW, "previous")),
    "roles": radar(line(SELF), axes=ROLES),
    "twelve": radar(line(LONG), line((3.5,) * 12, "target"), axes=TWELVE, sectors=SECTORS),
    "hostile": RadarChart(HOSTILE[0], HOSTILE[1], HOSTILE, (Series("self", HOSTILE[5], SELF),)),
}
DOTS = {
    "self": DotChart("Van vaak naar minder vaak", TOLD, tuple(
        DotRow(name, points={"self": value}, target=3.5)
        for name, value in zip(ASPECTS, (4.0, 3.8, 3.5, 2.9, 2.6, 1.0), strict=True)
    )),
    "all": DotChart("Van vaak naar minder vaak", TOLD, (
        DotRow("Relatiemanagement", "gedeelde kracht", {"self": 4.0, "others": 4.2}, (3.9, 4.5), 4.0),
        DotRow("Systeeminzicht", "", {"self": 3.5, "others": 3.5, "previous": 3.5}, (3.3, 3.9), 3.5),
        DotRow(ASPECTS[2], "anderen zien dit minder dan jij",
               {"self": 2.9, "others": 3.1, "teamleider": 3.1, "previous": 2.9}, (2.7, 3.5), 3.5),
        DotRow("Aan de rand", "2 van 3", {"self": 1.0, "others": 5.0}, (4.6, 5.0), 1.0, frozenset({"others"})),
        DotRow("Zonder cijfer"),
        DotRow("Een groep", "4,5 of hoger", {"self": 3.0, "others": 4.0, "group": 4.5}, (3.6, 4.4), 3.5,
               frozenset({"group"}), {"group": "+"}),
        DotRow("Laag", "1,5 of lager", {"others": 1.5}, (1.0, 2.1), 3.5, frozenset({"others"}), {"others": "−"}),
    )),
    "hostile": DotChart(HOSTILE[0], HOSTILE[1], tuple(
        DotRow(name, HOSTILE[5], {"self": 3.0, "others": 3.1}, (2.5, 3.5), 3.0) for name in HOSTILE
    )),
}  # fmt: skip
EVERY = {f"radar {name}": chart for name, chart in RADARS.items()} | {f"dots {name}": one for name, one in DOTS.items()}


@dataclass(frozen=True, slots=True)
class Mark:
    """A drawn point: its classes and its middle."""

    look: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Drawing:
    """An SVG as a reader of it sees it."""

    root: ElementTree.Element

    @property
    def height(self) -> float:
        return float(self.root.attrib["viewBox"].split()[3])

    @property
    def words(self) -> list[str]:
        return ["".join(text.itertext()) for text in self.root.iter("text")]

    def looks(self, look: str) -> list[ElementTree.Element]:
        """The elements of which this is the first class."""
        return [one for one in self.root.iter() if one.attrib.get("class", "").split()[:1] == [look]]

    def marks(self, look: str) -> list[Mark]:
        return [_mark(one) for one in self.looks(look)]


def drawn(chart: RadarChart | DotChart) -> Drawing:
    return Drawing(ElementTree.fromstring(chart.svg()))


def figure(chart: RadarChart | DotChart) -> dict[str, Any]:
    return dict(json.loads(chart.plotly()))


def points_of(chart: RadarChart | DotChart) -> Iterator[dict[str, Any]]:
    """The traces of the Plotly figure that tell a figure: all but its surroundings."""
    for trace in figure(chart)["data"]:
        if trace["hoverinfo"] != "skip":
            yield trace


def _mark(element: ElementTree.Element) -> Mark:
    look, of = element.attrib["class"], element.attrib
    if element.tag == "circle":
        return Mark(look, float(of["cx"]), float(of["cy"]))
    if element.tag == "rect":
        return Mark(look, float(of["x"]) + float(of["width"]) / 2, float(of["y"]) + float(of["height"]) / 2)
    numbers = [float(number) for number in re.findall(r"-?[\d.]+", of["d"])]
    if look.startswith("mr"):  # a triangle starts at its top too
        return Mark(look, numbers[0], numbers[1] + 7.5)
    if look.startswith("mo"):  # a diamond starts at its top
        return Mark(look, numbers[0], numbers[1] + 8)
    if "v" in of["d"]:  # an upright bar
        return Mark(look, numbers[0], numbers[1] + numbers[2] / 2)
    return Mark(look, (numbers[0] + numbers[2]) / 2, (numbers[1] + numbers[3]) / 2)
