"""Reading what was sent: a page of the questionnaire as a form, or one change as JSON.

No WTForms: a page has as many fields as the framework has statements, and both doors must read the same change.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from pydantic import BaseModel, ConfigDict, ValidationError
from werkzeug.datastructures import MultiDict

from app.assessments.changes import AS_IT_IS, LONGEST_REMARK, LOOK_BACK, REMARK, Change, Keep
from app.assessments.questionnaire import NO_REASON, Answer, Questionnaire
from app.competencies.catalog import Asked
from app.forms import stripped

CANNOT_SAY = "x"            # the value of the tile 'kan ik niet zeggen'
ANSWER, REASON = "a-", "r-"  # how the fields of a statement begin; its code follows
CLEAR = "wis"


class Refused(Exception):
    """What was sent cannot be kept; the message is for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the form that cannot be kept, and the field it is about."""

    field: str
    message: str


@dataclass(frozen=True, slots=True)
class SentPage:
    """A page as it was sent: all that could be read of it, the revision it was made from, and what is wrong."""

    change: Change
    seen: int
    problems: tuple[Problem, ...] = ()


class SentChange(BaseModel):
    """The JSON that the page's script sends. What is not named stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    page: str
    revision: int | None = None
    answers: dict[str, int | str | None] = {}
    remark: str = ""
    look_back: int | None = None


def read_page(form: MultiDict[str, str], page: Asked, questionnaire: Questionnaire) -> SentPage:
    """The form of one page. A tile that was not touched is not sent, so it stays as it is."""
    problems = []
    answers: dict[str, Answer | None] = {}
    known = {indicator.code for indicator in page.indicators}
    for code, answer in given(form):
        if code == LOOK_BACK and answer is None:
            continue
        if code not in known or (answer is not None and not questionnaire.allows(answer)):
            problems.append(Problem("", _("Dit antwoord past niet bij deze pagina. Er is niets veranderd.")))
        else:
            answers[code] = answer
    try:
        look_back = _look_back(form, questionnaire)
    except ValueError:
        look_back = AS_IT_IS
        problems.append(Problem("", _("Dit antwoord past niet bij deze pagina. Er is niets veranderd.")))
    remark = text_of(form[REMARK]) if REMARK in form else AS_IT_IS
    if remark is not AS_IT_IS and len(remark) > LONGEST_REMARK:
        problems.append(Problem(REMARK, too_long(len(remark))))
    return SentPage(
        Change(page.competency.code, answers, remark, look_back),
        seen_of(form),
        tuple(dict.fromkeys(problems)),
    )


def read_change(body: bytes, questionnaire: Questionnaire) -> tuple[Change, int | None]:
    """One change as JSON, and the revision it was made from, if it was made on a page. Raises Refused."""
    try:
        sent = SentChange.model_validate_json(body)
        page = questionnaire.page_of(sent.page)
    except (ValidationError, KeyError):
        raise Refused(_("Dit antwoord past niet bij deze vragenlijst. Er is niets veranderd.")) from None
    known = {indicator.code for indicator in page.indicators}
    wrong = any(code not in known or not (answer is None or questionnaire.allows(answer))
                for code, answer in sent.answers.items())
    if wrong or not (sent.look_back is None or questionnaire.allows(sent.look_back)):
        raise Refused(_("Dit antwoord past niet bij deze vragenlijst. Er is niets veranderd."))
    remark = text_of(sent.remark)
    if len(remark) > LONGEST_REMARK:
        raise Refused(too_long(len(remark)))
    named = sent.model_fields_set
    return Change(
        sent.page,
        sent.answers,
        remark if REMARK in named else AS_IT_IS,
        sent.look_back if LOOK_BACK in named else AS_IT_IS,
    ), sent.revision


def too_long(length: int) -> str:
    return _("Je voorbeeld is te lang: %(length)s tekens, er passen er %(most)s. Het staat er nog, maar is niet "
             "bewaard. Maak het korter.", length=length, most=LONGEST_REMARK)


def given(form: MultiDict[str, str]) -> Iterator[tuple[str, Answer | None]]:
    """The code and the answer of every tile that was sent, and None for what is cleared.

    A score that no tile has reads 0. A tile counts before a reason; 'kan ik niet zeggen' needs none.
    """
    cleared = set(form.getlist(CLEAR))
    named = {name.removeprefix(start) for name in form for start in (ANSWER, REASON) if name.startswith(start)}
    for code in sorted(named | cleared):
        tile = form.get(ANSWER + code, CANNOT_SAY)
        if code in cleared:
            yield code, None
        elif tile == CANNOT_SAY:
            yield code, form.get(REASON + code, NO_REASON)
        else:
            yield code, int(tile) if len(tile) == 1 and tile.isdecimal() and tile.isascii() else 0


def seen_of(form: MultiDict[str, str]) -> int:
    """The number that the page had when it was sent; 0 for what is none."""
    seen = form.get("revision", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 16 else 0


def text_of(value: str) -> str:
    """Text as it is stored: browsers send line ends as two characters."""
    text: str = stripped(value.replace("\r\n", "\n"))
    return text


def _look_back(form: MultiDict[str, str], questionnaire: Questionnaire) -> int | Keep | None:
    """Raises ValueError for what is not on the scale."""
    if LOOK_BACK in form.getlist(CLEAR):
        return None
    if LOOK_BACK not in form:
        return AS_IT_IS
    score = int(form[LOOK_BACK])
    if not questionnaire.allows(score):
        raise ValueError(score)
    return score
