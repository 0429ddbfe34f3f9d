"""What goes into scoring: what was asked and what was answered, with nothing that names, dates or orders a rater."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """What a cell is about: a competency with its indicators (for parents and pupils: a theme)."""

    code: str
    indicators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """The sheets of one rater group about one subject that were asked the same indicators.

    `rows` holds a byte per answer, rater after rater in the order of `asked`: 1 and up to the top of the group's scale
    is a score, anything else is 'kan ik niet zeggen'. ValueError where the rows do not come out even.
    """

    group: str
    asked: tuple[str, ...]
    rows: bytes

    def __post_init__(self) -> None:
        if not self.asked or len(self.rows) % len(self.asked):
            raise ValueError(f"{len(self.rows)} answers are no whole sheets of {len(self.asked)} indicators")

    @property
    def sheets(self) -> int:
        """How many raters these are."""
        return len(self.rows) // len(self.asked)


def check_disjoint(items: tuple[Item, ...]) -> None:
    """ValueError for an item that occurs twice, or an indicator that belongs to two: figures would share answers."""
    indicators = [indicator for item in items for indicator in item.indicators]
    if len(set(indicators)) < len(indicators):
        raise ValueError("an indicator may belong to one item only, else two figures share answers")
    if len({item.code for item in items}) < len(items):
        raise ValueError("an item may occur only once")
