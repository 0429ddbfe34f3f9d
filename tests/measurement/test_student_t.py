"""Quantiles of Student's t against published tables and against what can be written in closed form."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.student_t import distribution, incomplete_beta, quantile

# Upper critical values as printed in the usual tables (e.g. NIST/SEMATECH e-Handbook, 1.3.6.7.2).
TABLE = {
    1: (3.078, 6.314, 12.706),
    2: (1.886, 2.920, 4.303),
    3: (1.638, 2.353, 3.182),
    4: (1.533, 2.132, 2.776),
    5: (1.476, 2.015, 2.571),
    6: (1.440, 1.943, 2.447),
    7: (1.415, 1.895, 2.365),
    8: (1.397, 1.860, 2.306),
    9: (1.383, 1.833, 2.262),
    10: (1.372, 1.812, 2.228),
    15: (1.341, 1.753, 2.131),
    20: (1.325, 1.725, 2.086),
    30: (1.310, 1.697, 2.042),
    60: (1.296, 1.671, 2.000),
    100: (1.290, 1.660, 1.984),
}


@pytest.mark.parametrize("degrees", TABLE)
@pytest.mark.parametrize(("column", "probability"), list(enumerate([0.90, 0.95, 0.975])))
def test_agrees_with_the_published_table(degrees: int, column: int, probability: float) -> None:
    assert round(quantile(probability, degrees), 3) == TABLE[degrees][column]


@pytest.mark.parametrize("probability", [0.55, 0.75, 0.9, 0.99, 0.9999])
def test_agrees_with_the_closed_forms_for_one_and_two_degrees(probability: float) -> None:
    assert quantile(probability, 1) == pytest.approx(math.tan(math.pi * (probability - 0.5)), rel=1e-10)
    both = 2 * probability - 1
    assert quantile(probability, 2) == pytest.approx(both * math.sqrt(2 / (1 - both**2)), rel=1e-10)


def test_approaches_the_normal_distribution() -> None:
    assert quantile(0.90, 1e7) == pytest.approx(1.2815515655, abs=1e-6)


@given(st.floats(0.6, 0.999), st.floats(0.5, 500))
def test_is_the_inverse_of_the_distribution(probability: float, degrees: float) -> None:
    assert distribution(quantile(probability, degrees), degrees) == pytest.approx(probability, abs=1e-9)


@given(st.floats(0, 1), st.floats(0.2, 60), st.floats(0.2, 60))
def test_incomplete_beta_is_a_share_and_mirrors(x: float, a: float, b: float) -> None:
    assert -1e-12 <= incomplete_beta(x, a, b) <= 1 + 1e-12
    assert incomplete_beta(x, a, 1) == pytest.approx(x**a, abs=1e-9)
    assert incomplete_beta(x, 1, b) == pytest.approx(1 - (1 - x) ** b, abs=1e-9)


@pytest.mark.parametrize(("probability", "degrees"), [(0.4, 5), (1.0, 5), (0.9, 0), (0.9, -1)])
def test_refuses_what_has_no_quantile_here(probability: float, degrees: float) -> None:
    with pytest.raises(ValueError, match="no quantile"):
        quantile(probability, degrees)
