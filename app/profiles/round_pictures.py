"""Which pictures the profile of a round has, and the descriptions that app.charts draws them from.

PURE: the words come from outside. Zelf and anderen are always there; a third series is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from app.charts.dots import DotChart, DotRow
from app.charts.marks import Key, KeySwatch
from app.charts.radar import RadarChart, Sector, Series
from app.charts.scale import Beyond, spoken, written
from app.measurement.scale import Bound, Group
from app.profiles.round_figures import Figure, RoundFigures, RoundLine
from app.profiles.round_growth import Earlier

ASPECTS, FOCUS, ROLES = "aspecten", "focus", "rollen-"
TARGET, PREVIOUS = "doel", "vorige"

_AXES: Final = 5        # of every six, for an honest shape


@dataclass(frozen=True, slots=True)
class Picture:
    """A set of lines to draw. `code` stands in the address, so that a picture can be bookmarked and printed."""

    code: str
    lines: tuple[RoundLine, ...]
    sectors: tuple[tuple[str, int], ...] = ()

    @property
    def measured(self) -> tuple[RoundLine, ...]:
        """What anybody has a figure of."""
        return tuple(line for line in self.lines if line.own or line.others)

    @property
    def sorted(self) -> tuple[RoundLine, ...]:
        """From what others see most often to least; then what only she herself has a score of, likewise."""
        return tuple(sorted(self.measured, key=_often, reverse=True))

    @property
    def drawable(self) -> bool:
        """Whether a radar of it is an honest shape: zelf or anderen on five of every six axes."""
        return any(_enough(tuple(read(line) for line in self.lines)) for read in (_own, _others))


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of the third series as it was published."""

    mean: float
    bound: Bound = Bound.EXACT
    uncertain: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """The third series: what it is called in the address, the look it is drawn in, and its value per line's code."""

    code: str
    key: Key
    values: Mapping[str, Value]

    def in_part_of(self, picture: Picture) -> tuple[int, int] | None:
        """On so many of so many of the picture's measured lines; None where it is on all of them."""
        there = sum(line.code in self.values for line in picture.measured)
        return (there, len(picture.measured)) if there < len(picture.measured) else None


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one picture. `note` stands beside a line of the dot plot."""

    name: str
    shape: str
    order: str
    keys: Mapping[Key, str]
    missing: str
    band: str
    note: Callable[[RoundLine], str]


def pictures(figures: RoundFigures) -> tuple[Picture, ...]:
    """The pictures of what was measured; the six aspects go first, also where they make no radar."""
    roles = (Picture(f"{ROLES}{one.line.code}", one.roles) for one in figures.professionaliteiten)
    rest = (_focus(figures), *roles)
    return (Picture(ASPECTS, figures.radar), *(picture for picture in rest if picture.drawable))


def chosen(found: tuple[Picture, ...], code: str | None) -> Picture:
    """The picture asked for where it exists; else the aspects, or where nothing of those was measured what there is."""
    first = next((picture for picture in found if picture.measured), found[0])
    return next((picture for picture in found if picture.code == code and picture.measured), first)


def besides(figures: RoundFigures, picture: Picture, earlier: Mapping[str, Earlier]) -> tuple[Beside, ...]:
    """What may stand beside zelf and anderen in this picture, the target first. `earlier`: of the others, by code."""
    target = {line.code: Value(line.target) for line in picture.measured or picture.lines if line.target is not None}
    found = [Beside(TARGET, "target", target)]
    for group in figures.groups:
        values = {
            line.code: Value(figure.mean, figure.bound, figure.uncertain)
            for line in picture.lines if (figure := line.of(group)) is not None
        }
        found.append(Beside(group, "teamleider" if group == Group.TEAM_LEAD else "group", values))
    shown = {line.code for line in picture.lines if line.others}
    then = {code: Value(seen.mean, seen.bound) for code, seen in earlier.items() if code in shown}
    found.append(Beside(PREVIOUS, "previous", then))
    return tuple(beside for beside in found if beside.values)


def beside(found: tuple[Beside, ...], code: str | None) -> Beside:
    """The one asked for where it exists, else the target."""
    return next((one for one in found if one.code == code), found[0])


def radar(picture: Picture, third: Beside, texts: Texts) -> RadarChart | None:
    """The radar, or None where too little was measured for an honest shape. Of a series with too little for that, the
    points are drawn that there are.
    """
    series = (
        _series("self", texts, tuple(line.own for line in picture.lines)),
        _series("others", texts, tuple(line.others for line in picture.lines)),
        _series(third.key, texts, tuple(third.values.get(line.code) for line in picture.lines)),
    )
    if not picture.drawable:
        return None
    drawn = tuple(one for one in series if any(value is not None for value in one.values))
    sectors = tuple(Sector(name, size) for name, size in picture.sectors)
    names = tuple(line.name for line in picture.lines)
    return RadarChart(texts.name, texts.shape, names, drawn, sectors, missing=texts.missing)


def dots(picture: Picture, third: Beside, texts: Texts) -> DotChart:
    """The dot plot of what was measured; the target is always in it."""
    return DotChart(
        title=texts.name,
        alternative=texts.order,
        rows=tuple(_row(line, third, texts) for line in picture.sorted),
        names=texts.keys,
        band_name=texts.band,
    )


def keys(picture: Picture, third: Beside) -> tuple[KeySwatch, ...]:
    """What occurs in the pictures, for the key above them."""
    found: list[KeySwatch] = []
    if any(line.own for line in picture.measured):
        found.append("self")
    seen = [line.others for line in picture.measured if line.others is not None]
    if seen:
        found.append("others")
    if third.key != "target":
        found.append(third.key)
    found.append("target")
    if seen:
        found.append("band")
    if any(figure.uncertain for figure in seen):
        found.append("uncertain")
    if third.key == "group" and any(value.uncertain for value in third.values.values()):
        found.append("uncertain group")
    return tuple(found)


def short(picture: Picture, third: Beside) -> tuple[tuple[str, str], ...]:
    """The capped figures as they are drawn, with what they mean: 4,5+ is 4,5 of hoger. The highest first."""
    seen = [figure for line in picture.measured for figure in (line.others, third.values.get(line.code)) if figure]
    capped = {(one.mean, sign) for one in seen if (sign := beyond(one.bound)) is not None}
    return tuple((written(mean, sign), spoken(mean, sign)) for mean, sign in sorted(capped, reverse=True))


def beyond(bound: Bound) -> Beyond | None:
    """The sign of a capped figure."""
    signs: dict[Bound, Beyond] = {Bound.OR_HIGHER: "+", Bound.OR_LOWER: "−"}
    return signs.get(bound)


def _row(line: RoundLine, third: Beside, texts: Texts) -> DotRow:
    points: dict[Key, Figure | Value] = {}
    if line.own:
        points["self"] = line.own
    if line.others:
        points["others"] = line.others
    if third.key != "target" and line.code in third.values:
        points[third.key] = third.values[line.code]
    band = line.others.band if line.others else None
    return DotRow(
        line.name,
        texts.note(line),
        points={key: found.mean for key, found in points.items()},
        band=(band.low, band.high) if band else None,
        target=line.target,
        uncertain=frozenset(key for key, found in points.items() if found.uncertain),
        beyond={key: sign for key, found in points.items() if (sign := beyond(found.bound)) is not None},
    )


def _series(key: Key, texts: Texts, figures: tuple[Figure | Value | None, ...]) -> Series:
    there = [(place, figure) for place, figure in enumerate(figures) if figure is not None]
    return Series(
        key,
        texts.keys[key],
        tuple(_mean(figure) for figure in figures),
        frozenset(place for place, figure in there if figure.uncertain),
        {place: sign for place, figure in there if (sign := beyond(figure.bound)) is not None},
    )


def _focus(figures: RoundFigures) -> Picture:
    known = {line.code: line for line in figures.competencies}
    subjects = figures.catalog.focus_competencies
    areas = groupby(subjects, key=lambda competency: competency.focus or "")
    return Picture(
        FOCUS,
        tuple(known.get(c.code, RoundLine(c.code, c.name)) for c in subjects),
        tuple((figures.catalog.aspect(code).name, len(tuple(members))) for code, members in areas),
    )


def _own(line: RoundLine) -> float | None:
    return _mean(line.own)


def _others(line: RoundLine) -> float | None:
    return _mean(line.others)


def _mean(figure: Figure | Value | None) -> float | None:
    return figure.mean if figure else None


def _often(line: RoundLine) -> tuple[bool, float]:
    seen = line.others or line.own
    return line.others is not None, seen.mean if seen else 0.0


def _enough(values: tuple[float | None, ...]) -> bool:
    return sum(value is not None for value in values) * (_AXES + 1) >= len(values) * _AXES
