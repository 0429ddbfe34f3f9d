"""What parents and pupils say, by theme and on their own scale: a panel of its own, never beside adults' figures.

PURE. A panel exists when its group was asked; a theme has a score when enough of the group said something about it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from app.competencies.catalog import Catalog
from app.competencies.parts import Indicator, PlainScale, Theme
from app.measurement.scale import ENOUGH_FOR_DETAIL, MIN_INDICATORS, Bound, Group, bound_of, caps_of
from app.measurement.scoring import Cell
from app.measurement.uncertainty import Band
from app.profiles.round_growth import APART, ThemeChange
from app.profiles.words import nearest_points

PANELS: Final = APART


@dataclass(frozen=True, slots=True)
class PanelStatement:
    """A statement as the group read it, `{naam}` for the first name of whom it is about."""

    text: str
    mean: float
    bound: Bound


@dataclass(frozen=True, slots=True)
class ThemeLine:
    """A theme with its score. `words`: what the group answered on average, one point of its scale or two.

    `statements`: those of a rich cell; of a thin one there are none.
    """

    code: str
    name: str
    mean: float
    bound: Bound
    raters: int
    band: Band | None
    words: tuple[str, ...]
    statements: tuple[PanelStatement, ...]
    change: ThemeChange | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """One group's panel. `absent`: the themes that were asked and have no score, whether none or two could say."""

    group: str
    question: str
    points: tuple[str, ...]
    themes: tuple[ThemeLine, ...]
    absent: tuple[str, ...]

    @property
    def changed(self) -> tuple[ThemeLine, ...]:
        """The themes that can be set beside an earlier round, or of which can be said why not."""
        return tuple(line for line in self.themes if line.change is not None)

    @property
    def top(self) -> int:
        return len(self.points)


def panels(
    catalog: Catalog,
    cells: Iterable[Cell],
    asked: Mapping[str, Mapping[str, tuple[str, ...]]],
    changes: Iterable[ThemeChange] = (),
) -> tuple[Panel, ...]:
    """The panels of a measurement. `asked`: per group and theme the indicators that anybody of it was asked; `changes`:
    how its themes changed since an earlier round.

    A group that was not asked has no panel; a theme of which fewer than two statements were asked is not in it.
    """
    found = {(cell.group, cell.competency_code): cell for cell in cells}
    changed = {(one.found.group, one.found.competency_code): one for one in changes}
    return tuple(_panel(catalog, group, asked[group], found, changed) for group in PANELS if asked.get(group))


def _panel(
    catalog: Catalog,
    group: Group,
    asked: Mapping[str, tuple[str, ...]],
    found: Mapping[tuple[str, str], Cell],
    changed: Mapping[tuple[str, str], ThemeChange],
) -> Panel:
    scale = catalog.scales.parent if group == Group.PARENT else catalog.scales.pupil
    themes = [
        (theme, found.get((group, theme.code)))
        for theme in catalog.themes
        if theme.group == group and len(asked.get(theme.code, ())) >= MIN_INDICATORS
    ]
    return Panel(
        group,
        scale.question,
        tuple(point.label for point in scale.points),
        tuple(
            _line(catalog, theme, cell, scale, changed.get((group, theme.code)))
            for theme, cell in themes if cell is not None
        ),
        tuple(theme.name for theme, cell in themes if cell is None),
    )


def _line(
    catalog: Catalog, theme: Theme, cell: Cell, scale: PlainScale, change: ThemeChange | None
) -> ThemeLine:
    labels = {point.score: point.label for point in scale.points}
    caps = caps_of(cell.group, max(cell.raters, ENOUGH_FOR_DETAIL))     # a mean of a statement rests on so many
    detail = ((catalog.indicator(code), cell.indicator_means.get(code)) for code in theme.indicators)
    return ThemeLine(
        theme.code,
        theme.name,
        cell.mean,
        cell.bound,
        cell.raters,
        cell.band,
        tuple(labels[point] for point in nearest_points(cell.mean)),
        tuple(
            PanelStatement(_wording(indicator, cell.group), mean, bound_of(mean, caps))
            for indicator, mean in detail if mean is not None
        ),
        change,
    )


def _wording(indicator: Indicator, group: str) -> str:
    return (indicator.parent if group == Group.PARENT else indicator.pupil) or indicator.other
