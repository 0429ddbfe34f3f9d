"""Which pictures a profile has, and the descriptions that app.charts draws them from.

PURE: the words come from outside.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import groupby

from app.charts.dots import DotChart, DotRow
from app.charts.marks import Key
from app.charts.radar import RadarChart, Sector, Series
from app.profiles.figures import Figures, Line

ASPECTS, FOCUS, MEASURED, ROLES = "aspecten", "focus", "gemeten", "rollen-"


@dataclass(frozen=True, slots=True)
class Picture:
    """A set of figures to draw. `code` stands in the address, so that a picture can be bookmarked and printed."""

    code: str
    lines: tuple[Line, ...]
    sectors: tuple[tuple[str, int], ...] = ()

    @property
    def measured(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.score is not None)

    @property
    def sorted(self) -> tuple[Line, ...]:
        """What was measured, from most often to least often."""
        return tuple(sorted(self.measured, key=lambda line: -(line.score or 0)))

    @property
    def series(self) -> tuple[Series, ...]:
        """The lines of the radar: of the earlier scores the points that there are."""
        series = (
            Series("self", "", tuple(line.score for line in self.lines)),
            Series("target", "", tuple(line.target if line.score is not None else None for line in self.lines)),
            Series("previous", "", tuple(line.earlier for line in self.lines)),
        )
        return tuple(one for one in series if any(value is not None for value in one.values))

    @property
    def drawable(self) -> bool:
        """Whether a radar of it is an honest shape: five of every six axes were measured."""
        return self.code != MEASURED and any(one.key == "self" and one.enough for one in self.series)

    @property
    def keys(self) -> tuple[Key, ...]:
        """What occurs in the pictures, for the key above them."""
        earlier: tuple[Key, ...] = ("previous",) if any(line.earlier is not None for line in self.measured) else ()
        return ("self", "target", *earlier)


@dataclass(frozen=True, slots=True)
class Texts:
    """The words of one picture."""

    name: str
    shape: str
    order: str
    keys: Mapping[Key, str]
    missing: str
    note: Callable[[Line], str]


def pictures(figures: Figures) -> tuple[Picture, ...]:
    """The pictures that were measured, the one to show first at the front. A measurement has one score at least.

    Where neither the aspects nor the focus subjects make a radar, the dot plot of what there is goes first.
    """
    first = tuple(picture for picture in (_aspects(figures), _focus(figures)) if picture.drawable)
    roles = (Picture(f"{ROLES}{one.line.code}", one.roles) for one in figures.professionaliteiten)
    return (first or _left(figures)) + tuple(picture for picture in roles if picture.drawable)


def chosen(found: tuple[Picture, ...], code: str | None) -> Picture:
    """The picture asked for where it exists, else the first."""
    return next((picture for picture in found if picture.code == code), found[0])


def radar(picture: Picture, texts: Texts) -> RadarChart | None:
    """The radar, or None where too little was measured for an honest shape."""
    if not picture.drawable:
        return None
    return RadarChart(
        title=texts.name,
        alternative=texts.shape,
        axes=tuple(line.name for line in picture.lines),
        series=tuple(Series(one.key, texts.keys[one.key], one.values) for one in picture.series),
        sectors=tuple(Sector(name, size) for name, size in picture.sectors),
        missing=texts.missing,
    )


def dots(picture: Picture, texts: Texts) -> DotChart:
    """The dot plot of what was measured, from most often to least often."""
    return DotChart(
        title=texts.name,
        alternative=texts.order,
        rows=tuple(
            DotRow(line.name, texts.note(line), points=_points(line), target=line.target) for line in picture.sorted
        ),
        names=texts.keys,
    )


def _points(line: Line) -> Mapping[Key, float]:
    points: dict[Key, float] = {}
    if line.score is not None:
        points["self"] = line.score
    if line.earlier is not None:
        points["previous"] = line.earlier
    return points


def _aspects(figures: Figures) -> Picture:
    known = {aspect.line.code: aspect.line for aspect in figures.aspects}
    return Picture(ASPECTS, tuple(known.get(a.code, Line(a.code, a.name, None)) for a in figures.catalog.radar_aspects))


def _focus(figures: Figures) -> Picture:
    known = {line.code: line for line in figures.competencies}
    subjects = figures.catalog.focus_competencies
    areas = groupby(subjects, key=lambda competency: competency.focus or "")
    return Picture(
        FOCUS,
        tuple(known.get(c.code, Line(c.code, c.name, None)) for c in subjects),
        tuple((figures.catalog.aspect(code).name, len(tuple(members))) for code, members in areas),
    )


def _left(figures: Figures) -> tuple[Picture]:
    """The aspects that do have a score, or else the competencies that have one."""
    aspects = tuple(aspect.line for aspect in figures.aspects if aspect.line.score is not None)
    return (Picture(MEASURED, aspects or tuple(line for line in figures.competencies if line.score is not None)),)
