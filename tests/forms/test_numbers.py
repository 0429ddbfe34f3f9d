"""Numbers as people write them, whole and with a fraction."""

from __future__ import annotations

import pytest

from app.forms.numbers import decimal, whole


@pytest.mark.parametrize(("text", "number"), [
    ("1200", 1200), ("1.200", 1200), ("€ 1.200,00", 1200), ("1200,-", 1200), ("1.200,--", 1200), ("0", 0),
    ("250 euro", 250), ("1250,–", 1250), ("250.00", 250),
    ("-5", -5), ("\u22125", -5), ("1.000.000", 1_000_000), ("12.5", None), ("1,5", None), ("1.20", None), ("", None),
    ("1 200", None), ("12a", None), ("٣", None), ("1e3", None), ("0x1", None), ("9" * 99, None),
])  # fmt: skip
def test_whole_numbers(text: str, number: int | None) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(("text", "number"), [
    ("3", 3), ("2,5", 2.5), ("2.5", 2.5), ("1.200", 1200), ("1.200,5", 1200.5), ("-1", -1), ("0,25", 0.25), ("", None),
    ("2,5,5", None), ("1.20,5", None), ("1e3", None), ("nan", None), ("٣", None), ("drie", None),
])  # fmt: skip
def test_numbers_with_a_fraction(text: str, number: float | None) -> None:
    assert decimal(text) == number
