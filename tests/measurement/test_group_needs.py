"""What a group needs: Borich's vectors, the base figure worked out by hand, its sums, the matrix, and 'stevig'."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.group_needs import (
    GroupNeed,
    Quadrant,
    aspect_need,
    firm,
    group_need,
    quadrant,
    ranked_discrepancy,
    together,
    weighted_discrepancy,
)
from app.measurement.needs import Basis, Contribution, contribution
from app.measurement.scale import mean_of
from app.measurement.snapshots import CountWord
from tests.measurement.figures import half_up

REQUIRED, CURRENT = (5, 4, 5, 4, 5), (3, 3, 4, 4, 2)


def contributions(
    scores: list[float], target: float = 3.5, importance: int = 4, basis: Basis = Basis.OTHERS
) -> list[Contribution]:
    return [Contribution(person, 100 + person, importance, target, score, basis)
            for person, score in enumerate(scores)]


def test_the_vector_of_the_design() -> None:
    gaps = [required - current for required, current in zip(REQUIRED, CURRENT, strict=True)]
    assert mean_of(gaps) == Fraction("1.4")
    assert mean_of(REQUIRED) == Fraction("4.6")
    assert weighted_discrepancy(REQUIRED, CURRENT) == Fraction("6.44")
    assert ranked_discrepancy(REQUIRED, CURRENT) == -80


def test_the_vector_as_a_base_figure() -> None:
    """All five stand below the mean doelscore of 4.6, four of them below their own: 'bijna allen' either way."""
    figure = group_need([
        Contribution(person, 9, 5, required, current, Basis.OTHERS)
        for person, (required, current) in enumerate(zip(REQUIRED, CURRENT, strict=True))
    ])
    assert figure == GroupNeed(people=5, importance=5.0, target=4.6, score=3.2, gap=1.4, with_gap=5, below=5, above=0,
                               by_self=0)
    assert figure.weighted_discrepancy == Fraction("6.44")
    assert figure.with_gap_word is CountWord.NEARLY_ALL
    assert figure.ranked_discrepancy == -100
    assert figure.quadrant is Quadrant.DEVELOP_NOW


def test_a_base_figure_worked_out_by_hand() -> None:
    """Short of 3.5: 1.5, 0.3, 0.2 (none), 0.7; belang 22 / 6 = 3.67; scores 19.2 / 6 = 3.2, so the gap is 0.3."""
    rows = [(4, 2.0), (4, 3.2), (5, 3.3), (3, 4.0), (3, 2.8), (3, 3.9)]
    figure = group_need([Contribution(person, 1, importance, 3.5, score, Basis.SELF if person < 2 else Basis.OTHERS)
                         for person, (importance, score) in enumerate(rows)])
    assert figure == GroupNeed(people=6, importance=3.7, target=3.5, score=3.2, gap=0.3, with_gap=3, below=4, above=2,
                               by_self=2)
    assert (figure.with_gap_word, figure.quadrant) == (None, Quadrant.LET_GO)
    assert figure.ranked_discrepancy == Fraction(-100, 3)
    assert figure.weighted_discrepancy == Fraction("1.05")


def test_one_gap_reads_as_none() -> None:
    nobody, somebody = contributions([4.0] * 5), contributions([4.0] * 4 + [1.5])
    assert group_need(nobody).gap == group_need(somebody).gap == 0
    assert group_need(nobody).with_gap == group_need(somebody).with_gap == 0
    assert group_need(somebody).with_gap_word is CountWord.FEW
    assert group_need(contributions([4.0] * 3 + [1.5] * 2)).gap == 0.5      # 3.5 − 15 / 5, not (2 + 2) / 5
    assert group_need(contributions([4.5] * 3 + [3.0] * 2)).gap == 0        # 3.9 on average: more than is asked


def test_neither_gap_nor_counts_know_whose_doelscore_is_which() -> None:
    """Two are asked 5 and three 1, on average 2.6: with the sum of each one's own gap hr could work out a score, and
    with counts against each one's own doelscore hold it against a threshold.
    """
    scores = (3.0, 1.5, 2.2, 3.9, 4.1)
    worlds = {
        group_need([Contribution(person, 1, 4, target, score, Basis.OTHERS)
                    for person, (target, score) in enumerate(zip(targets, scores, strict=True))])
        for targets in permutations((5.0, 5.0, 1.0, 1.0, 1.0))
    }
    assert worlds == {GroupNeed(people=5, importance=4.0, target=2.6, score=2.9, gap=0.0, with_gap=2, below=2, above=3,
                                by_self=0)}


@pytest.mark.parametrize("moved", [0.0, 0.5, 1.4, 2.4])
def test_what_one_scores_more_and_another_less_leaves_the_gap(moved: float) -> None:
    """The first is asked 5, so that each tenth of hers was one of the group's gap; the others are asked 2."""
    scores = (1.5 + moved, 4.4 - moved, 2.0, 2.0, 2.1)
    figure = group_need([Contribution(person, 1, 4, 2.0 if person else 5.0, score, Basis.OTHERS)
                         for person, score in enumerate(scores)])
    assert (figure.target, figure.score, figure.gap) == (2.6, 2.4, 0.2)


@pytest.mark.parametrize("given_", [
    contributions([3.0] * 4),
    contributions([3.0] * 6)[:5] + contributions([3.0])[:1],
    [],
])
def test_below_five_people_there_is_no_figure(given_: list[Contribution]) -> None:
    with pytest.raises(ValueError, match="no figure"):
        group_need(given_)


