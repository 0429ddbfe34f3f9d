"""What somebody is asked about a begeleider, page by page, in the words of her group. PURE.

`{naam}` in a text stands for the first name of whom it is about.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from app.assessments.paging import Paged
from app.assessments.questionnaire import NO_REASON
from app.competencies.catalog import Asked, Catalog, pulse_competency
from app.competencies.parts import Indicator, PlainScale
from app.measurement.scale import Group
from app.rating.packing import MOST_BYTES, MOST_CHARACTERS, OPEN_QUESTIONS
from app.rounds.invitations import relation

PULSE_QUESTION = "Heb je de afgelopen drie maanden verandering gezien in dit gedrag van {naam}?"
PULSE_SCALE = ("Duidelijk minder", "Iets minder", "Geen verschil", "Iets meer", "Duidelijk meer")
PULSE_CANNOT_SAY = "Kan ik niet zeggen"
"""What a korte vraag asks; its middle is no change (seed/actions.yaml: pulsmeting)."""


class Voice(enum.StrEnum):
    """How a group is spoken to."""

    ADULT = "je"
    PARENT = "u"
    PUPIL = "jij"


VOICES = {Group.PARENT: Voice.PARENT, Group.PUPIL: Voice.PUPIL}


def voice_of(group: str) -> Voice:
    return VOICES.get(Group(group), Voice.ADULT)


@dataclass(frozen=True, slots=True)
class Choice:
    """An answer that can be chosen: a score, or the code of a reason. `picture` stands beside the word."""

    value: int | str
    label: str
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """A statement or an open question, and the code under which its answer is kept."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class RaterPage:
    """One page: statements, or at the end open questions. A pupil's page is one sentence, without a title."""

    title: str
    definition: str
    statements: tuple[Sentence, ...]
    questions: tuple[Sentence, ...] = ()

    @property
    def codes(self) -> tuple[str, ...]:
        """What should be answered here. An open question may stay empty."""
        return tuple(statement.code for statement in self.statements)

    @property
    def items(self) -> tuple[str, ...]:
        """Everything that may be answered here."""
        return tuple(sentence.code for sentence in (*self.statements, *self.questions))


@dataclass(frozen=True)
class RaterForm(Paged[RaterPage]):
    """The questions of one rater group, with its scale. `question` stands above the statements of every page."""

    voice: Voice
    question: str
    choices: tuple[Choice, ...]
    cannot_say: str
    reasons: tuple[Choice, ...]
    pages: tuple[RaterPage, ...]
    set_minutes: int

    @classmethod
    def of(cls, catalog: Catalog, group: str, question_set: str, relation_code: str) -> RaterForm:
        """Raises KeyError for a set or a relation that does not exist."""
        voice = voice_of(group)
        asked = catalog.asked(question_set, group)
        minutes = catalog.minutes(question_set, group)
        if pulse_competency(question_set) is not None:
            reasons = catalog.scales.adult.cannot_say.reasons
            return cls(
                voice, PULSE_QUESTION,
                tuple(Choice(score, label) for score, label in enumerate(PULSE_SCALE, 1)),
                PULSE_CANNOT_SAY, tuple(Choice(reason.code, reason.label) for reason in reasons),
                tuple(map(_competency, asked)), minutes,
            )
        if voice is Voice.ADULT:
            adult = catalog.scales.adult
            return cls(
                voice, adult.other_question,
                tuple(Choice(point.score, point.other) for point in adult.points),
                adult.cannot_say.label,
                tuple(Choice(reason.code, reason.label) for reason in adult.cannot_say.reasons),
                (*map(_competency, asked), _open_page(catalog.open_questions.adult)),
                minutes,
            )
        if voice is Voice.PARENT:
            themes = _by_theme(catalog, group, asked)
            return _plain(voice, catalog.scales.parent, (*themes, _open_page(catalog.open_questions.parent)), minutes)
        sentences = [sentence for page in _by_theme(catalog, group, asked) for sentence in page.statements]
        return _plain(
            voice, catalog.scales.pupil,
            (*(RaterPage("", "", (sentence,)) for sentence in sentences),
             *(RaterPage("", "", (), (question,)) for question in _questions(catalog.open_questions.pupil))),
            minutes, pictures=relation(relation_code).pictures,
        )

    @property
    def minutes(self) -> int:
        return self.set_minutes

    def page(self, number: int) -> RaterPage:
        """Raises KeyError for a number that no page has; they count from one."""
        if not 1 <= number <= len(self.pages):
            raise KeyError(number)
        return self.pages[number - 1]

    def allows(self, code: str, answer: object) -> bool:
        """Whether this can be an answer to this: on the scale of the group, or text that is not too long."""
        if code in OPEN_QUESTIONS:
            return isinstance(answer, str) and not too_long(answer)
        if isinstance(answer, str):
            return answer == NO_REASON or any(answer == reason.value for reason in self.reasons)
        return type(answer) is int and any(answer == choice.value for choice in self.choices)

    @cached_property
    def tiles(self) -> tuple[tuple[int | str, str], ...]:
        """The scale as pairs of a score and its words."""
        return tuple((choice.value, choice.label) for choice in self.choices)


def too_long(text: str) -> bool:
    """Whether a text is longer than is kept, in characters or, in UTF-8, in bytes."""
    return len(text) > MOST_CHARACTERS or len(text.encode(errors="replace")) > MOST_BYTES


def _competency(asked: Asked) -> RaterPage:
    return RaterPage(
        asked.competency.name,
        asked.competency.definition,
        tuple(Sentence(indicator.code, f"{{naam}} {indicator.other}.") for indicator in asked.indicators),
    )


def _by_theme(catalog: Catalog, group: str, asked: Iterable[Asked]) -> tuple[RaterPage, ...]:
    known = {indicator.code: indicator for page in asked for indicator in page.indicators}
    pages = (
        RaterPage(theme.name, "", tuple(_in_plain_words(known[code], group) for code in theme.indicators
                                        if code in known))
        for theme in catalog.themes if theme.group == group
    )
    return tuple(page for page in pages if page.statements)


def _in_plain_words(indicator: Indicator, group: str) -> Sentence:
    text = indicator.parent if group == Group.PARENT else indicator.pupil
    assert text is not None, "checks.py: every group that is asked has a wording"
    return Sentence(indicator.code, text)


def _questions(texts: Iterable[str]) -> tuple[Sentence, ...]:
    return tuple(Sentence(code, text) for code, text in zip(OPEN_QUESTIONS, texts, strict=True))


def _open_page(texts: Iterable[str]) -> RaterPage:
    return RaterPage("", "", (), _questions(texts))


def _plain(voice: Voice, scale: PlainScale, pages: tuple[RaterPage, ...], minutes: int, *,
           pictures: bool = False) -> RaterForm:
    return RaterForm(
        voice, scale.question,
        tuple(Choice(point.score, point.label, point.icon if pictures else None) for point in scale.points),
        scale.cannot_say, (), pages, minutes,
    )
