"""Reading school holidays that were pasted, one a line: 'Kerstvakantie 2026-12-21 t/m 2027-01-03'. PURE."""

from __future__ import annotations

import datetime as dt
import enum
import re
from dataclasses import dataclass

from app.rounds.calendar import Holiday

MOST = 100
LONGEST_NAME = 60
LONGEST = dt.timedelta(days=70)
YEARS = range(2000, 2100)
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
          "november", "december")
_MONTH = "|".join(f"{name}|{name[:3]}" for name in MONTHS) + "|mrt"
_DAY = re.compile(
    rf"(?<!\d)(?:(?P<iso>\d{{4}}-\d{{1,2}}-\d{{1,2}})|(?P<d>\d{{1,2}})[-/.](?P<m>\d{{1,2}})[-/.](?P<y>\d{{4}})"
    rf"|(?P<wd>\d{{1,2}})\s+(?P<wm>{_MONTH})\.?(?:\s+(?P<wy>\d{{4}}))?)(?!\d)",
    re.IGNORECASE,
)
_AROUND = " \t,;:|()-–—"
_WEEKDAY = re.compile(r"\b(?:ma(?:andag)?|di(?:nsdag)?|wo(?:ensdag)?|do(?:nderdag)?|vr(?:ijdag)?|za(?:terdag)?"
                      r"|zo(?:ndag)?|van|vanaf)\b", re.IGNORECASE)


class Problem(enum.Enum):
    NO_DAYS = enum.auto()           # not two days
    NO_SUCH_DAY = enum.auto()       # 31 februari, or a year that nobody means
    WRONG_ORDER = enum.auto()
    TOO_LONG = enum.auto()
    NO_NAME = enum.auto()


@dataclass(frozen=True, slots=True)
class Line:
    """One line, read: a holiday, or what is wrong with it."""

    number: int
    text: str
    holiday: Holiday | None = None
    problem: Problem | None = None


def read(text: str) -> list[Line]:
    """The lines that are not empty. Days as 2026-12-21, 21-12-2026 or 21 december 2026; one day is a holiday too."""
    lines = ((number, line.strip()) for number, line in enumerate(text.splitlines(), start=1))
    return [_read(number, line) for number, line in lines if line]


def judge(name: str, first_day: dt.date, last_day: dt.date) -> Problem | None:
    """What is wrong with a holiday of these days."""
    if not name:
        return Problem.NO_NAME
    if first_day.year not in YEARS or last_day.year not in YEARS:
        return Problem.NO_SUCH_DAY
    if last_day < first_day:
        return Problem.WRONG_ORDER
    return Problem.TOO_LONG if last_day - first_day > LONGEST else None


def _read(number: int, text: str) -> Line:
    found = list(_DAY.finditer(text))
    if not 1 <= len(found) <= 2:
        return Line(number, text, problem=Problem.NO_DAYS)
    try:
        last = _day(found[-1], None)
        first = _day(found[0], last)
    except ValueError:
        return Line(number, text, problem=Problem.NO_SUCH_DAY)
    before = _WEEKDAY.sub("", text[: found[0].start()])
    after = text[found[-1].end() :]
    name = " ".join(f"{before.strip(_AROUND)} {after.strip(_AROUND)}".split())[:LONGEST_NAME].strip(_AROUND)
    if problem := judge(name, first, last):
        return Line(number, text, problem=problem)
    return Line(number, text, Holiday(name, first, last))


def _day(found: re.Match[str], last: dt.date | None) -> dt.date:
    """Raises ValueError. '21 december' without a year belongs to the last day of the same line."""
    if found["iso"]:
        year, month, day = found["iso"].split("-")
        return dt.date(int(year), int(month), int(day))
    if found["y"]:
        return dt.date(int(found["y"]), int(found["m"]), int(found["d"]))
    name = found["wm"].lower()
    number = 3 if name == "mrt" else next((n for n, known in enumerate(MONTHS, 1) if known.startswith(name)), 0)
    if found["wy"]:
        return dt.date(int(found["wy"]), number, int(found["wd"]))
    if last is None:
        raise ValueError("no year")
    this_year = dt.date(last.year, number, int(found["wd"]))
    return this_year if this_year <= last else this_year.replace(year=last.year - 1)
