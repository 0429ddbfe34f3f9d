"""The browser of the begeleider whose sheets they are."""

from __future__ import annotations

import pytest

from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> CheckedClient:
    log_in(client, begeleider)
    return client
