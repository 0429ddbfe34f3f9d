"""What may exist: k per group, raising it, and merging before cells are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.answers import Packed
from app.measurement.closing import close
from app.measurement.disclosure import Minimums, published_groups
from app.measurement.scale import RULES, Group
from tests.measurement.rows import ANONYMOUS, NAMED, cells_of, item_of, same_rows


@pytest.mark.parametrize(("group", "minimum"), [
    ("zelf", 1), ("teamleider", 1), ("collega", 3), ("school", 3), ("opdrachtgever", 3), ("ouder", 3), ("leerling", 5),
])
def test_publishable_from_k(group: str, minimum: int) -> None:
    found = [bool(cells_of([same_rows(group, raters, "33")])) for raters in range(1, 8)]
    assert found == [raters >= minimum for raters in range(1, 8)]


@given(st.sampled_from(ANONYMOUS), st.integers(-2, 12), st.integers(0, 15))
def test_an_organisation_may_raise_and_never_lower(group: Group, minimum: int, raters: int) -> None:
    if minimum < RULES[group].minimum:
        with pytest.raises(ValueError, match="would lower it"):
            Minimums({group: minimum})
    else:
        asked = [same_rows(group, raters, "33")] if raters else []
        assert bool(cells_of(asked, Minimums({group: minimum}))) is (raters >= minimum)


@pytest.mark.parametrize("group", NAMED)
def test_the_minimum_of_who_is_named_is_fixed(group: Group) -> None:
    with pytest.raises(ValueError, match="is named"):
        Minimums({group: 2})


def test_a_merged_group_is_as_strict_as_the_strictest_of_its_parts() -> None:
    assert Minimums({"opdrachtgever": 5}).of(Group.SCHOOL_AND_CLIENT) == 5
    assert Minimums({"school": 4}).of(Group.SCHOOL_AND_CLIENT) == 4
    assert Minimums({"collega": 6, "school": 4}).of(Group.SMALL_CIRCLE) == 6
    assert Minimums({"ouder": 6}).of(Group.SMALL_CIRCLE) == 3
    assert Minimums().of(Group.SCHOOL_AND_CLIENT) == 3


def published(school: int, client: int, minimums: Minimums | None = None) -> tuple[str, str]:
    found = published_groups({"collega": 4, "school": school, "opdrachtgever": client}, minimums or Minimums())
    assert found["collega"] == "collega"
    return found["school"], found["opdrachtgever"]


APART, TOGETHER = ("school", "opdrachtgever"), ("school-opdrachtgever", "school-opdrachtgever")


@pytest.mark.parametrize(("school", "client", "found"), [
    (3, 3, APART), (10, 1, TOGETHER), (2, 5, TOGETHER), (1, 1, TOGETHER), (2, 0, APART), (0, 4, APART),
])
def test_school_and_client_become_one_where_one_is_small(school: int, client: int, found: tuple[str, str]) -> None:
    assert published(school, client) == found


def test_a_group_that_was_not_asked_is_merged_with_nothing() -> None:
    assert published_groups({"school": 2}) == {"school": "school"}
    assert published_groups({"opdrachtgever": 2}) == {"opdrachtgever": "opdrachtgever"}


def test_a_raised_minimum_merges_sooner() -> None:
    assert published(4, 4, Minimums({"school": 5})) == TOGETHER


def test_a_small_circle_takes_all_anonymous_adults_together_however_many() -> None:
    counts = {"zelf": 1, "teamleider": 1, "collega": 6, "school": 9, "opdrachtgever": 3, "ouder": 4, "leerling": 7}
    assert published_groups(counts, small_circle=True) == {
        "zelf": "zelf", "teamleider": "teamleider", "collega": "kleine-kring", "school": "kleine-kring",
        "opdrachtgever": "kleine-kring", "ouder": "ouder", "leerling": "leerling",
    }


@pytest.mark.parametrize("code", ["school-opdrachtgever", "kleine-kring"])
def test_nobody_is_asked_in_a_merged_group(code: str) -> None:
    with pytest.raises(ValueError, match="made here only"):
        published_groups({code: 3})


def test_only_what_is_about_the_same_competencies_is_merged() -> None:
    items = {"school": (item_of(3),), "opdrachtgever": (item_of(2),)}
    asked = [Packed(group, ("A1", "A2"), b"\3\3") for group in items]
    with pytest.raises(ValueError, match="same competencies"):
        close([asked], items)
