"""What goes into scoring: plain rows, with nothing in them that names, dates or orders a rater."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from app.measurement.scale import rule_of


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
