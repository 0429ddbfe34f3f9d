"""What may exist: k per group, raising it, and merging before cells are made."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.answers import GroupSheets
from app.measurement.disclosure import Minimums, merged_where_small, publishable
from app.measurement.scale import RULES, Group
from tests.measurement.rows import ANONYMOUS, NAMED, item_of, same_rows


@pytest.mark.parametrize(("group", "minimum"), [
    ("zelf", 1), ("teamleider", 1), ("collega", 3), ("school", 3), ("opdrachtgever", 3), ("ouder", 3), ("leerling", 5),
])
def test_publishable_from_k(group: str, minimum: int) -> None:
    assert [publishable(group, raters) for raters in range(8)] == [raters >= minimum for raters in range(8)]


@given(st.sampled_from(ANONYMOUS), st.integers(-2, 12), st.integers(0, 15))
def test_an_organisation_may_raise_and_never_lower(group: Group, minimum: int, raters: int) -> None:
    if minimum < RULES[group].minimum:
        with pytest.raises(ValueError, match="would lower it"):
            Minimums({group: minimum})
    else:
        assert publishable(group, raters, Minimums({group: minimum})) is (raters >= minimum)


@pytest.mark.parametrize("group", NAMED)
def test_the_minimum_of_who_is_named_is_fixed(group: Group) -> None:
    with pytest.raises(ValueError, match="is named"):
        Minimums({group: 2})


def test_the_merged_group_is_as_strict_as_the_stricter_of_its_parts() -> None:
    assert Minimums({"opdrachtgever": 5}).of(Group.SCHOOL_AND_CLIENT) == 5
    assert Minimums({"school": 4}).of(Group.SCHOOL_AND_CLIENT) == 4
    assert Minimums().of(Group.SCHOOL_AND_CLIENT) == 3


def _merged(school: int | None, client: int | None, minimums: Minimums) -> dict[str, int]:
    asked = [same_rows("collega", 4, "33")]
    for group, count in (("school", school), ("opdrachtgever", client)):
        if count is not None:
            asked.append(GroupSheets(group, (item_of(2),), same_rows(group, count, "33").sheets if count else ()))
    return {group.group: len(group.sheets) for group in merged_where_small(asked, minimums)}


@pytest.mark.parametrize(("school", "client", "found"), [
    (3, 3, {"school": 3, "opdrachtgever": 3}),
    (10, 1, {"school-opdrachtgever": 11}),
    (2, 5, {"school-opdrachtgever": 7}),
    (1, 1, {"school-opdrachtgever": 2}),
    (2, 0, {"school": 2, "opdrachtgever": 0}),
    (0, 4, {"school": 0, "opdrachtgever": 4}),
    (2, None, {"school": 2}),
    (None, 2, {"opdrachtgever": 2}),
])
def test_school_and_client_become_one_where_one_is_small(
    school: int | None, client: int | None, found: dict[str, int]
) -> None:
    assert _merged(school, client, Minimums()) == {"collega": 4} | found


def test_a_raised_minimum_merges_sooner() -> None:
    assert _merged(4, 4, Minimums({"school": 5})) == {"collega": 4, "school-opdrachtgever": 8}


def test_the_merged_group_is_never_given_nor_a_group_twice() -> None:
    for codes in (["school-opdrachtgever"], ["collega", "collega"]):
        with pytest.raises(ValueError, match="each group once"):
            merged_where_small([same_rows(code, 3, "33") for code in codes])


def test_only_what_was_asked_alike_is_merged() -> None:
    with pytest.raises(ValueError, match="same competencies"):
        merged_where_small([same_rows("school", 3, "333"), same_rows("opdrachtgever", 1, "33")])
