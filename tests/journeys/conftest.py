"""What the journeys share."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask

from tests.assessments import acts


@pytest.fixture
def stored(app: Flask) -> Callable[[int], acts.Stored]:
    """What stands in the database of a self-assessment."""
    return lambda assessment_id: acts.stored(app, assessment_id)
