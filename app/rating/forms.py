"""Reading what a rater sent: a page of her questionnaire as a form, or one change as JSON; both read the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from app.assessments.forms import Problem, Refused, given, seen_of, text_of
from app.rating.packing import Value
from app.rating.rater_form import RaterForm, RaterPage, too_long
from app.rating.words import words_of


@dataclass(frozen=True, slots=True)
class Sent:
    """What was sent of one page: None clears an answer, what is not named stays as it is.

    `seen`: the revision of the page that it was made on; None when it was made on none.
    """

    page: RaterPage
    changes: Mapping[str, Value | None]
    seen: int | None
    problems: tuple[Problem, ...] = ()


class SentChange(BaseModel):
    """The JSON that the page's script sends."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    page: str
    revision: int | None = None
    answers: dict[str, int | str | None] = {}


def read_page(fields: MultiDict[str, str], page: RaterPage, form: RaterForm) -> Sent:
    """The form of one page, with what is wrong in it. A tile that was not touched is not sent: it stays as it is."""
    words = words_of(form.voice)
    changes: dict[str, Value | None] = {}
    problems: list[Problem] = []
    for code, answer in given(fields):
        if code not in page.codes or not (answer is None or form.allows(code, answer)):
            problems.append(Problem("", words.unfit))
        else:
            changes[code] = answer
    for question in page.questions:
        if question.code in fields:
            changes[question.code] = text = text_of(fields[question.code])
            if too_long(text):
                problems.append(Problem(question.code, words.too_long))
    return Sent(page, changes, seen_of(fields), tuple(dict.fromkeys(problems)))


def read_change(body: bytes, form: RaterForm) -> Sent:
    """One change as JSON. Raises Refused, with the words for whoever sent it."""
    words = words_of(form.voice)
    try:
        sent = SentChange.model_validate_json(body)
        page = form.page(int(sent.page) if sent.page.isascii() and len(sent.page) < 4 else 0)
    except (ValidationError, KeyError, ValueError):
        raise Refused(words.unfit) from None
    changes: dict[str, Value | None] = {}
    questions = {question.code for question in page.questions}
    for code, answer in sent.answers.items():
        if code in questions and isinstance(answer, str):
            changes[code] = text = text_of(answer)
            if too_long(text):
                raise Refused(words.too_long)
        elif code in page.items and (answer is None or form.allows(code, answer)):
            changes[code] = answer
        else:
            raise Refused(words.unfit)
    return Sent(page, changes, sent.revision)


def is_text(body: bytes) -> bool:
    """Whether every character of a form that was sent is one; a browser sends nothing else."""
    try:
        unquote_to_bytes(body).decode()
    except UnicodeDecodeError:
        return False
    return True
