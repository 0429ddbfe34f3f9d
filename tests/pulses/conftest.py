"""The begeleider with a goal, her teamleider who approves, and a browser of each."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.pulses import let_begin
from tests.support.records import make_goal


@pytest.fixture
def goal_id(app: Flask, begeleider: Persona) -> int:
    let_begin(app, begeleider.organisation_id)
    return make_goal(app, begeleider).goal_id


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    return browser_of(app, teamleider)
