"""Drawings in markup as pictures with the same words for who listens.

PURE.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

_PICTURE: Final = re.compile(r"<svg\b(?P<given>[^>]*)>(?P<inside>.*?)</svg>", re.S)
_NAME: Final = re.compile(r'\baria-label="([^"]*)"')
_FRAME: Final = re.compile(r'\bviewBox="0 0 ([\d.]+) ([\d.]+)"')
_LOOK: Final = re.compile(r'\bclass="([^"]*)"')


def taken_out(markup: str, swatches: Mapping[str, str]) -> tuple[str, tuple[str, ...]]:
    """The markup with an `img` for every drawing, numbered from 0, and the drawings as SVG in the colours of paper.

    `swatches`: what a small drawing of a key is called, by the class of its mark. Any other drawing without a name is
    left out, as it says nothing.
    """
    drawings: dict[str, int] = {}        # the same drawing is there once

    def image(found: re.Match[str]) -> str:
        given, inside = found["given"], found["inside"]
        named, frame = _NAME.search(given), _FRAME.search(given)
        looks = _LOOK.findall(inside)
        name = named[1] if named else swatches.get(looks[-1], "") if looks else ""
        if not name or frame is None:
            return ""
        wide, high = frame.groups()
        drawing = (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}">'
            f"<style>{_look()}</style>{inside}</svg>"
        )
        number = drawings.setdefault(drawing, len(drawings))
        look = "swatch" if named is None else " ".join(_LOOK.findall(given))
        return f'<img class="{look}" src="{number}" wide="{wide}" alt="{name}">'

    return _PICTURE.sub(image, markup), tuple(drawings)


@lru_cache(maxsize=1)
def _look() -> str:
    return (Path(__file__).parent / "pictures.css").read_text(encoding="utf-8")
