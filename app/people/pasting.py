"""PURE: reading a list of people that was pasted: a name and an e-mail address on every line."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace

from app.accounts import emails

MOST = 500      # lines at once
LONGEST_NAME = 120
ADDRESS = re.compile(r"[^\s;,<>\"]+@[^\s;,<>\"]+")


class Problem(enum.Enum):
    NO_EMAIL = enum.auto()
    NO_NAME = enum.auto()
    BAD_EMAIL = enum.auto()
    TWICE = enum.auto()
    KNOWN = enum.auto()         # somebody of this organisation has the address
    TAKEN = enum.auto()


@dataclass(frozen=True, slots=True)
class PastedLine:
    """One line, read. `by`: whose address it is, when the problem is KNOWN."""

    number: int
    text: str
    name: str = ""
    email: str = ""
    problem: Problem | None = None
    by: str = ""

    def taken(self, by: str | None) -> PastedLine:
        return replace(self, problem=Problem.KNOWN if by else Problem.TAKEN, by=by or "")


def read(text: str) -> list[PastedLine]:
    """The lines that are not empty. Understands 'naam; adres', columns of a spreadsheet, and 'naam <adres>'."""
    found: list[PastedLine] = []
    seen: set[str] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            read_one = _line(number, line.strip())
            if read_one.problem is None and read_one.email in seen:
                read_one = replace(read_one, problem=Problem.TWICE)
            seen.add(read_one.email)
            found.append(read_one)
    return found


def _line(number: int, text: str) -> PastedLine:
    found = ADDRESS.search(text)
    if found is None:
        return PastedLine(number, text, problem=Problem.NO_EMAIL)
    rest = text[: found.start()] + " " + text[found.end() :]
    name = " ".join(re.sub(r"[;\t<>\"]", " ", rest).split()).strip(", ")[:LONGEST_NAME]
    if not name:
        return PastedLine(number, text, problem=Problem.NO_NAME)
    try:
        email = emails.normal(found.group())
    except ValueError:
        return PastedLine(number, text, name, problem=Problem.BAD_EMAIL)
    return PastedLine(number, text, name, email, Problem.BAD_EMAIL if "@" in name else None)
