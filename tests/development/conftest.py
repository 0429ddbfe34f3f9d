"""The browsers of the two who make a plan."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, browser_of


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> CheckedClient:
    """Of she whose plan it is."""
    log_in(client, begeleider)
    return client


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    """Of whoever accompanies her."""
    return browser_of(app, teamleider)
