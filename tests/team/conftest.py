"""A team to look at."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.pages import CheckedClient, browser_of
from tests.support.teams import MadeTeam, make_measured_team


@pytest.fixture
def team(app: Flask) -> MadeTeam:
    return make_measured_team(app)


@pytest.fixture
def lead(app: Flask, team: MadeTeam) -> CheckedClient:
    """The browser of whoever leads it."""
    return browser_of(app, team.lead)
