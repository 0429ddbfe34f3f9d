"""What people wrote in a round, put under the question that they answered.

PURE. The order of the texts comes from outside and means nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from app.competencies.catalog import Catalog
from app.measurement.scale import MERGED, Group, rule_of

ORDER: Final = (
    Group.TEAM_LEAD, Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.SCHOOL_AND_CLIENT, Group.SMALL_CIRCLE,
    Group.PARENT, Group.PUPIL,
)
"""In which groups stand on a page: first who is named, then the adults, then those with a scale of their own."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One text as typed, under the group that it is published under. `question` counts from one."""

    group: str
    question: int
    text: str


@dataclass(frozen=True, slots=True)
class GroupTexts:
    group: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """An open question as it was put, `{naam}` for the first name, with what each group wrote.

    `absent`: the groups that were asked and of which nothing may be shown, whether none of them wrote or two did. Who
    is named and wrote nothing stands nowhere.
    """

    number: int
    text: str
    groups: tuple[GroupTexts, ...]
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Voice:
    """The questions that were put in the same words: to adults, to parents or to pupils."""

    group: str
    questions: tuple[Question, ...]

    @property
    def any_text(self) -> bool:
        return any(question.groups for question in self.questions)


def voices(catalog: Catalog, comments: Iterable[Comment], asked: Collection[str]) -> tuple[Voice, ...]:
    """Per kind of people the two open questions with the texts. `asked`: the published groups that were asked.

    Kinds nobody of whom was asked are left out; a merged group stands for its parts. A kind goes by its first group:
    the colleagues stand for all adults.
    """
    found: dict[tuple[str, int], list[str]] = {}
    for comment in comments:
        found.setdefault((comment.group, comment.question), []).append(comment.text)
    wrote = {Group(group) for group, _ in found}
    merged = {part for group in wrote & MERGED.keys() for part in MERGED[group]}
    known = wrote | {Group(group) for group in asked} - merged
    open_questions = catalog.open_questions
    kinds = (
        (Group.COLLEAGUE, open_questions.adult, ORDER[:-2]),
        (Group.PARENT, open_questions.parent, (Group.PARENT,)),
        (Group.PUPIL, open_questions.pupil, (Group.PUPIL,)),
    )
    return tuple(
        Voice(
            kind,
            tuple(
                _question(number, text, tuple(group for group in groups if group in known), found)
                for number, text in enumerate(texts, 1)
            ),
        )
        for kind, texts, groups in kinds
        if known.intersection(groups)
    )


def _question(
    number: int, text: str, groups: tuple[Group, ...], found: dict[tuple[str, int], list[str]]
) -> Question:
    return Question(
        number,
        text,
        tuple(GroupTexts(group, tuple(texts)) for group in groups if (texts := found.get((group, number)))),
        tuple(group for group in groups if (group, number) not in found and not rule_of(group).named),
    )
