"""PURE: which passwords are too easy to guess."""

from __future__ import annotations

import enum
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

SHORTEST = 12
LONGEST = 200
MOST_TYPED = 1000       # characters; composing a longer text the same way can take minutes
COMMON = Path(__file__).with_name("common-passwords.txt")
EASY_WORDS = Path(__file__).with_name("easy-words.txt")
ROWS = ("qwertyuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "abcdefghijklmnopqrstuvwxyz", "qazwsxedcrfvtgbyhnujmikolp",
        "01234567890123456789")
LOOKALIKES = str.maketrans("013457@$!", "oieastasi")
FEWEST_LETTERS = 4      # that must remain when the easy parts are taken away
FEWEST_DIFFERENT = 5


class Weakness(enum.Enum):
    TOO_SHORT = enum.auto()
    TOO_LONG = enum.auto()
    EASY = enum.auto()
    ABOUT_YOU = enum.auto()


def weakness(password: str, about: Iterable[str] = ()) -> Weakness | None:
    """What is wrong with this password. `about`: the person's name, her e-mail address, her organisation's name."""
    if len(password) > MOST_TYPED:
        return Weakness.TOO_LONG
    password = normal(password)
    if len(password) < SHORTEST:
        return Weakness.TOO_SHORT
    if len(password) > LONGEST:
        return Weakness.TOO_LONG
    lower, easy = password.casefold(), _listed(EASY_WORDS)
    if lower in _listed(COMMON) or len(set(lower)) < FEWEST_DIFFERENT or _repeats(lower):
        return Weakness.EASY
    if _nothing_left(lower, easy):
        return Weakness.EASY
    if _nothing_left(lower, easy | words_in(about)):
        return Weakness.ABOUT_YOU
    return None


def normal(password: str) -> str:
    """The same password however a keyboard composed its characters (NIST SP 800-63B)."""
    return unicodedata.normalize("NFKC", password)


def words_in(texts: Iterable[str]) -> frozenset[str]:
    """The words of three letters and more in names and addresses."""
    return frozenset(word for text in texts for word in re.split(r"[\W\d_]+", text.casefold()) if len(word) >= 3)


@lru_cache(maxsize=2)
def _listed(path: Path) -> frozenset[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


def _repeats(text: str) -> bool:
    """True for one piece that comes back again and again: abcabcabcabc."""
    return text in (text + text)[1:-1]


def _nothing_left(password: str, easy: frozenset[str]) -> bool:
    """True when hardly a letter remains beside easy words and rows of keys, as written or with 0 for o."""
    return any(
        sum(letter.isalpha() for letter in _without(text, easy)) < FEWEST_LETTERS
        for text in (password, password.translate(LOOKALIKES))
    )


def _without(text: str, easy: frozenset[str]) -> str:
    for word in sorted(easy, key=len, reverse=True):
        text = text.replace(word, " ")
    for row in ROWS:
        for way in (row, row[::-1]):
            text = _without_runs(text, way)
    return text


def _without_runs(text: str, row: str, least: int = 4) -> str:
    kept, start = "", 0
    while start < len(text):
        end = start + 1
        while end <= len(text) and text[start:end] in row:
            end += 1
        length = end - 1 - start
        if length >= least:
            kept, start = kept + " ", start + length
        else:
            kept, start = kept + text[start], start + 1
    return kept
