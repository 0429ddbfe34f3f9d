"""The scales, the rater groups and every number the rules of measurement rest on, each with its origin.

"Design" is the written rule of the product (docs/measurement.md); "ours" a choice of our own, to be re-estimated
when there is data. Nothing elsewhere in the code repeats these numbers.
"""

from __future__ import annotations

import enum
import math
from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Final

MIN_INDICATORS: Final = 2
"""A competency of which a group was asked fewer has no score in that group: one statement is no competency (ours)."""

VALID_SHARE: Final = Fraction(1, 2)
"""A rater counts for a competency when she answered at least this share of what she was asked there (ours)."""

ENOUGH_FOR_DETAIL: Final = 5
"""From five people on a mean per indicator may be shown, and a spread counts (design; the usual n in 360° practice)."""

PRIOR_WEIGHT: Final = 4
"""NU0: how many raters the prior spread weighs (ours; re-estimate from 30 subjects on)."""

BAND_QUANTILE: Final = 0.90
"""The 80 % band leaves a tenth on either side (design)."""

MAIN_ROLE_WEIGHT: Final = Fraction(1)
ALSO_ROLE_WEIGHT: Final = Fraction(1, 2)
"""What a competency weighs in its hoofdrol and in a role it is 'ook voor' (design)."""

MIN_ROLE_COMPETENCIES: Final = 2
"""A role is measured from two competencies on, one of them with this role as hoofdrol (design)."""

PART_SHOWN_FROM: Final = Fraction(1, 2)
"""An aspect is shown from half of its competencies on (design), a professionaliteit from half of its aspects (ours)."""

AGREED_UP_TO: Final = Fraction(1, 2)
"""Raters whose average deviation from their mean is at most this are of one mind (ours)."""

FAIRLY_AGREED_UP_TO: Final = Fraction(4, 5)
"""Beyond this they are divided: c/6 for c = 5 points, as a figure of one decimal (Burke & Dunlap 2002)."""

INDICATIVE_BELOW: Final = 10
"""With fewer adults in all anonymous groups together a profile is called indicative (ours)."""

SURE: Final = 1.645
FAIRLY_SURE: Final = 1.28
"""How many standard errors a difference must be: the normal quantiles .95 and .90 (design)."""

DISTINCT_FROM: Final = Fraction(1, 2)
"""Self and others differ from half a scale step on, however sure (ours)."""

SELF_ERROR: Final = 0.3
"""What a self score wanders by itself: the standard error that is counted for zelf (ours; re-estimate)."""

GROWTH_FROM: Final = Fraction(1, 2)
SEEMING_GROWTH_FROM: Final = Fraction(3, 10)
"""The smallest change that is called visible growth, and that which seems to be growth (ours)."""

QUALITY_FROM: Final = 30
"""The quality page of a round exists from so many subjects on (design)."""

ALL_ALIKE_FROM: Final = 10
"""The same score to fewer questions than this says nothing about how somebody filled in a form (ours)."""

OTHERS: Final = "anderen"
"""Not a group that answers, but the name of the figure over the anonymous adult groups."""


class Group(enum.StrEnum):
    """Who answers. The values are the natural keys of the framework."""

    SELF = "zelf"
    TEAM_LEAD = "teamleider"
    COLLEAGUE = "collega"
    SCHOOL = "school"
    CLIENT = "opdrachtgever"
    SCHOOL_AND_CLIENT = "school-opdrachtgever"
    SMALL_CIRCLE = "kleine-kring"
    PARENT = "ouder"
    PUPIL = "leerling"


ANONYMOUS_ADULTS: Final = (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT)
"""The groups that a kleine kring takes together."""

MERGED: Final = {
    Group.SCHOOL_AND_CLIENT: (Group.SCHOOL, Group.CLIENT),
    Group.SMALL_CIRCLE: ANONYMOUS_ADULTS,
}
"""Groups that nobody is asked in: under these the figures of several are published as one."""


class Agreement(enum.StrEnum):
    """How far the raters of one group are of one mind, in words."""

    AGREED = "eensgezind"
    FAIRLY_AGREED = "redelijk eensgezind"
    DIVIDED = "verdeeld"


