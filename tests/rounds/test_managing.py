"""Whose round it is to change."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from app.access import Actor, Role, can_manage_round


@dataclass(frozen=True)
class Planned:
    organisation_id: int = 1
    created_by_id: int | None = 7
    own_initiative: bool = False


@pytest.mark.parametrize(
    ("roles", "person_id", "planned", "may"),
    [
        ({Role.TEAMLEIDER}, 7, Planned(), True),
        ({Role.TEAMLEIDER}, 8, Planned(), False),
        ({Role.BEGELEIDER}, 7, Planned(), False),       # planned it when she still led a team
        ({Role.BEGELEIDER}, 7, Planned(own_initiative=True), True),
        ({Role.BEGELEIDER}, 8, Planned(own_initiative=True), False),
        ({Role.BEHEERDER}, 8, Planned(created_by_id=None), True),
        ({Role.BEHEERDER}, 8, Planned(organisation_id=2), False),
        ({Role.HR}, 8, Planned(), False),
    ],
)
def test_who_manages_a_round(roles: set[Role], person_id: int, planned: Planned, may: bool) -> None:
    assert can_manage_round(Actor(person_id, 1, frozenset(roles), frozenset()), planned) is may
