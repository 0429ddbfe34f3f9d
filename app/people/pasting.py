"""PURE: reading a list of people that was pasted: a name and an e-mail address on every line."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass, replace

from app.accounts import emails

MOST = 500      # lines at once
LONGEST_NAME = 120
# From where a word begins, or a long one takes minutes.
ADDRESS = re.compile(r"(?<![^\s;,<>\"])[^\s;,<>\"]+@[^\s;,<>\"]+")
NUMBERED = re.compile(r"^\s*\d+\s*[.):]?\s+")
AROUND = " \u00a0,.;:|/\\-\u2013\u2014\u2022*_\"\u201c\u201d\u2018()[]{}"     # stands around a name and is not of it
PARTICLES = frozenset({
    "'s", "'t", "\u2019s", "\u2019t", "al", "bin", "d'", "da", "de", "del", "den", "der", "di", "dos", "du", "el",
    "het", "in", "la", "las", "le", "les", "los", "onder", "op", "over", "te", "ten", "ter", "uit", "van", "von",
    "voor",
})
HEADINGS = frozenset({
    "achternaam", "adres", "e-mail", "e-mailadres", "email", "emailadres", "en", "functie", "mail", "mailadres", "naam",
    "namen", "nr", "nummer", "roepnaam", "rol", "team", "tussenvoegsel", "voornaam", "werkmail",
})


class Problem(enum.Enum):
    NO_EMAIL = enum.auto()
    NO_NAME = enum.auto()
    BAD_EMAIL = enum.auto()
    TWO_EMAILS = enum.auto()
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
    """The lines that are not empty, without the headings of a table. Understands 'naam; adres', columns of a
    spreadsheet, 'naam <adres>' and 'achternaam, voornaam'.
    """
    found: list[PastedLine] = []
    seen: set[str] = set()
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    for place, (number, line) in enumerate(lines):
        if place == 0 and len(lines) > 1 and _is_heading(line):
            continue
        read_one = _line(number, line)
        if read_one.problem is None and read_one.email in seen:
            read_one = replace(read_one, problem=Problem.TWICE)
        seen.add(read_one.email)
        found.append(read_one)
    return found


def _is_heading(line: str) -> bool:
    words = re.split(r"[\s;,|]+", line.lower().strip(AROUND))
    return all(word.strip(AROUND) in HEADINGS for word in words)


def _line(number: int, text: str) -> PastedLine:
    found = ADDRESS.search(text)
    if found is None:
        return PastedLine(number, text, problem=Problem.BAD_EMAIL if "@" in text else Problem.NO_EMAIL)
    rest = text[: found.start()] + " " + text[found.end() :]
    name = _name(rest)
    if not name:
        return PastedLine(number, text, problem=Problem.NO_NAME)
    try:
        email = emails.normal(found.group().strip("()[]{}.:"))
    except ValueError:
        return PastedLine(number, text, name, problem=Problem.BAD_EMAIL)
    another = ADDRESS.search(rest)
    problem = Problem.TWO_EMAILS if another else Problem.BAD_EMAIL if "@" in rest else None
    return PastedLine(number, text, name, email, problem)


def _name(text: str) -> str:
    """A name without what stands around it, the first name in front."""
    text = NUMBERED.sub("", re.sub(r"[;\t<>\"|]", " ", text))
    parts = [" ".join(part.split()).strip(AROUND) for part in text.split(",")]
    return _turned([part for part in parts if part])[:LONGEST_NAME].strip()


def _turned(parts: list[str]) -> str:
    """'Vries, Jet de' is Jet de Vries; so is 'Vries, de, Jet'. A whole name with something behind it stays as it is."""
    between = [part for part in parts[1:] if _is_particle(part)]
    others = [part for part in parts if part not in between]
    if len(others) != 2 or len(between) > 1 or _is_whole(others[0]):
        return ", ".join(parts)
    last, first = others
    words = first.split()
    if _is_particle(words[0]) and not _is_particle(words[-1]):      # 'Jet, de Vries': it was the right way round
        return f"{last} {first}"
    return " ".join([first, *between, last])


def _is_particle(part: str) -> bool:
    return all(word.lower() in PARTICLES for word in part.split())


def _is_whole(part: str) -> bool:
    """True of 'Jet de Vries': a tussenvoegsel with something on both sides."""
    words = [word.lower() in PARTICLES for word in part.split()]
    return not words[0] and any(words[1:-1])
