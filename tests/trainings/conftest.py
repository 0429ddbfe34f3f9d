"""The browsers of HR and of who chooses, and a dienst with the first trainings."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, browser_of
from tests.support.trainings import give_first_trainings


@pytest.fixture
def offering(app: Flask, organisation_id: int) -> int:
    """The organisation, with the trainings that it begins with."""
    give_first_trainings(app, organisation_id)
    return organisation_id


@pytest.fixture
def hilde(app: Flask, hr: Persona) -> CheckedClient:
    """HR."""
    return browser_of(app, hr)


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> CheckedClient:
    """A begeleider."""
    log_in(client, begeleider)
    return client
