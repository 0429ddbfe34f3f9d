"""What a field of a sheet can hold, and reading it from what was sent. PURE.

Values are kept as JSON in one form each: text; the code of an option, or a list of them; a whole number on a slider or
a scale; a day as 2026-03-12; a number or an amount as decimal text with a point ("2.5", "1234.50"); a list as rows of
such texts by column. Nothing filled in is None, also for an empty text or list.
"""

from __future__ import annotations

import datetime as dt
import enum
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeAlias

from app.practice.sums import cost_of
from app.practice.tools import ColumnType, Field, Tool

Row: TypeAlias = Mapping[str, str]
Value: TypeAlias = str | int | tuple[str, ...] | tuple[Row, ...]
Answers: TypeAlias = Mapping[str, Any]      # as stored: by field code, only what was filled in

LONGEST: Mapping[str, int] = {"text": 500, "relation": 200, "long": 6000}
LONGEST_CELL = 1000
MOST_ROWS = 40
FIRST_YEAR, LAST_YEAR = 1900, 2200
MOST = {"number": Decimal(10_000), "amount": Decimal(1_000_000)}    # no offerte has more hours or euros in a row
_DAY = re.compile(r"(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})")
_NUMBER = re.compile(r"\d+(\.\d+)?")
_THOUSANDS = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")


class Fault(enum.Enum):
    """Why something cannot be kept."""

    NOT_OF_THIS_FIELD = enum.auto()
    TOO_LONG = enum.auto()
    NO_DAY = enum.auto()
    NO_NUMBER = enum.auto()
    NO_AMOUNT = enum.auto()
    BELOW_ZERO = enum.auto()
    TOO_HIGH = enum.auto()
    TOO_MANY_ROWS = enum.auto()


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault, and in which field; for a list in which row (from 1) and column. `length` and `most`: where it is too
    long or too high.
    """

    field: str
    fault: Fault
    row: int = 0
    column: str = ""
    length: int = 0
    most: int = 0


class CannotBeKept(Exception):
    """Holds the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem


def read(field: Field, sent: object) -> Value | None:
    """What was sent for a field, as it is kept. Raises CannotBeKept.

    Expects text, whole numbers, lists of text and lists of rows, as JSON has them; texts are stripped already.
    """
    if sent is None or sent == "" or sent == []:
        return None
    if field.type == "list":
        return _rows(field, sent)
    if field.type == "multiple":
        known = [option.code for option in field.options]
        if not isinstance(sent, list) or any(code not in known for code in sent):
            raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD))
        return tuple(code for code in known if code in sent)
    if field.type in ("slider", "scale"):
        return _point(field, sent)
    if not isinstance(sent, str):
        raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD))
    if field.type == "choice":
        if all(sent != option.code for option in field.options):
            raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD))
        return sent
    kind = field.type if field.type in ("date", "amount") else "text"
    return _text(kind, sent, Problem(field.code, Fault.TOO_LONG, most=LONGEST.get(field.type, LONGEST["text"])))


def _point(field: Field, sent: object) -> int:
    if isinstance(sent, str) and sent.isascii() and sent.isdigit() and len(sent) < 4:
        sent = int(sent)
    if type(sent) is not int or sent not in field.points:
        raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD))
    return sent


def _rows(field: Field, sent: object) -> tuple[Row, ...] | None:
    if not isinstance(sent, list):
        raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD))
    if len(sent) > MOST_ROWS:
        raise CannotBeKept(Problem(field.code, Fault.TOO_MANY_ROWS, length=len(sent), most=MOST_ROWS))
    rows = (_row(field, number, row) for number, row in enumerate(sent, 1))
    return tuple(row for row in rows if row) or None


def _payable(field: Field, number: int, row: Row) -> Row:
    """The row, unless its hours × rate are more than an amount can be."""
    if field.sums is not None and (cost_of(row, field.sums).worked_out or 0) > MOST["amount"]:
        raise CannotBeKept(Problem(field.code, Fault.TOO_HIGH, number, field.sums.amount, most=int(MOST["amount"])))
    return row


