"""What the start page says of a plan that lies before both."""

from __future__ import annotations

import pytest
from flask import Flask

from app.measurement.scale import Group
from tests.profiles.released import release, rich
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import make_goal, make_plan

CONFIRM = "Je ontwikkelplan ligt voor jullie allebei klaar."


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    make_goal(app, begeleider)
    return browser_of(app, begeleider)


def start(client: CheckedClient) -> str:
    return client.get("/start").text


def test_a_plan_that_was_reopened_asks_for_her_confirmation(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient
) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    assert CONFIRM not in start(jet)
    jet.send(f"/ontwikkelplan/van/{plan_id}/heropen", {"why": "Een ander traject."})
    assert CONFIRM in start(jet)
    jet.submit(jet.get("/ontwikkelplan"), to=f"/ontwikkelplan/van/{plan_id}/bevestig")
    assert CONFIRM not in start(jet)


def test_a_plan_that_waits_for_a_conversation_does_not(
    app: Flask, begeleider: Persona, teamleider: Persona, jet: CheckedClient
) -> None:
    make_plan(app, begeleider, teamleider)
    assert CONFIRM in start(jet)
    release(app, teamleider, begeleider, [rich(Group.SCHOOL, "VM1", 6, 2.8, {"VM1.1": 2.8})])
    assert CONFIRM not in start(jet)
