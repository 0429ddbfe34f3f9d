"""What in a text looks like a name, a birth date or a citizen service number. PURE.

It finds what can be explained in a sentence, and it warns: nothing is refused because of it. The time it takes grows
with the length of the text and no faster, whatever stands in it. A name is two words with a
capital in a row, small words like 'van de' between them allowed, except where a capital is no wonder: at the beginning
of a sentence, and in what we know as a term or a school. A word behind 'mevrouw' or 'meneer' is a name too.
"""

from __future__ import annotations

import datetime as dt
import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_CAPITAL = r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿ'’]+(?:-[A-ZÀ-ÖØ-Þa-zß-öø-ÿ'’]+)*"
_SMALL = (r"(?:van|de|der|den|het|ter|ten|te|(?:op|in)(?=[ \t]+(?:den?|[’']t)\b)|el|al|ben|bin|la|le|di|da|dos|von"
          r"|[’']t|d[’'])")
_BETWEEN = rf"[ \t]+(?:{_SMALL}[ \t]+){{0,3}}"
_RUN = re.compile(
    rf"(?<![\w’'-])(?:(?:[A-Z]\.){{1,8}}[ \t]*(?:{_SMALL}[ \t]+){{1,4}})?{_CAPITAL}(?:{_BETWEEN}{_CAPITAL})*"
)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,8}[ \t]*[a-z’']")
_ADDRESSED = re.compile(
    rf"\b(?:[Mm]evrouw|[Mm]eneer|[Mm]w\.?|[Dd]hr\.?|[Dd]e heer|[Mm]eester|[Jj]uf(?:frouw)?)[ \t]+"
    rf"((?:{_SMALL}[ \t]+){{0,3}}{_CAPITAL}(?:{_BETWEEN}{_CAPITAL})*)"
)
_LOOKED_BACK = 60       # characters before a word that say how it stands there
_MARKS = "-–•*‘’“”\"'("
_IN_A_WORD = re.compile(r"\w")
_ENDS_SENTENCE = ".!?:;\n"
_ENDS = " \t\r\n.,;:!?…)(\"'‘’“”-–•*"
# Words with which no name of a person is written: who writes them with a capital means a school, a team, a function.
TERMS = frozenset({
    "basisschool", "school", "scholen", "college", "lyceum", "gymnasium", "mavo", "havo", "vwo", "vmbo", "mbo",
    "onderwijs", "speciaal", "passend", "voortgezet", "primair", "kinderopvang", "peuterspeelzaal", "dienst",
    "stichting", "samenwerkingsverband", "gemeente", "team", "groep", "klas", "cluster", "regio", "intern", "interne",
    "begeleider", "ambulant", "zorgcoördinator", "coördinator", "leraar", "leerkracht", "directeur", "directie",
    "teamleider", "adviseur", "jeugdhulp", "jeugdzorg", "wijkteam", "leerplicht", "ouders", "leerling", "bureau",
    "inspectie", "raad", "vereniging", "academie", "centrum", "locatie", "unit", "route", "plan", "wet",
})
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")
_DAYS = re.compile(
    r"(?<!\d)(?:(?P<day>\d{1,2})(?:[-/.](?P<month>\d{1,2})[-/.]"
    rf"|[ ]+(?P<name>mrt|{'|'.join(month[:3] for month in MONTHS)})"
    r"[a-z]*\.?[ ]+)(?P<year>\d{4}|(?<=[-/.])\d{2})|(?P<iso>\d{4}-\d\d-\d\d))(?!\d)", re.IGNORECASE
)
_BORN = re.compile(r"\b(?:geb(?:oren|\.)?|geboortedatum|geboortedag)\b[\s.:]*(?:op[ \t]+|is[ \t]+)?$", re.IGNORECASE)
_NINE = re.compile(r"(?=(?<!\d)(\d(?:[ .\u00a0]?\d){8})(?!\d))")
_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
YOUNGEST, OLDEST = 3, 110       # years: nobody younger is at school, and the dates of a traject are newer
AHEAD = 10                      # years: how far ahead a year of two figures is read


class Kind(enum.StrEnum):
    NAME = "name"
    BIRTH_DATE = "birth-date"
    BSN = "bsn"


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found, as it stands in the text."""

    kind: Kind
    text: str


def findings(text: str, today: dt.date, known: Iterable[str] = ()) -> tuple[Finding, ...]:
    """All that looks like a person, each once, by kind. `known`: terms and schools, as one says them."""
    phrases = [" ".join(phrase.lower().split()) for phrase in known]
    found = [
        *(Finding(Kind.NAME, name) for name in _names(text, phrases)),
        *(Finding(Kind.BIRTH_DATE, day) for day in _birth_dates(text, today)),
        *(Finding(Kind.BSN, number) for number in _numbers(text)),
    ]
    return tuple(dict.fromkeys(found))


def passes_eleven_test(digits: str) -> bool:
    """Whether nine digits could be a citizen service number."""
    return (
        len(digits) == 9 and int(digits) > 0
        and sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0
    )


def _names(text: str, phrases: list[str]) -> Iterator[str]:
    for found in _ADDRESSED.finditer(text):
        yield found[1]
    whole = text.strip(_ENDS)
    for found in _RUN.finditer(text):
        name = found[0]
        if name != whole and _begins_sentence(_before(text, found)):
            name = _without_first(name)
        if _is_name(name) and not _is_known(name, phrases):
            yield name


def _before(text: str, found: re.Match[str]) -> str:
    """The last of what stands before it."""
    return text[max(found.start() - _LOOKED_BACK, 0):found.start()]


def _begins_sentence(before: str) -> bool:
    """Whether a sentence begins behind this, also between quotes, in brackets or as a point of a list."""
    before = before.rstrip(" \t")
    bare = before.rstrip(_MARKS)
    if bare != before:
        before = bare.rstrip()
        if "\n" in bare[len(before):]:
            return True
    return not before or before[-1] in _ENDS_SENTENCE


def _is_name(name: str) -> bool:
    return len(re.findall(_CAPITAL, name)) > 1 or _INITIALS.match(name) is not None


def _without_first(name: str) -> str:
    """What follows the first word with a capital, which the beginning of a sentence explains."""
    if _INITIALS.match(name):
        return name
    capitals = list(re.finditer(rf"(?<![\w’'-]){_CAPITAL}", name))
    return name[capitals[1].start():] if len(capitals) > 1 else ""


def _is_known(name: str, phrases: list[str]) -> bool:
    plain = " ".join(name.lower().split())
    if TERMS & set(re.findall(r"[^\W\d_]+", plain)):
        return True
    return any(_stands_in(plain, phrase) for phrase in phrases)


def _stands_in(words: str, phrase: str) -> bool:
    """Whether these words stand in it as whole words."""
    at = phrase.find(words)
    while at >= 0:
        around = phrase[max(at - 1, 0):at], phrase[at + len(words):at + len(words) + 1]
        if not any(_IN_A_WORD.match(character) for character in around):
            return True
        at = phrase.find(words, at + 1)
    return False


def _birth_dates(text: str, today: dt.date) -> Iterator[str]:
    for found in _DAYS.finditer(text):
        day = _day(found, today)
        if day is None or not day <= today or day.year < today.year - OLDEST:
            continue
        if _BORN.search(_before(text, found)) or day <= _years_before(today, YOUNGEST):
            yield found[0]


def _day(found: re.Match[str], today: dt.date) -> dt.date | None:
    try:
        if found["iso"]:
            return dt.date.fromisoformat(found["iso"])
        year = int(found["year"])
        if year < 100:
            year += 2000 if year <= today.year % 100 + AHEAD else 1900
        month = int(found["month"]) if found["month"] else _month(found["name"])
        return dt.date(year, month, int(found["day"]))
    except ValueError:
        return None


def _month(name: str) -> int:
    name = name.lower().replace("mrt", "maa")
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name))


def _years_before(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year - years, day=min(day.day, 28))


def _numbers(text: str) -> Iterator[str]:
    for found in _NINE.finditer(text):
        if passes_eleven_test(re.sub(r"\D", "", found[1])):
            yield found[1]
