"""Whether the roles are secured: the words, who closes a gap, and who leaves."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.measurement.coverage import (
    Colleague,
    Coverage,
    Leaving,
    RoleAsked,
    RoleCoverage,
    RoleWord,
    coverage,
    leavings,
)

CONTROLLER = RoleAsked("controller", "derde")
COACH = RoleAsked("coach", "eerste", ("gesprek", "reflectie"))
ROLES = (COACH, CONTROLLER)


def team(*niveaus: int | None, aiming: tuple[int, ...] = ()) -> list[Colleague]:
    """People 0, 1, … with these agreed niveaus as controller; some of them have a goal for it."""
    return [Colleague(person, {} if niveau is None else {"controller": niveau}, {},
                      frozenset({"controller"} if person in aiming else ()))
            for person, niveau in enumerate(niveaus)]


@pytest.mark.parametrize(("niveaus", "word"), [
    ((), Coverage.UNDISCUSSED), ((None, None), Coverage.UNDISCUSSED),
    ((2, None, 1), Coverage.UNCOVERED), ((3, 2, None), Coverage.VULNERABLE), ((5,), Coverage.VULNERABLE),
    ((3, 3), Coverage.COVERED), ((4, 5, 1, None), Coverage.COVERED),
])
def test_the_words(niveaus: tuple[int | None, ...], word: Coverage) -> None:
    (found,) = coverage([CONTROLLER], team(*niveaus))
    assert found.word is word
    assert found.holders == tuple(person for person, niveau in enumerate(niveaus) if niveau and niveau >= 3)


def test_the_roles_of_the_derde_professionaliteit_come_first() -> None:
    assert [one.role for one in coverage(ROLES, [])] == ["controller", "coach"]


def test_who_is_one_niveau_away_and_has_it_as_a_goal_closes_the_gap() -> None:
    people = team(3, 2, 2, 1, None, aiming=(1, 3, 4))
    assert coverage([CONTROLLER], people) == (RoleCoverage("controller", Coverage.VULNERABLE, (0,), (1,)),)
    covered = [*people, Colleague(9, {"controller": 3}, {})]
    assert coverage([CONTROLLER], covered) == (RoleCoverage("controller", Coverage.COVERED, (0, 9), ()),)


@pytest.mark.parametrize(("aspects", "niveau"), [
    ({"gesprek": 4, "reflectie": 3}, 3), ({"gesprek": 4, "reflectie": 2}, 2), ({"gesprek": 4}, None), ({}, None),
])
def test_another_role_is_held_through_its_aspects(aspects: dict[str, int], niveau: int | None) -> None:
    assert Colleague(1, {"coach": 5}, aspects).niveau(COACH) == niveau


def test_what_happens_when_one_person_leaves() -> None:
    people = [Colleague(1, {"controller": 3}, {"gesprek": 4, "reflectie": 3}), Colleague(2, {"controller": 4}, {}),
              Colleague(3, {"controller": 1}, {})]
    assert leavings(ROLES, people) == (
        Leaving(1, (RoleWord("controller", Coverage.VULNERABLE), RoleWord("coach", Coverage.UNDISCUSSED))),
        Leaving(2, (RoleWord("controller", Coverage.VULNERABLE),)),
    )


@given(st.lists(st.one_of(st.none(), st.integers(1, 5)), max_size=8))
def test_leaving_is_the_coverage_of_who_is_left(niveaus: list[int | None]) -> None:
    people = team(*niveaus)
    (now,) = coverage([CONTROLLER], people)
    found = {leaving.person: leaving.changes for leaving in leavings([CONTROLLER], people)}
    for one in people:
        (then,) = coverage([CONTROLLER], [other for other in people if other is not one])
        changed = () if then.word is now.word else (RoleWord("controller", then.word),)
        assert found.get(one.person, ()) == changed
