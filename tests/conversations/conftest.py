"""The browsers of the two who talk."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of


@pytest.fixture
def jet(app: Flask, begeleider: Persona) -> CheckedClient:
    return browser_of(app, begeleider)


@pytest.fixture
def tom(app: Flask, teamleider: Persona) -> CheckedClient:
    return browser_of(app, teamleider)
