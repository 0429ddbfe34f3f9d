"""How well a round measured, against published values and examples that can be worked out by hand."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from app.measurement.answers import Packed
from app.measurement.quality import (
    CannotSay,
    cannot_say,
    cronbach_alpha,
    icc1,
    icc1k,
    icca1,
    iccc1,
    straight_lining,
)

SHROUT_FLEISS = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""Six targets, four judges: Shrout & Fleiss (1979), table 2. Their coefficients: table 4."""


def test_the_published_coefficients() -> None:
    found = [coefficient(SHROUT_FLEISS) or 0 for coefficient in (icc1, icca1, iccc1, icc1k)]
    assert [round(one, 2) for one in found] == [0.17, 0.29, 0.71, 0.44]


def test_alpha_is_the_consistency_of_the_mean_of_the_judges() -> None:
    """ICC(3,4) = .91 in the same table; Shrout & Fleiss (p. 425) note that it is Cronbach's alpha."""
    alpha = cronbach_alpha(SHROUT_FLEISS)
    assert round(alpha or 0, 2) == 0.91
    single = iccc1(SHROUT_FLEISS) or 0
    assert alpha == pytest.approx(4 * single / (1 + 3 * single))  # Spearman-Brown


def test_alpha_by_hand() -> None:
    """s² = 1, 1 and 1 per item; totals 4, 5, 9 with s² = 7: 3/2 · (1 − 3/7) = 6/7."""
    assert cronbach_alpha([[1, 2, 1], [2, 1, 2], [3, 3, 3]]) == pytest.approx(6 / 7)
    assert cronbach_alpha([[1, 1], [2, 2], [5, 5]]) == 1
    assert cronbach_alpha([[1, 1], [1, 2], [2, 1], [2, 2]]) == 0


def test_a_milder_judge_is_less_agreement_and_no_less_consistency() -> None:
    rows = [[1, 2], [2, 3], [3, 4], [4, 5]]
    assert iccc1(rows) == 1
    assert icca1(rows) == pytest.approx(10 / 13)  # MSR 10/3, MSC 2, MSE 0: 10/3 / (10/3 + 2·2/4)
    assert icc1(rows) == pytest.approx(17 / 23)  # MSB 10/3, MSW 1/2


def test_judges_of_one_mind_and_judges_of_any_mind() -> None:
    alike = [[1, 1, 1], [3, 3, 3], [4, 4, 4]]
    assert [one(alike) for one in (icc1, icc1k, icca1, iccc1)] == [1, 1, 1, 1]
    assert icc1([[1, 3], [1, 3]]) == -1


def test_targets_may_have_raters_of_their_own_number() -> None:
    """N = 6, Σn² = 14, k = (6 − 14/6)/2 = 11/6; MSB = (9 + 0 + 3)/2 = 6 round 4, MSW = 2/3."""
    rows = [[1], [3, 5], [5, 5, 5]]
    assert icc1(rows) == pytest.approx(float((6 - Fraction(2, 3)) / (6 + Fraction(5, 6) * Fraction(2, 3))))
    assert icc1k(rows) == pytest.approx(float((6 - Fraction(2, 3)) / 6))
    assert icc1([*rows, []]) == icc1(rows)


def test_the_share_of_the_targets_is_found_back() -> None:
    """Targets differ by sd .6, raters of one target by sd .8: ICC(1) = .36/(.36 + .64)."""
    chance = random.Random(4)
    rows = [[truth + chance.gauss(0, 0.8) for _ in range(chance.randint(3, 12))]
            for truth in (chance.gauss(3.5, 0.6) for _ in range(3000))]
    assert icc1(rows) == pytest.approx(0.36, abs=0.02)


@pytest.mark.parametrize("rows", [[], [[3, 4]], [[3], [4]]])
def test_without_targets_or_raters_there_is_no_coefficient(rows: list[list[float]]) -> None:
    assert [one(rows) for one in (icc1, icc1k, icca1, iccc1, cronbach_alpha)] == [None] * 5


def test_where_nothing_differs_there_is_no_coefficient() -> None:
    assert [one([[3, 3], [3, 3]]) for one in (icc1, icc1k, icca1, iccc1, cronbach_alpha)] == [None] * 5


def test_the_same_raters_for_all_means_rows_of_one_length() -> None:
    for coefficient in (icca1, iccc1, cronbach_alpha):
        with pytest.raises(ValueError, match="different lengths"):
            coefficient([[1, 2], [1, 2, 3]])


def test_the_share_of_cannot_say_per_indicator() -> None:
    sheets = [
        Packed("collega", ("A1", "A2"), bytes([4, 0, 3, 9, 5, 5, 1, 200])),
        Packed("school", ("A2", "A3"), bytes([0, 1])),
        Packed("leerling", ("L1",), bytes([3, 4])),
        Packed("ouder", ("P1",), b""),
    ]
    assert cannot_say(sheets) == (
        CannotSay("A1", 4, 0.0), CannotSay("A2", 5, 0.8), CannotSay("A3", 1, 0.0), CannotSay("L1", 2, 0.5),
    )


@pytest.mark.parametrize(("rows", "share"), [
    (["4444444444", "4444444445"], 0.5),
    (["44444444440000"], 1.0),  # ten scores, four times 'kan ik niet zeggen'
    (["444444444000"], None),  # nine say nothing
    (["444444444", "4444444445"], 0.0),
    ([], None),
])
def test_the_same_answer_all_the_way_down(rows: list[str], share: float | None) -> None:
    sheets = [Packed("collega", tuple(f"A{n}" for n in range(len(row))), bytes(map(int, row))) for row in rows]
    assert straight_lining(sheets) == share
