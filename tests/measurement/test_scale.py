"""Rounding, caps and the constants."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.scale import (
    OTHERS,
    RULES,
    Bound,
    Caps,
    Group,
    bound_of,
    caps_of,
    exact,
    one_decimal,
    published,
    rule_of,
)
from tests.measurement.figures import half_up


@pytest.mark.parametrize(("value", "shown"), [
    (Fraction(13, 4), 3.3),  # 3,25: bankers' rounding would say 3,2
    (Fraction(67, 20), 3.4),  # 3,35 is 3,3500000000000001 as a float, 3,45 is 3,4500000000000002
    (Fraction(5, 4), 1.3),
    (Fraction(10, 3), 3.3),
    (Fraction(324999, 100000), 3.2),
    (Fraction(1), 1.0),
    (Fraction(5), 5.0),
])
def test_rounds_half_up_to_one_decimal(value: Fraction, shown: float) -> None:
    assert one_decimal(value) == shown


@given(st.fractions(1, 5, max_denominator=400))
def test_rounding_is_that_of_decimal_arithmetic_and_happens_once(value: Fraction) -> None:
    shown = one_decimal(value)
    assert shown == half_up(value)
    assert one_decimal(exact(shown)) == shown
    assert abs(exact(shown) - value) <= Fraction(1, 20)


@pytest.mark.parametrize(("group", "raters", "caps"), [
    (Group.COLLEAGUE, 3, Caps(1.5, 4.5)),
    (Group.COLLEAGUE, 4, Caps(1.5, 4.5)),
    (Group.COLLEAGUE, 5, Caps(1.2, 4.8)),
    (Group.SCHOOL, 12, Caps(1.2, 4.8)),
    (Group.SCHOOL_AND_CLIENT, 4, Caps(1.5, 4.5)),
    (Group.PARENT, 3, Caps(1.5, 4.5)),
    (Group.PUPIL, 5, Caps(1.2, 2.8)),
    (OTHERS, 4, Caps(1.5, 4.5)),
    (OTHERS, 9, Caps(1.2, 4.8)),
    (Group.SELF, 1, None),
    (Group.TEAM_LEAD, 1, None),
])
def test_the_caps_per_group_and_number(group: str, raters: int, caps: Caps | None) -> None:
    assert caps_of(group, raters) == caps


@pytest.mark.parametrize(("value", "few", "many"), [
    (Fraction(5), (4.5, Bound.OR_HIGHER), (4.8, Bound.OR_HIGHER)),
    (Fraction(47, 10), (4.5, Bound.OR_HIGHER), (4.7, Bound.EXACT)),
    (Fraction(9, 2), (4.5, Bound.OR_HIGHER), (4.5, Bound.EXACT)),
    (Fraction(445, 100), (4.5, Bound.OR_HIGHER), (4.5, Bound.EXACT)),
    (Fraction(444, 100), (4.4, Bound.EXACT), (4.4, Bound.EXACT)),
    (Fraction(8, 5), (1.6, Bound.EXACT), (1.6, Bound.EXACT)),
    (Fraction(3, 2), (1.5, Bound.OR_LOWER), (1.5, Bound.EXACT)),
    (Fraction(6, 5), (1.5, Bound.OR_LOWER), (1.2, Bound.OR_LOWER)),
    (Fraction(1), (1.5, Bound.OR_LOWER), (1.2, Bound.OR_LOWER)),
])
def test_caps_and_how_they_read(value: Fraction, few: tuple[float, Bound], many: tuple[float, Bound]) -> None:
    for raters, (figure, bound) in ((3, few), (5, many)):
        caps = caps_of(Group.COLLEAGUE, raters)
        assert published(value, caps) == figure
        assert bound_of(figure, caps) is bound


def test_without_caps_a_figure_reads_as_it_stands() -> None:
    assert published(Fraction(5), None) == 5.0
    assert bound_of(5.0, None) is Bound.EXACT


def test_the_minimum_per_group() -> None:
    minimums = {group.value: rule.minimum for group, rule in RULES.items()}
    assert minimums == {
        "zelf": 1, "teamleider": 1, "collega": 3, "school": 3, "opdrachtgever": 3, "school-opdrachtgever": 3,
        "kleine-kring": 3,
        "ouder": 3, "leerling": 5,
    }


def test_who_counts_in_others_and_who_is_named() -> None:
    assert {group for group, rule in RULES.items() if rule.in_others} == {
        Group.COLLEAGUE, Group.SCHOOL, Group.CLIENT, Group.SCHOOL_AND_CLIENT,
        Group.SMALL_CIRCLE,
    }
    assert {group for group, rule in RULES.items() if rule.named} == {Group.SELF, Group.TEAM_LEAD}


def test_an_unknown_group_is_refused() -> None:
    with pytest.raises(ValueError, match="buurman"):
        rule_of("buurman")