@dataclass(frozen=True)
class Caps:
    """The ends of what is published: at or beyond them a figure reads '… of hoger' or '… of lager'."""

    low: float
    high: float


@dataclass(frozen=True)
class AnswerScale:
    """A scale from 1 to `top`; `prior_sd` is S0, the spread of rater means expected beforehand (ours).

    `agreement`: whether a word is given for how far raters agree (its constants are for five points).
    """

    top: int
    prior_sd: float
    caps_few: Caps
    caps: Caps
    agreement: bool

    @property
    def bottom(self) -> int:
        return 1


FIVE_POINTS: Final = AnswerScale(top=5, prior_sd=0.7, caps_few=Caps(1.5, 4.5), caps=Caps(1.2, 4.8), agreement=True)
THREE_POINTS: Final = AnswerScale(top=3, prior_sd=0.4, caps_few=Caps(1.2, 2.8), caps=Caps(1.2, 2.8), agreement=False)


@dataclass(frozen=True)
class GroupRule:
    """What holds for one group: k, whether its people are named, and whether it counts in 'anderen'."""

    minimum: int
    named: bool
    in_others: bool
    scale: AnswerScale


RULES: Final = {
    Group.SELF: GroupRule(minimum=1, named=True, in_others=False, scale=FIVE_POINTS),
    Group.TEAM_LEAD: GroupRule(minimum=1, named=True, in_others=False, scale=FIVE_POINTS),
    Group.COLLEAGUE: GroupRule(minimum=3, named=False, in_others=True, scale=FIVE_POINTS),
    Group.SCHOOL: GroupRule(minimum=3, named=False, in_others=True, scale=FIVE_POINTS),
    Group.CLIENT: GroupRule(minimum=3, named=False, in_others=True, scale=FIVE_POINTS),
    Group.SCHOOL_AND_CLIENT: GroupRule(minimum=3, named=False, in_others=True, scale=FIVE_POINTS),
    Group.SMALL_CIRCLE: GroupRule(minimum=3, named=False, in_others=True, scale=FIVE_POINTS),
    Group.PARENT: GroupRule(minimum=3, named=False, in_others=False, scale=FIVE_POINTS),
    Group.PUPIL: GroupRule(minimum=5, named=False, in_others=False, scale=THREE_POINTS),
}


def rule_of(group: str) -> GroupRule:
    """The rule of a group; ValueError for a group that does not exist."""
    return RULES[Group(group)]


class Bound(enum.Enum):
    """How a published figure reads: as it stands, or as the end of what is published."""

    EXACT = enum.auto()
    OR_HIGHER = enum.auto()
    OR_LOWER = enum.auto()


def one_decimal(value: Fraction | float) -> float:
    """Rounded half up to one decimal, exactly: 3,25 is 3,3, as people learn it at school, whatever the binary float."""
    return math.floor(Fraction(value) * 10 + Fraction(1, 2)) / 10


def mean_of(values: Collection[int | Fraction]) -> Fraction:
    """The exact mean."""
    return Fraction(sum(values), len(values))


@lru_cache(maxsize=1024)     # there are few different figures, and a momentopname asks for each of them often
def exact(figure: float) -> Fraction:
    """The one-decimal figure itself, without the float's error: what is calculated on is what is shown."""
    return Fraction(round(figure * 10), 10)


def caps_of(group: str, raters: int) -> Caps | None:
    """The caps of a mean over so many raters; None for a named group, which has nothing to hide."""
    if group == OTHERS:
        scale = FIVE_POINTS
    else:
        rule = rule_of(group)
        if rule.named:
            return None
        scale = rule.scale
    return scale.caps_few if raters < ENOUGH_FOR_DETAIL else scale.caps


def published(value: Fraction, caps: Caps | None) -> float:
    """The figure as everyone will ever see it: rounded once and capped once. A capped mean counts as its cap."""
    figure = one_decimal(value)
    return figure if caps is None else min(max(figure, caps.low), caps.high)


def bound_of(figure: float, caps: Caps | None) -> Bound:
    """Whether a published figure stands at one of its caps."""
    if caps is None or caps.low < figure < caps.high:
        return Bound.EXACT
    return Bound.OR_HIGHER if figure >= caps.high else Bound.OR_LOWER
