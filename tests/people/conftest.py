"""The beheerder signed in."""

import pytest

from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient


@pytest.fixture
def signed_in(client: CheckedClient, beheerder: Persona) -> CheckedClient:
    log_in(client, beheerder)
    return client
