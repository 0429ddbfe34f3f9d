"""Whatever is typed or sent, the answer is an answer: stored, or told what is wrong, never a failure."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.development.support import NEW, PLAN, VM1, form_data, goal_in, goals_in, make_goal
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
NAMES = tuple(form_data())
LOOSE = st.dictionaries(st.sampled_from(NAMES), st.one_of(ANYTHING, st.lists(ANYTHING, max_size=4)))
RELAXED = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


@RELAXED
@given(said=LOOSE, others=st.sampled_from([{}, form_data()]))
def test_any_form_is_answered(
    app: Flask, client: CheckedClient, begeleider: Persona, said: dict[str, Any], others: dict[str, Any]
) -> None:
    log_in(client, begeleider)
    answer = client.send(f"{NEW}?competentie={VM1}", others | said)
    assert answer.status_code in (303, 409, 422)
    assert client.get(PLAN).status_code == 200
    for goal in goals_in(app, begeleider)[-1:]:
        assert client.get(f"{PLAN}/doelen/{goal.id}").status_code == 200


@RELAXED
@given(own=ANYTHING, codes=st.lists(st.one_of(ANYTHING, st.sampled_from(["vm-meekijken", "vm-scholing"])), max_size=3))
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_any_actions_are_answered(
    app: Flask, client: CheckedClient, begeleider: Persona, own: str, codes: list[str]
) -> None:
    log_in(client, begeleider)
    goal_id = make_goal(app, begeleider)
    answer = client.send(f"{PLAN}/doelen/{goal_id}/acties", {"own": own, "library": codes})
    assert answer.status_code in (303, 422)
    assert 1 <= len(goal_in(app, goal_id).actions) <= 12


@RELAXED
@given(slug=ANYTHING, number=ANYTHING)
@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_any_address_is_answered(client: CheckedClient, begeleider: Persona, slug: str, number: str) -> None:
    log_in(client, begeleider)
    answer = client.get(NEW, query_string={"competentie": slug, "meting": number})
    assert answer.status_code == 404
