"""At least k+1 people per group, or nobody."""

from __future__ import annotations

import pytest

from app.measurement.scale import Group
from app.rounds.minimums import Shortfall, shortfalls

K = {Group.COLLEAGUE: 3, Group.SCHOOL: 3, Group.CLIENT: 3, Group.PARENT: 3, Group.PUPIL: 5}


@pytest.mark.parametrize(("asked", "short"), [
    ({}, []),
    ({Group.COLLEAGUE: 4, Group.SCHOOL: 4, Group.CLIENT: 4, Group.PARENT: 4, Group.PUPIL: 6}, []),
    ({Group.COLLEAGUE: 3}, [(Group.COLLEAGUE, 1)]),
    ({Group.COLLEAGUE: 1, Group.PUPIL: 5}, [(Group.COLLEAGUE, 3), (Group.PUPIL, 1)]),
    ({Group.CLIENT: 2}, [(Group.CLIENT, 2)]),
    ({Group.SCHOOL: 3, Group.CLIENT: 1}, []),
    ({Group.SCHOOL: 6, Group.CLIENT: 1}, []),
    ({Group.SCHOOL: 1, Group.CLIENT: 6}, []),
    ({Group.SCHOOL: 2, Group.CLIENT: 1}, [(Group.SCHOOL_AND_CLIENT, 1)]),
    ({Group.PARENT: 3, Group.TEAM_LEAD: 1}, [(Group.PARENT, 1)]),
])
def test_which_groups_are_too_small(asked: dict[str, int], short: list[tuple[str, int]]) -> None:
    assert shortfalls(asked, K, small_circle=False) == tuple(Shortfall(*one) for one in short)


@pytest.mark.parametrize(("asked", "short"), [
    ({Group.COLLEAGUE: 1, Group.SCHOOL: 2, Group.CLIENT: 1}, []),
    ({Group.COLLEAGUE: 1, Group.SCHOOL: 1}, [(Group.SMALL_CIRCLE, 2)]),
    ({Group.COLLEAGUE: 4, Group.PARENT: 2}, [(Group.PARENT, 2)]),
])
def test_a_small_circle_counts_all_adults_together(asked: dict[str, int], short: list[tuple[str, int]]) -> None:
    assert shortfalls(asked, K, small_circle=True) == tuple(Shortfall(*one) for one in short)


def test_the_strictest_minimum_holds_for_people_who_are_merged() -> None:
    raised = {**K, Group.CLIENT: 4}
    assert shortfalls({Group.SCHOOL: 3, Group.CLIENT: 1}, raised, small_circle=False) == (
        Shortfall(Group.SCHOOL_AND_CLIENT, 1),)
    assert shortfalls({Group.COLLEAGUE: 4}, raised, small_circle=True) == (Shortfall(Group.SMALL_CIRCLE, 1),)


def test_groups_that_are_not_asked_are_not_counted() -> None:
    assert shortfalls({Group.PUPIL: 2}, {Group.COLLEAGUE: 3}, small_circle=False) == ()