def _row(field: Field, number: int, sent: object) -> Row:
    if not isinstance(sent, dict) or any(not isinstance(value, str | None) for value in sent.values()):
        raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD, number))
    if any(field.column(code) is None for code in sent):
        raise CannotBeKept(Problem(field.code, Fault.NOT_OF_THIS_FIELD, number))
    return _payable(field, number, {
        column.code: _text(column.type, text,
                           Problem(field.code, Fault.TOO_LONG, number, column.code, most=LONGEST_CELL))
        for column in field.columns if (text := sent.get(column.code))
    })


def _text(kind: ColumnType, sent: str, where: Problem) -> str:
    """One text of this kind as it is kept; `where` is the problem of one that is too long."""
    at = (where.row, where.column)
    if kind == "date":
        if (day := day_of(sent)) is None:
            raise CannotBeKept(Problem(where.field, Fault.NO_DAY, *at))
        return day.isoformat()
    if kind in ("number", "amount"):
        number = number_of(sent)
        if number is None and number_of(sent.lstrip("€ ").lstrip("-–−")) is not None:
            raise CannotBeKept(Problem(where.field, Fault.BELOW_ZERO, *at))
        if number is None or number != round(number, 2):
            raise CannotBeKept(Problem(where.field, Fault.NO_AMOUNT if kind == "amount" else Fault.NO_NUMBER, *at))
        if number > MOST[kind]:
            raise CannotBeKept(Problem(where.field, Fault.TOO_HIGH, *at, most=int(MOST[kind])))
        return f"{number:.2f}" if kind == "amount" else f"{number.normalize():f}"
    if len(sent) > where.most:
        raise CannotBeKept(Problem(where.field, Fault.TOO_LONG, *at, length=len(sent), most=where.most))
    return sent


def day_of(text: str) -> dt.date | None:
    """The day that somebody wrote: 2026-03-12, 12-3-2026, 12/3/2026 or 12.3.2026."""
    try:
        if found := _DAY.fullmatch(text):
            day = dt.date(int(found[3]), int(found[2]), int(found[1]))
        elif re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
            day = dt.date.fromisoformat(text)
        else:
            return None
    except ValueError:
        return None
    return day if FIRST_YEAR <= day.year < LAST_YEAR else None


def number_of(text: str) -> Decimal | None:
    """The number that somebody wrote: 2,5 · 2.5 · € 1.234,50 · 1234,-; None when it is none or below zero."""
    text = re.sub(r",[-–—=]+$", "", re.sub(r"[\s\u00a0€]", "", text))
    if _THOUSANDS.fullmatch(text):
        text = text.replace(".", "")
    if text.count(",") == 1:
        text = text.replace(",", ".")
    if not text.isascii() or len(text) > 20 or not _NUMBER.fullmatch(text):
        return None
    return Decimal(text)


def stored(value: Value | None) -> Any:
    """The value as JSON keeps it."""
    if isinstance(value, tuple):
        return [dict(each) if isinstance(each, Mapping) else each for each in value]
    return value


def is_missing(field: Field, answers: Answers) -> bool:
    """True when a required field is empty, or a list has too few rows."""
    value = answers.get(field.code)
    if not field.required:
        return False
    if field.type == "list":
        return len(value or ()) < field.rows_needed
    return value is None


def missing(fields: Iterable[Field], answers: Answers) -> tuple[Field, ...]:
    return tuple(field for field in fields if is_missing(field, answers))


def before_its_start(tool: Tool, answers: Answers) -> Field | None:
    """The field with the day of the evaluation, where that lies before the start."""
    start, evaluation = tool.proposing("start"), tool.proposing("evaluation")
    if start is None or evaluation is None:
        return None
    begins, ends = answers.get(start.code), answers.get(evaluation.code)
    return evaluation if begins and ends and ends < begins else None


def mark_of(value: Any) -> str:
    """Short, and the same for equal values: by it a form tells what it was made from."""
    text = json.dumps(value, sort_keys=True, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()[:10]