def test_cells_together_are_the_weighted_mean_of_what_was_published() -> None:
    first = GroupNeed(people=5, importance=4.0, target=3.5, score=2.5, gap=1.0, with_gap=5, below=5, above=0, by_self=0)
    second = GroupNeed(
        people=10, importance=3.1, target=3.5, score=3.3, gap=0.4, with_gap=4, below=5, above=3, by_self=2)
    assert together([first, second]) == GroupNeed(
        people=15, importance=3.4, target=3.5, score=3.0, gap=0.5, with_gap=9, below=10, above=3, by_self=2,
        rough=True, rough_self=True)      # 5 of 5 was 'bijna allen', 0 of 5 was 'weinig'
    assert not together([second, second]).rough
    assert together([first]) == first
    with pytest.raises(ValueError, match="nothing was published"):
        together([])


def test_an_aspect_is_the_mean_of_its_competencies_from_half_on() -> None:
    base = GroupNeed(people=8, importance=4.0, target=3.5, score=3.0, gap=0.5, with_gap=4, below=4, above=3, by_self=0)
    figures = {"A": base, "B": replace(base, people=6, importance=3.1, score=2.9, gap=0.8)}
    aspect = aspect_need("relatie", ["A", "B", "C"], figures)
    assert aspect is not None
    assert (aspect.people, aspect.importance, aspect.target, aspect.score, aspect.gap) == (6, 3.6, 3.5, 3.0, 0.7)
    assert (aspect.parts, aspect.total, aspect.quadrant) == (2, 3, Quadrant.LATER)
    assert aspect_need("relatie", ["A", "B", "C", "D", "E"], figures) is None
    assert aspect_need("relatie", [], figures) is None


@pytest.mark.parametrize(("importance", "gap", "found"), [
    (4.0, 0.5, Quadrant.DEVELOP_NOW), (4.0, 0.4, Quadrant.KEEP_AND_SHARE),
    (3.9, 0.5, Quadrant.LATER), (3.9, 0.4, Quadrant.LET_GO), (5.0, 0.0, Quadrant.KEEP_AND_SHARE),
])
def test_the_matrix(importance: float, gap: float, found: Quadrant) -> None:
    assert quadrant(importance, gap) is found


def standing(score: float, below: int, above: int = 0) -> GroupNeed:
    return GroupNeed(people=10, importance=4.0, target=3.5, score=score, gap=1.0, with_gap=5, below=below, above=above,
                     by_self=0)


def test_firm_is_what_both_orders_put_at_neighbouring_places() -> None:
    """MWDS orders A B C D; by ranks D comes first, then A, B, C: only D is more than one place apart."""
    four = {"A": standing(2.0, 8), "B": standing(2.5, 7), "C": standing(2.8, 6), "D": standing(3.0, 9)}
    assert firm(four) == {"A", "B", "C"}
    assert firm(dict(reversed(four.items()))) == {"A", "B", "C"}


def test_equals_share_the_mean_of_their_places() -> None:
    """By ranks all four stand at 2½: A and D, first and last by MWDS, are a place and a half away."""
    scores = {"A": 2.0, "B": 2.5, "C": 2.8, "D": 3.0}
    assert firm({code: standing(score, 5) for code, score in scores.items()}) == {"B", "C"}


def test_of_two_competencies_nothing_is_firm() -> None:
    assert firm({"A": standing(2.0, 8), "B": standing(2.5, 7)}) == frozenset()


def test_a_person_contributes_by_the_others_else_by_herself() -> None:
    by_others = contribution(1, 7, 4, 3.5, others=2.5, own=4.0)
    assert by_others == Contribution(1, 7, 4, 3.5, 2.5, Basis.OTHERS)
    assert contribution(1, 7, 4, 3.5, others=None, own=4.0) == Contribution(1, 7, 4, 3.5, 4.0, Basis.SELF)
    assert contribution(1, 7, 4, 3.5, others=None, own=None) is None
    assert contribution(1, 7, 1, 3.5, others=2.5, own=4.0) is None
    with pytest.raises(ValueError, match="not at issue"):
        Contribution(1, 7, 1, 3.5, 2.5, Basis.OTHERS)


tenths = st.integers(10, 50).map(lambda number: number / 10)


@given(st.lists(st.tuples(st.integers(2, 5), tenths, tenths, st.sampled_from(Basis)), min_size=5, max_size=12))
def test_every_base_figure_holds_together(rows: list[tuple[int, float, float, Basis]]) -> None:
    given_ = [Contribution(person, 1, *row) for person, row in enumerate(rows)]
    figure = group_need(given_)
    assert figure == group_need(given_[::-1])
    scores = [Fraction(f"{score:.1f}") for _, _, score, _ in rows]
    target, score = Fraction(str(figure.target)), Fraction(str(figure.score))
    assert figure.target == half_up(mean_of([Fraction(f"{target:.1f}") for _, target, _, _ in rows]))
    assert figure.score == half_up(mean_of(scores))
    assert figure.gap == float(max(Fraction(0), target - score))
    for count, told in ((sum(target - one >= Fraction("0.3") for one in scores), figure.with_gap),
                        (sum(one < target for one in scores), figure.below),
                        (sum(one > target for one in scores), figure.above)):
        assert told == (0 if count < 2 else len(rows) if count > len(rows) - 2 else count)
    assert together([figure, figure]) == replace(
        figure, people=2 * figure.people, with_gap=2 * figure.with_gap, below=2 * figure.below, above=2 * figure.above,
        by_self=2 * figure.by_self, rough=figure.with_gap_word is not None,
        rough_self=figure.by_self in (0, figure.people))
