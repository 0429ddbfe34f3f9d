"""The als-danplan: one sentence that ties a situation to what one will do in it. PURE."""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORD = re.compile(r"\b(als|dan)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence; `marked` for the words that carry it."""

    text: str
    marked: bool


def is_plan(text: str) -> bool:
    """True when 'als' stands before 'dan' and something follows. Says nothing about how good the plan is."""
    words = [(match[0].lower(), match.end()) for match in _WORD.finditer(text)]
    situation = next((end for word, end in words if word == "als"), len(text))
    behaviour = next((end for word, end in words if word == "dan" and end > situation), len(text))
    return re.search(r"\w", text[behaviour:]) is not None


def pieces(text: str) -> tuple[Piece, ...]:
    """The sentence with its first 'als' and the first 'dan' after that marked."""
    wanted = iter(("als", "dan", None))
    word, found, end = next(wanted), [], 0
    for match in _WORD.finditer(text):
        if match[0].lower() == word:
            found += [Piece(text[end:match.start()], False), Piece(match[0], True)]
            word, end = next(wanted), match.end()
    return tuple(piece for piece in (*found, Piece(text[end:], False)) if piece.text)
