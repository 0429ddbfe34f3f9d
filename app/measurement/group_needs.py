"""What a group needs (measurement.md §7): Borich's discrepancies, and the matrix of belang and gap.

R (required) is the doelscore and C (current) the score of others, else of self: both say how often a behaviour is seen.
The base figure of a cell (snapshots.py) is a GroupNeed. It is rounded once, when it is made; every other figure is a
function of GroupNeeds, so a page can be recalculated from what stands on it. What one might want is not there on
purpose, since it would tell of a few people: the mean of gap × belang (who knows every belang subtracts two means), and
whatever sets one score against one person's doelscore, which is known. So the gap is mean R − mean C, also where
somebody does more than is asked, and counts set all scores against the same mean doelscore (decision 18).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from app.measurement.isolation import FEWEST_PEOPLE
from app.measurement.needs import GAP_IGNORED_BELOW, Basis, Contribution
from app.measurement.scale import PART_SHOWN_FROM, exact, mean_of, one_decimal
from app.measurement.snapshots import CountWord, count_word

IMPORTANT_FROM: Final = Fraction(4)
"""The cut of the matrix between more and less belang (design)."""

WIDE_FROM: Final = Fraction(1, 2)
"""The cut of the matrix between a wide and a narrow gap (design)."""

FIRM_WITHIN: Final = 1
"""A place in the order is firm when the two orders put it no further apart than this (ours)."""

FIRM_FROM: Final = 3
"""With fewer competencies than this two orders agree too easily to say so (ours)."""


class Quadrant(enum.StrEnum):
    """What to do about a competency."""

    DEVELOP_NOW = "nu ontwikkelen"
    KEEP_AND_SHARE = "borgen en delen"
    LATER = "kan later"
    LET_GO = "loslaten"


@dataclass(frozen=True, slots=True)
class GroupNeed:
    """One competency over `people` contributors: means of one decimal, and counts of which none and one are both 0,
    all but one and all both `people`.

    `gap` is what `score` lacks to `target`, 0 where it lacks nothing. `with_gap` lack 0.3 or more to `target`, `below`
    and `above` stand below and above it; of cells together everybody is counted against that of her cell. Of `by_self`
    there is only a zelfbeeld. `rough`, `rough_self`: `with_gap` and `by_self` add up a count that was a word, so that
    the sum may be a little beside the truth.
    """

    people: int
    importance: float
    target: float
    score: float
    gap: float
    with_gap: int
    below: int
    above: int
    by_self: int
    rough: bool = False
    rough_self: bool = False

    @property
    def weighted_discrepancy(self) -> Fraction:
        """MWDS = (R̄ − C̄)·R̄; negative where a group does more than is asked."""
        return (exact(self.target) - exact(self.score)) * exact(self.target)

    @property
    def ranked_discrepancy(self) -> Fraction:
        """−100 when all stand below their doelscore, 100 when all stand above. For the word 'stevig' only."""
        return Fraction(100 * (self.above - self.below), self.people)

    @property
    def with_gap_word(self) -> CountWord | None:
        return count_word(self.with_gap, self.people)

    @property
    def quadrant(self) -> Quadrant:
        return quadrant(self.importance, self.gap)


@dataclass(frozen=True, slots=True)
class AspectNeed:
    """An aspect as the mean of `parts` of its `total` competencies; `people` is the smallest number behind these."""

    code: str
    people: int
    importance: float
    target: float
    score: float
    gap: float
    parts: int
    total: int

    @property
    def quadrant(self) -> Quadrant:
        return quadrant(self.importance, self.gap)


def weighted_discrepancy(required: Sequence[float], current: Sequence[float]) -> Fraction:
    """MWDS (Borich 1980): the mean over persons of (R − C)·R̄."""
    wanted = [exact(one) for one in required]
    gaps = [ought - exact(one) for ought, one in zip(wanted, current, strict=True)]
    return mean_of(gaps) * mean_of(wanted)


def ranked_discrepancy(required: Sequence[float], current: Sequence[float]) -> Fraction:
    """100 × (who does more than asked − who does less) / all; what is exactly as asked counts for neither."""
    pairs = [(exact(ought), exact(one)) for ought, one in zip(required, current, strict=True)]
    return Fraction(100 * sum((ought < one) - (ought > one) for ought, one in pairs), len(pairs))


def group_gap(target: float, score: float) -> float:
    """Published mean doelscore − published mean score; 0 where a group does more than is asked."""
    return float(max(Fraction(0), exact(target) - exact(score)))


def group_need(contributions: Collection[Contribution]) -> GroupNeed:
    """The base figure over these people. ValueError below five people, or when somebody is there twice."""
    people = len({one.person for one in contributions})
    if people < max(FEWEST_PEOPLE, len(contributions)):
        raise ValueError(f"{len(contributions)} contributions of {people} people are no figure")
    target = one_decimal(mean_of([exact(one.target) for one in contributions]))
    score = one_decimal(mean_of([exact(one.score) for one in contributions]))
    short = [exact(target) - exact(one.score) for one in contributions]
    return GroupNeed(
        people=people,
        importance=one_decimal(mean_of([one.importance for one in contributions])),
        target=target,
        score=score,
        gap=group_gap(target, score),
        with_gap=_told(sum(one >= GAP_IGNORED_BELOW for one in short), people),
        below=_told(sum(one > 0 for one in short), people),
        above=_told(sum(one < 0 for one in short), people),
        by_self=_told(sum(one.basis is Basis.SELF for one in contributions), people),
    )


def together(figures: Collection[GroupNeed]) -> GroupNeed:
    """Several cells as one, from their published figures: means weighted by people, counts added up.

    ValueError without a figure.
    """
    if not figures:
        raise ValueError("nothing was published")
    people = sum(one.people for one in figures)

    def mean(values: Iterable[float]) -> float:
        weighed = zip(values, figures, strict=True)
        return one_decimal(sum((exact(value) * one.people for value, one in weighed), Fraction(0)) / people)

    target, score = mean(one.target for one in figures), mean(one.score for one in figures)
    return GroupNeed(
        people=people,
        importance=mean(one.importance for one in figures),
        target=target,
        score=score,
        gap=group_gap(target, score),
        with_gap=sum(one.with_gap for one in figures),
        below=sum(one.below for one in figures),
        above=sum(one.above for one in figures),
        by_self=sum(one.by_self for one in figures),
        rough=len(figures) > 1 and any(one.with_gap_word for one in figures),
        rough_self=len(figures) > 1 and any(count_word(one.by_self, one.people) for one in figures),
    )


def aspect_need(code: str, competencies: Collection[str], figures: Mapping[str, GroupNeed]) -> AspectNeed | None:
    """The mean of the figures of its competencies, over one cell; None below half of these."""
    parts = [figures[competency] for competency in competencies if competency in figures]
    if not parts or len(parts) < PART_SHOWN_FROM * len(competencies):
        return None
    return AspectNeed(
        code=code,
        people=min(one.people for one in parts),
        importance=one_decimal(mean_of([exact(one.importance) for one in parts])),
        target=one_decimal(mean_of([exact(one.target) for one in parts])),
        score=one_decimal(mean_of([exact(one.score) for one in parts])),
        gap=one_decimal(mean_of([exact(one.gap) for one in parts])),
        parts=len(parts),
        total=len(competencies),
    )


def quadrant(importance: float, gap: float) -> Quadrant:
    """The place in the matrix of published figures: belang from 4 and gap from 0.5 on."""
    if exact(importance) >= IMPORTANT_FROM:
        return Quadrant.DEVELOP_NOW if exact(gap) >= WIDE_FROM else Quadrant.KEEP_AND_SHARE
    return Quadrant.LATER if exact(gap) >= WIDE_FROM else Quadrant.LET_GO


def firm(figures: Mapping[str, GroupNeed]) -> frozenset[str]:
    """The competencies of which 'stevig' is said, among those of one cell.

    They are ordered twice, the greatest need first: by weighted and by ranked discrepancy; equals share the mean of
    their places. Firm is what both orders put at the same place or at neighbouring ones. Of fewer than three: none.
    """
    if len(figures) < FIRM_FROM:
        return frozenset()
    weighted = _places({code: -figure.weighted_discrepancy for code, figure in figures.items()})
    ranked = _places({code: figure.ranked_discrepancy for code, figure in figures.items()})
    return frozenset(code for code in figures if abs(weighted[code] - ranked[code]) <= FIRM_WITHIN)


def _places(values: Mapping[str, Fraction]) -> Mapping[str, Fraction]:
    """The place of each, the lowest value first."""
    lower = {code: sum(other < value for other in values.values()) for code, value in values.items()}
    return {code: lower[code] + Fraction(list(values.values()).count(value) + 1, 2) for code, value in values.items()}


def _told(number: int, of: int) -> int:
    """A count that no longer tells none from one, nor all from all but one."""
    word = count_word(number, of)
    return number if word is None else 0 if word is CountWord.FEW else of
