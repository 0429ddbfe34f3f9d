"""What goes into scoring: plain rows, with nothing in them that names, dates or orders a rater."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from app.measurement.scale import VALID_SHARE, mean_of, rule_of


@dataclass(frozen=True)
class Item:
    """What a cell is about: a competency with its indicators (for parents and pupils: a theme)."""

    code: str
    indicators: tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """One rater's answers: which indicators she was asked, and what she said. Missing or None: 'kan ik niet zeggen'."""

    asked: frozenset[str]
    answers: Mapping[str, int | None]

    def __post_init__(self) -> None:
        if not_asked := self.answers.keys() - self.asked:
            raise ValueError(f"answers to what was not asked: {sorted(not_asked)}")


@dataclass(frozen=True)
class GroupSheets:
    """All sheets of one rater group about one subject in one measurement, and the items its cells will be about."""

    group: str
    items: tuple[Item, ...]
    sheets: tuple[Sheet, ...]

    def __post_init__(self) -> None:
        indicators = [indicator for item in self.items for indicator in item.indicators]
        if len(set(indicators)) < len(indicators):
            raise ValueError("an indicator may belong to one item only, else two figures share answers")
        if len({item.code for item in self.items}) < len(self.items):
            raise ValueError("an item may occur only once")
        top = rule_of(self.group).scale.top
        for sheet in self.sheets:
            for indicator, score in sheet.answers.items():
                if score is not None and score not in range(1, top + 1):
                    raise ValueError(f"{score!r} for {indicator} is outside the scale 1-{top} of {self.group}")


@dataclass(frozen=True)
class ValidAnswers:
    """What the valid raters of one group said on one item; `asked` is what the group as a whole was asked of it."""

    asked: tuple[str, ...]
    by_rater: tuple[Mapping[str, int], ...]

    @property
    def rater_means(self) -> tuple[Fraction, ...]:
        """x_r per rater: the mean over what she answered. Missing is missing, never zero and never the middle."""
        return tuple(mean_of(answers.values()) for answers in self.by_rater)

    def to_indicator(self, code: str) -> tuple[int, ...]:
        """All answers to one indicator."""
        return tuple(answers[code] for answers in self.by_rater if code in answers)


def valid_answers(item: Item, sheets: Iterable[Sheet]) -> ValidAnswers:
    """The answers on one item of those who answered at least half of what they were asked there.

    Who is not valid counts nowhere: not in n, not in the mean, not in an indicator's mean.
    """
    asked_of_group: set[str] = set()
    by_rater = []
    for sheet in sheets:
        asked = sheet.asked.intersection(item.indicators)
        answers = {code: score for code in item.indicators if (score := sheet.answers.get(code)) is not None}
        asked_of_group |= asked
        if answers and len(answers) >= VALID_SHARE * len(asked):
            by_rater.append(answers)
    return ValidAnswers(tuple(code for code in item.indicators if code in asked_of_group), tuple(by_rater))
