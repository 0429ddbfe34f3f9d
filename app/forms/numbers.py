"""Numbers as people write them. PURE."""

from __future__ import annotations

import re
from typing import Final

_WHOLE: Final = re.compile(
    r"([0-9]{1,15}|[0-9]{1,3}(?:\.[0-9]{3}){1,4})(?:,0{1,2}|\.00|,\s?[-\u2013\u2014]{1,2})?")
_POINT: Final = re.compile(r"-?\d{1,9}\.\d{1,2}", re.ASCII)
_COMMA: Final = re.compile(r"(-?\d{1,9}|-?\d{1,3}(?:\.\d{3}){1,3})(?:,(\d{1,9}))?", re.ASCII)


def whole(text: str) -> int | None:
    """A whole number: 1200 · 1.200 · € 1.200,00 · 1200,- · 1200 euro. None for anything else."""
    bare = text.replace("€", " ").strip().removesuffix("euro").strip()
    negative = bare.startswith(("-", "\u2212"))
    found = _WHOLE.fullmatch(bare[1:].strip() if negative else bare)
    if found is None:
        return None
    number = int(found[1].replace(".", ""))
    return -number if negative else number


def decimal(text: str) -> float | None:
    """A number with or without a fraction: 3 · 2,5 · 2.5 · 1.200,5. None for anything else."""
    if _POINT.fullmatch(text):
        return float(text)
    if found := _COMMA.fullmatch(text):
        return float(f"{found[1].replace('.', '')}.{found[2] or 0}")
    return None
