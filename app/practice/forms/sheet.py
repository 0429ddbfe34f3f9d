"""Reading what was sent of a sheet: a whole form, or one change as JSON.

No WTForms: a sheet has the fields that its tool describes, and both doors must read the same change.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from app.assessments.forms import text_of
from app.practice.tools import Field, Tool
from app.practice.values import CannotBeKept, Fault, Problem, Value, read
from app.practice.words import problem_said

FIELD, MARK = "f-", "m-"        # how the names of a field begin, and of the mark of what stood there
ROW_DIGITS = 4
PAGE = "blad"                   # what the script calls the one page that a sheet has


class Refused(Exception):
    """What was sent cannot be kept; the message is for the person who sent it. `field` is empty when it is no field."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class SentForm:
    """A form as it was sent. `typed`: per field as it came, to be shown again; `values`: what of it can be kept."""

    typed: Mapping[str, Any]
    values: Mapping[str, Value | None]
    marks: Mapping[str, str]
    problems: tuple[Problem, ...]


class SentChange(BaseModel):
    """The JSON that the page's script sends. What is not named stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    page: str
    revision: int | None = None
    answers: dict[str, str | int | list[str] | list[dict[str, str]] | None]


def read_form(form: MultiDict[str, str], tool: Tool, without: str = "") -> SentForm:
    """The fields that this form has. `without`: a row that is to go, as code.number."""
    typed: dict[str, Any] = {}
    values: dict[str, Value | None] = {}
    problems: list[Problem] = []
    names = {name.removeprefix(FIELD).split(".")[0] for name in form if name.startswith(FIELD)}
    for code in sorted(names):
        field = tool.field(code)
        if field is None:
            problems.append(Problem("", Fault.NOT_OF_THIS_FIELD))
            continue
        typed[code] = _typed(form, field, without)
        try:
            values[code] = read(field, typed[code])
        except CannotBeKept as refused:
            problems.append(refused.problem)
    marks = {name.removeprefix(MARK): form[name] for name in form if name.startswith(MARK)}
    return SentForm(typed, values, marks, tuple(dict.fromkeys(problems)))


def read_change(body: bytes, tool: Tool) -> tuple[Mapping[str, Value | None], int | None]:
    """What the script wants kept, and the revision that its page has. Raises Refused."""
    try:
        sent = SentChange.model_validate_json(body)
    except ValidationError:
        raise Refused(_("Dit past niet bij dit blad. Er is niets veranderd.")) from None
    found: dict[str, Value | None] = {}
    for code, value in sent.answers.items():
        field = tool.field(code)
        if field is None:
            raise Refused(_("Dit past niet bij dit blad. Er is niets veranderd."))
        try:
            found[code] = read(field, _cleaned(field, value))
        except CannotBeKept as refused:
            raise Refused(f"{field.label}: {problem_said(refused.problem, field)}", code) from None
    return found, sent.revision


def _typed(form: MultiDict[str, str], field: Field, without: str) -> Any:
    name = FIELD + field.code
    if field.type == "list":
        return [_cleaned_row(row) for row in _rows(form, name, without)]
    if field.type == "multiple":
        return [code for code in form.getlist(name) if code]
    return _one_line(field, text_of(form[name])) if name in form else None


def _rows(form: MultiDict[str, str], name: str, without: str) -> Iterator[Mapping[str, str]]:
    """The rows by their number, whatever came first."""
    rows: dict[int, dict[str, str]] = {}
    for key in form:
        if not key.startswith(f"{name}."):
            continue
        number, _dot, column = key.removeprefix(f"{name}.").partition(".")
        if number.isascii() and number.isdigit() and len(number) <= ROW_DIGITS:
            rows.setdefault(int(number), {})[column] = form[key]
        else:
            rows.setdefault(-1, {})[key] = form[key]       # has no such column: told as a problem
    code = name.removeprefix(FIELD)
    yield from (rows[number] for number in sorted(rows) if f"{code}.{number}" != without)


def _cleaned(field: Field, value: object) -> object:
    if isinstance(value, str):
        return _one_line(field, text_of(value))
    if field.type == "list" and isinstance(value, list):
        return [_cleaned_row(row) if isinstance(row, dict) else row for row in value]
    return value


def _cleaned_row(row: Mapping[str, str]) -> Mapping[str, str]:
    return {column: text_of(text) for column, text in row.items()}


def _one_line(field: Field, text: str) -> str:
    """Room to write on several lines what is read as one."""
    return text if field.type == "long" else " ".join(text.split())


def is_a_form(form: Iterable[str]) -> bool:
    """Whether this came from a page of ours, whole."""
    return any(name.startswith(MARK) for name in form)
