"""Text in pictures: clean, escaped, measured and broken into lines before it is drawn."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from html import escape as _escape

SOFT_HYPHEN = "\u00ad"
_JOINERS = "\u200c\u200d"
# Where a long Dutch compound may be broken when nobody marked it: before these parts.
_PARTS = ("management", "vaardighe", "administrat", "controller", "bewaker", "begelei", "ontwikkel", "verantwoord")
# Widths in thousandths of the font size (Helvetica), by character; anything else counts as a wide letter.
_WIDTHS = {
    character: width
    for width, characters in (
        (250, "ijl'|.,:;! "),
        (300, 'ftI/\\()[]-r`"'),
        (520, "ckJsvxyz*^"),
        (570, "abdeghnopquL0123456789_+=<>~#$?ëéèêäáàöóòüúùï"),
        (670, "ABEKPSVXY&FTZ"),
        (750, "CDHNRUwGOQ"),
        (880, "mM%"),
        (1000, "W@—…"),
    )
    for character in characters
}
_WIDER_FONTS = 1.1  # the widest system font we expect, and the bold cut, against Helvetica


def clean(text: str) -> str:
    """The text on one line, without the invisible characters that break XML or turn the reading direction."""
    kept = (
        character
        for character in " ".join(text.split())
        if character in SOFT_HYPHEN + _JOINERS
        or (unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn"} and ord(character) & 0xFFFE != 0xFFFE)
    )
    return "".join(kept)


def escape(text: str) -> str:
    """The text as it may stand in markup, in an attribute too, and in a Plotly label."""
    return _escape(clean(text).replace(SOFT_HYPHEN, ""))


@lru_cache(maxsize=4096)
def width(text: str, size: float) -> float:
    """How wide the text is at most, in the picture's units."""
    return sum(_WIDTHS.get(character, 780 if ord(character) < 0x2E80 else 1050) for character in text) * (
        size * _WIDER_FONTS / 1000
    )


def wrap(text: str, room: float, size: float) -> tuple[str, ...]:
    """Lines that fit the room: broken at spaces, then at soft hyphens and known compounds, then anywhere."""
    lines: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        joined = f"{line} {word}" if line else word
        if width(joined.replace(SOFT_HYPHEN, ""), size) <= room:
            line = joined.replace(SOFT_HYPHEN, "")
            continue
        if line:
            lines.append(line)
        *full, line = _break(word, room, size)
        lines.extend(full)
    return (*lines, line)


def widest_piece(text: str, size: float) -> float:
    """The room that lines need so that no word is broken where it may not break."""
    return max(width(f"{part}-", size) for word in clean(text).split(" ") for part in _syllables(word) or [""])


def _break(word: str, room: float, size: float) -> list[str]:
    """One word in as many pieces as it needs, each but the last ending in a hyphen."""
    if width(word.replace(SOFT_HYPHEN, ""), size) <= room:
        return [word.replace(SOFT_HYPHEN, "")]
    pieces: list[str] = []
    piece = ""
    for part in _syllables(word):
        if piece and width(f"{piece}{part}-", size) > room:
            pieces.append(piece if piece.endswith("-") else f"{piece}-")
            piece = ""
        for character in part:
            if width(f"{piece}{character}-", size) > room and len(piece) > 1:
                pieces.append(f"{piece}-")
                piece = ""
            piece += character
    return [*pieces, piece]


def _syllables(word: str) -> list[str]:
    if SOFT_HYPHEN not in word:
        for part in _PARTS:
            at = word.lower().find(part)
            if at > 3:
                word = word[:at] + SOFT_HYPHEN + word[at:]
        word = word.replace("-", f"-{SOFT_HYPHEN}").replace("/", f"/{SOFT_HYPHEN}")
    return [part for part in word.split(SOFT_HYPHEN) if part]
