"""What a file may be called when it leaves us: never where it is kept."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

LONGEST: Final = 120
_NOT_IN_A_NAME: Final = re.compile(r'[<>:"|?*/\\]+')
_EXTENSION: Final = re.compile(r"\.([A-Za-z0-9]{1,8})$")


def extension_of(name: str) -> str:
    """What stands behind the last dot, in small letters; empty when that is no extension."""
    found = _EXTENSION.search(_clean(name))
    return found[1].lower() if found else ""


def file_name(name: str, extensions: tuple[str, ...]) -> str:
    """A name to show and to offer: without folders, characters that nobody sees or that turn the text round, and with
    an end that says what the file is (one of `extensions`, otherwise the first is put behind it).
    """
    text = _clean(name)
    end = extension_of(text)
    stem = text[: -len(end) - 1] if end in extensions else text
    kept = end if end in extensions else extensions[0]
    return f"{stem[: LONGEST - len(kept) - 1].strip('. ') or 'bestand'}.{kept}"


def _clean(name: str) -> str:
    last = re.split(r"[/\\]", name)[-1]
    normal = unicodedata.normalize("NFC", last)
    seen = "".join(" " if unicodedata.category(c).startswith("Z") else c
                   for c in normal if not unicodedata.category(c).startswith("C"))
    return " ".join(_NOT_IN_A_NAME.sub("-", seen).split()).rstrip(". ")
