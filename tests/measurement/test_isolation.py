"""Figures over people, one after another: one that isolates fewer than five with the others is refused."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.measurement import isolation
from app.measurement.isolation import Ledger, Members
from tests.measurement.people_attack import isolated_people


def people(*numbers: int, measurement: int = 1) -> Members:
    return frozenset((number, measurement) for number in numbers)


def verdicts(figures: Iterable[Members]) -> list[bool]:
    ledger = Ledger()
    return [ledger.admit(figure) for figure in figures]


TEN = people(*range(10))


@pytest.mark.parametrize(("then", "admitted"), [
    (TEN, True),                                                    # the same figure tells nothing new
    (people(*range(11)), False),                                    # one joined
    (people(*range(14)), False),                                    # four joined
    (people(*range(15)), True),                                     # five joined
    (people(*range(6)), False),                                     # four left
    (people(*range(5)), True),                                      # five left: two halves
    (people(*range(3, 12)), True),                                  # three left and two joined: five people
    (people(*range(2, 12)), False),                                 # two and two
    (people(*range(4)), False),                                     # four people
    (people(*range(100, 110)), True),                               # others altogether
    (people(*range(6)) | people(6, 7, 8, 9, measurement=2), False),     # four measured anew: eight measurements
    (people(*range(5)) | people(5, 6, 7, 8, 9, measurement=2), True),   # five measured anew
])
def test_a_second_figure_beside_a_first(then: Members, admitted: bool) -> None:
    assert verdicts([TEN, then]) == [True, admitted]
    assert (isolated_people([TEN, then]) is None) is admitted


def test_three_figures_that_are_harmless_in_pairs() -> None:
    """10 + 10 people beside 10 + 11 of the same: every two differ by more than five, all four by one."""
    first, second = people(*range(10)), people(*range(10, 20))
    third, fourth = people(*range(5), *range(10, 15)), people(*range(5, 10), *range(15, 20), 20)
    assert verdicts([first, second, third, fourth]) == [True, True, True, False]
    assert isolated_people([first, second, third, fourth]) >= {20}
    assert isolated_people([first, second, third]) is None


def test_nobody_counts_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Ledger().admit(people(*range(6)) | people(0, measurement=2))


members = st.builds(lambda whom, anew: frozenset((person, 1 + (person in anew)) for person in whom),
                    st.sets(st.integers(0, 17), min_size=5), st.sets(st.integers(0, 17), max_size=8))
halves = st.sampled_from([(0, 9), (4, 14), (9, 18), (0, 18), (5, 10), (10, 18), (0, 5)])
near = st.builds(lambda half, whom, anew: frozenset((person, 1 + (person in anew))
                                                     for person in set(range(*half)) ^ whom),
                 halves, st.sets(st.integers(0, 17), max_size=2), st.sets(st.integers(0, 17), max_size=3))


@settings(max_examples=120)
@given(st.lists(st.one_of(members, near), min_size=2, max_size=7))
def test_a_figure_is_admitted_exactly_when_the_attack_finds_nobody(figures: list[Members]) -> None:
    ledger, published = Ledger(), list[Members]()
    for figure in figures:
        admitted = ledger.admit(figure)
        assert admitted is (isolated_people([*published, figure]) is None)
        if admitted:
            published.append(figure)
            assert Ledger(published).admit(figure)


@settings(max_examples=60)
@given(st.lists(st.one_of(members, near), min_size=2, max_size=6), st.one_of(members, near))
def test_a_ledger_read_back_judges_alike(figures: list[Members], then: Members) -> None:
    ledger = Ledger()
    published = [figure for figure in figures if ledger.admit(figure)]
    assert Ledger(published).admit(then) is ledger.admit(then)


def test_what_is_too_entangled_to_try_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    joined_and_left = [people(*range(3 * at, 3 * at + 9)) for at in range(8)]
    assert all(verdicts(joined_and_left))
    monkeypatch.setattr(isolation, "MOST_FIGURES", 3)
    assert verdicts(joined_and_left) == [True, True, True, False, False, True, True, True]


def test_a_space_too_large_to_search_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    figures = [TEN, people(*range(3, 12))]
    monkeypatch.setattr(isolation, "MOST_DIMENSIONS", 0)
    assert verdicts(figures) == [True, False]
