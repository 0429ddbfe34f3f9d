"""What each kind of figure looks like, the same in every picture: shape and dash first, colour second."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from app.charts.text import escape

Key = Literal["self", "others", "previous", "teamleider", "group", "target"]
KeySwatch = Literal[
    "self", "others", "previous", "teamleider", "group", "target", "band", "uncertain", "uncertain self",
    "uncertain group",
]


@dataclass(frozen=True, slots=True)
class Look:
    """The letter its classes end in (m·, l·, v·), how far its mark reaches, and Plotly's words for the same."""

    letter: str
    reach: float
    symbol: str
    size: float
    dash: str


LOOKS: dict[Key, Look] = {
    "self": Look("s", 6.5, "circle", 13, "solid"),
    "others": Look("o", 8, "diamond", 12.3, "8px,5px"),
    "previous": Look("p", 5, "circle", 10, "9px,3px,2px,3px"),
    "teamleider": Look("t", 6, "square", 12, "3px,3px"),
    "group": Look("r", 8.7, "triangle-up", 15, "10px,3px,2px,3px,2px,3px"),
    "target": Look("g", 11, "line-ns-open", 15.7, "2.5px,4px"),
}
NAMES: dict[Key, str] = {
    "self": "Jij",
    "others": "Anderen",
    "previous": "Vorige keer",
    "teamleider": "Teamleider",
    "group": "Een groep",
    "target": "Doel",
}
BAND = "80% zeker"
# Small on top of large, so that nothing disappears; the target lies under all.
DRAWN: tuple[Key, ...] = ("target", "others", "group", "teamleider", "self", "previous")


def hide(one: Key, other: Key, apart: float) -> bool:
    """Whether two marks this far apart would hide each other: where more than a quarter of them overlaps."""
    return apart < 0.75 * (LOOKS[one].reach + LOOKS[other].reach)


def mark_style(key: Key, *, uncertain: bool = False) -> str:
    """The classes of one point."""
    return f"m{LOOKS[key].letter}{' open' if uncertain else ''}"


def mark(key: Key, x: float, y: float, *, uncertain: bool = False) -> str:
    """One point as markup; an uncertain one is open. Each chart draws its own target, for its bar has a direction."""
    look = LOOKS[key]
    style = mark_style(key, uncertain=uncertain)
    if key == "others":
        return f'<path class="{style}" d="M{x:.1f} {y - look.reach:.1f}l8 8-8 8-8-8z"/>'
    if key == "group":
        return f'<path class="{style}" d="M{x:.1f} {y - 7.5:.1f}l8.7 11.3h-17.4z"/>'
    if key == "teamleider":
        return f'<rect class="{style}" x="{x - 6:.1f}" y="{y - 6:.1f}" width="12" height="12"/>'
    return f'<circle class="{style}" cx="{x:.1f}" cy="{y:.1f}" r="{look.reach}"/>'


def key(entries: Iterable[tuple[KeySwatch, str]], short: Iterable[tuple[str, str]] = ()) -> str:
    """The key above the pictures: a list with a small drawing and its name for each entry, as markup.

    `short`: figures that the pictures write shorter than they read, with what they mean.
    """
    items = (
        f'<li><svg viewBox="0 0 40 20" aria-hidden="true">{_swatch(kind)}</svg>{escape(name)}</li>'
        for kind, name in entries
    )
    meant = (f"<li><b>{escape(figure)}</b> {escape(name)}</li>" for figure, name in short)
    return f'<ul class="key">{"".join((*items, *meant))}</ul>'


def _swatch(kind: KeySwatch) -> str:
    if kind == "band":
        return '<rect class="bandr" x="1" y="2" width="38" height="16" rx="8"/>'
    if kind == "uncertain" or kind == "uncertain self" or kind == "uncertain group":
        of: dict[str, Key] = {"uncertain": "others", "uncertain self": "self", "uncertain group": "group"}
        return mark(of[kind], 20, 10, uncertain=True)
    line = f'<path class="l{LOOKS[kind].letter}" d="M0 10h40"/>'
    return line + ('<path class="mg" d="M20 3v14"/>' if kind == "target" else mark(kind, 20, 10))
