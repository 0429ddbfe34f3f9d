"""Two people who write in one form at the same time: what is kept of each. PURE.

A form carries a mark of every field as it was shown. Where only one of the two changed a field, hers is kept; where
both did, and not to the same, nobody chooses for them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

MARK = 16       # hexadecimal digits: enough to tell two texts apart that nobody made alike on purpose


@dataclass(frozen=True, slots=True)
class Merged:
    """`values`: per field what is to be kept, her own where both changed it; `torn`: the fields that both changed."""

    values: Mapping[str, str]
    torn: frozenset[str]


def mark(text: str) -> str:
    """A short text that is the same for the same text."""
    return hashlib.sha256(text.encode()).hexdigest()[:MARK]


def marks(values: Mapping[str, str]) -> str:
    """The marks of all fields in one line, for a form to carry."""
    return " ".join(f"{name}={mark(text)}" for name, text in values.items())


def read_marks(line: str) -> Mapping[str, str]:
    """The marks by field; what is not a mark is left out, as if that field had been shown otherwise."""
    pairs = (piece.partition("=") for piece in line.split())
    return {name: value for name, is_there, value in pairs if is_there}


def merge(shown: Mapping[str, str], mine: Mapping[str, str], theirs: Mapping[str, str]) -> Merged:
    """`shown`: marks of what she began from; `mine`: what she sends; `theirs`: what is stored now."""
    values, torn = {}, set()
    for name, stored in theirs.items():
        sent = mine[name]
        if sent == stored or shown.get(name) == mark(sent):
            values[name] = stored
            continue
        values[name] = sent
        if shown.get(name) != mark(stored):
            torn.add(name)
    return Merged(values, frozenset(torn))
