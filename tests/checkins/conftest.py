"""A plan that runs, of the begeleider with her teamleider, and the browsers of both."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import MadeGoal, make_goal, make_plan


@pytest.fixture
def goal(app: Flask, begeleider: Persona) -> MadeGoal:
    return make_goal(app, begeleider)


@pytest.fixture
def plan_id(app: Flask, begeleider: Persona, teamleider: Persona, goal: MadeGoal) -> int:
    return make_plan(app, begeleider, teamleider, running=True)


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    return browser_of(app, teamleider)
