"""Wishes from plans as figures over people: how many want to work at a competency, and what they ask for it. PURE.

A base figure is over everybody in a cell who has an agreed plan, also over whom this competency is no goal of: whether
somebody has one is what nobody may find out, so it may not decide which figures there are. See docs/decisions/0017.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import Final

from app.measurement.isolation import FEWEST_PEOPLE
from app.measurement.snapshots import CountWord, count_word

MOST_HOURS: Final = 40
MOST_EUROS: Final = 1000
"""What one person asks for one competency counts for this at most (ours)."""

WHOLE_PLAN: Final = 2
"""What she asks for all those together that have no sum of their own counts for so many times that at most."""

NOBODY_MORE_THAN_HALF: Final = 2
"""A sum is published from so many times that on: then nobody can be more than half of it."""

HOURS_STEP: Final = 5
EUROS_STEP: Final = 50


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody's plan asks for one competency; whole hours and euros, each counted as far as it counts."""

    hours: int
    euros: int

    @classmethod
    def of(cls, hours: float, euros: int, times: int = 1) -> Asked:
        """`times`: so many times the most of one competency."""
        return cls(min(times * MOST_HOURS, round(max(0.0, hours))), min(times * MOST_EUROS, max(0, euros)))


@dataclass(frozen=True, slots=True)
class WishFigure:
    """`wishing` of `people` with a plan have a goal on it; none and one are both 0, all but one and all both `people`.

    `hours` and `euros`: what they ask together; None where that is too little to show. `more_hours`, `more_euros`: some
    parts of it are not shown, so that it is more. `rough`: `wishing` adds up a count that was a word.
    """

    people: int
    wishing: int
    hours: int | None
    euros: int | None
    more_hours: bool = False
    more_euros: bool = False
    rough: bool = False

    @property
    def wishing_word(self) -> CountWord | None:
        return count_word(self.wishing, self.people)


def wish_figure(people: int, asked: Collection[Asked], times: int = 1) -> WishFigure:
    """The base figure over so many people with a plan, of whom these ask something. ValueError below five people."""
    if people < max(FEWEST_PEOPLE, len(asked)):
        raise ValueError(f"{len(asked)} wishes of {people} people are no figure")
    wishing = _told(len(asked), people)
    surely = people - 1 if wishing == people else wishing
    enough = surely >= FEWEST_PEOPLE
    hours = _shown(sum(one.hours for one in asked), times * MOST_HOURS, HOURS_STEP) if enough else None
    euros = _shown(sum(one.euros for one in asked), times * MOST_EUROS, EUROS_STEP) if enough else None
    return WishFigure(people, wishing, hours, euros, hours is None, euros is None)


def whole_figure(
    people: int, wishing: int, figures: Iterable[WishFigure], rest: Collection[Asked]
) -> WishFigure:
    """What people ask for all competencies together: the sums of those `figures` that have one, and what is asked for
    the rest where that can be shown by itself. So nothing can be taken out of it that is not shown.

    It is 'more' wherever the rest is not shown, also where there is none: that would tell none from one. `wishing`: how
    many ask anything.
    """
    left = wish_figure(people, rest, WHOLE_PLAN)
    parts = (*figures, left)
    hours = [one.hours for one in parts if one.hours is not None]
    euros = [one.euros for one in parts if one.euros is not None]
    return replace(left, wishing=_told(wishing, people), hours=sum(hours) if hours else None,
                   euros=sum(euros) if euros else None)


def wishes_together(figures: Collection[WishFigure]) -> WishFigure:
    """Several cells as one, from their published figures. ValueError without a figure."""
    if not figures:
        raise ValueError("nothing was published")
    hours = [one.hours for one in figures if one.hours is not None]
    euros = [one.euros for one in figures if one.euros is not None]
    return WishFigure(
        people=sum(one.people for one in figures),
        wishing=sum(one.wishing for one in figures),
        hours=sum(hours) if hours else None,
        euros=sum(euros) if euros else None,
        more_hours=any(one.more_hours for one in figures),
        more_euros=any(one.more_euros for one in figures),
        rough=len(figures) > 1 and any(one.wishing_word for one in figures),
    )


def _told(number: int, of: int) -> int:
    word = count_word(number, of)
    return number if word is None else 0 if word is CountWord.FEW else of


def _shown(total: int, most: int, step: int) -> int | None:
    """The sum in round figures, where it is so large that nobody can be more than half of it."""
    return (total + step // 2) // step * step if total >= NOBODY_MORE_THAN_HALF * most else None
