"""The rules of measurement once more, one rater and one fraction at a time: what closing.py must agree with exactly.

Written for reading and not for speed, and on purpose by another road: sheets as people know them, `Fraction`, sorted
candidates instead of roots.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from app.measurement.answers import Item
from app.measurement.disclosure import STANDARD_MINIMUMS, Minimums
from app.measurement.scale import (
    ENOUGH_FOR_DETAIL,
    MIN_INDICATORS,
    PRIOR_WEIGHT,
    VALID_SHARE,
    Group,
    caps_of,
    rule_of,
)
from app.measurement.scoring import Cell
from tests.measurement.figures import capped, half_up, tenths


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
        return tuple(Fraction(sum(answers.values()), len(answers)) for answers in self.by_rater)

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


@dataclass(frozen=True)
class BaseFigures:
    """What may be known of one group on one item, before rounding: one of the two kinds, never both.

    Rich: `indicator_means`, each over at least five (and at least k) valid raters. Thin: `mean` of the rater means.
    Either way the figures rest on disjoint sets of answers, so no sum of them rests on fewer people.
    """

    indicator_means: Mapping[str, Fraction] = field(default_factory=dict, hash=False)
    mean: Fraction | None = None


def merged(groups: Iterable[GroupSheets], minimums: Minimums, small_circle: bool = False) -> tuple[GroupSheets, ...]:
    """The groups that cells are made of, by the letter of the rule."""
    asked = (replace(group, sheets=tuple(sheet for sheet in group.sheets if sheet.asked)) for group in groups)
    given = {group.group: group for group in asked if group.sheets}
    adults = [given[code] for code in (Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT) if code in given]
    together: list[GroupSheets] = []
    if small_circle:
        together = adults
    elif Group.SCHOOL in given and Group.CLIENT in given:
        parts = [given[Group.SCHOOL], given[Group.CLIENT]]
        if any(len(part.sheets) < minimums.of(part.group) for part in parts):
            together = parts
    if not together:
        return tuple(given.values())
    name = Group.SMALL_CIRCLE if small_circle else Group.SCHOOL_AND_CLIENT
    one = GroupSheets(name, together[0].items, tuple(sheet for group in together for sheet in group.sheets))
    return (one, *(group for group in given.values() if group not in together))


def cells(
    groups: Iterable[GroupSheets], minimums: Minimums = STANDARD_MINIMUMS, *, small_circle: bool = False
) -> list[Cell]:
    """All cells of one measurement that may exist."""
    found = [cell(group, item, minimums) for group in merged(groups, minimums, small_circle) for item in group.items]
    return [one for one in found if one is not None]


def cell(group: GroupSheets, item: Item, minimums: Minimums) -> Cell | None:
    code, rule = group.group, rule_of(group.group)
    valid = valid_answers(item, group.sheets)
    n = len(valid.by_rater)
    if len(valid.asked) < MIN_INDICATORS or n < minimums.of(code):
        return None
    if rule.named:
        own = {one: half_up(Fraction(sum(said), len(said))) for one in valid.asked if (said := valid.to_indicator(one))}
        return Cell(code, item.code, n, half_up(sum(valid.rater_means, Fraction(0)) / n), own)
    figures = base_figures(valid, minimums.of(code))
    shown = {one: capped(mean, code, n) for one, mean in figures.indicator_means.items()}
    whole = figures.mean
    if whole is None:
        whole = sum(map(tenths, shown.values()), Fraction(0)) / len(shown)
    mean = capped(whole, code, n)
    caps = caps_of(code, n)
    assert caps is not None
    hidden = n < ENOUGH_FOR_DETAIL or mean in (caps.low, caps.high)
    spread = rule.scale.prior_sd if hidden else smoothed_sd(valid.rater_means, rule.scale.prior_sd)
    word = agreement(valid.rater_means) if n >= ENOUGH_FOR_DETAIL and code != Group.PUPIL else None
    return Cell(code, item.code, n, mean, shown, spread, word)


def smoothed_sd(means: Sequence[Fraction], prior_sd: float) -> float:
    """s̃ with one decimal, half up: how many of the marks 0.05, 0.15, 0.25, … its square reaches."""
    square = smoothed_variance(means, tenths(prior_sd))
    count = 0
    while Fraction(2 * count + 1, 20) ** 2 <= square:
        count += 1
    return count / 10


def smoothed_variance(means: Sequence[Fraction], prior_sd: Fraction) -> Fraction:
    """((n−1)·s² + ν0·s0²) / (n−1+ν0), for five and more."""
    n = len(means)
    middle = sum(means, Fraction(0)) / n
    return (sum((x - middle) ** 2 for x in means) + PRIOR_WEIGHT * prior_sd**2) / (n - 1 + PRIOR_WEIGHT)


def agreement(means: Sequence[Fraction]) -> str:
    """AD = Σ|x − M| / n in words, for five points."""
    middle = sum(means, Fraction(0)) / len(means)
    deviation = sum(abs(x - middle) for x in means) / len(means)
    if deviation <= Fraction(1, 2):
        return "eensgezind"
    return "redelijk eensgezind" if deviation <= Fraction(4, 5) else "verdeeld"


def base_figures(valid: ValidAnswers, minimum: int) -> BaseFigures:
    """The base figures of a publishable anonymous group, whose k is `minimum`.

    Rich when every indicator asked of the group has at least five answers, and at least k where that was raised.
    """
    answers = {code: valid.to_indicator(code) for code in valid.asked}
    if all(len(scores) >= max(ENOUGH_FOR_DETAIL, minimum) for scores in answers.values()):
        means = {code: Fraction(sum(scores), len(scores)) for code, scores in answers.items()}
        return BaseFigures(indicator_means=means)
    return BaseFigures(mean=sum(valid.rater_means, Fraction(0)) / len(valid.rater_means))
