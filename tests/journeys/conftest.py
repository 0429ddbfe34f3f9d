"""What the journeys share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from tests.assessments import acts


@pytest.fixture
def stored(app: Flask) -> Callable[[int], acts.Stored]:
    """What stands in the database of a self-assessment."""
    return lambda assessment_id: acts.stored(app, assessment_id)


@pytest.fixture
def served(app: Flask, request: pytest.FixtureRequest) -> Callable[..., Any]:
    """What `windows` look at: the application at the time of the journey's `clock`, where there is one."""
    return request.getfixturevalue("clock") if "clock" in request.fixturenames else app
