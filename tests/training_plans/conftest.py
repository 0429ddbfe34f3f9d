"""The browser of HR, and a dienst with figures and trainings."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.training_plans import Dienst, make_dienst


@pytest.fixture
def dienst(app: Flask, organisation_id: int) -> Dienst:
    return make_dienst(app, organisation_id)


@pytest.fixture
def hilde(app: Flask, hr: Persona) -> CheckedClient:
    """HR."""
    return browser_of(app, hr)
