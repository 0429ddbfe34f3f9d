"""Moments that a test chooses: time that stands still, and a served application in which a year takes a minute."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
import time_machine
from flask import Flask

from app.web.formats import as_if


def stopped(moment: dt.datetime) -> object:
    """A fixture in which it is this moment until the test shifts it: `clock = stopped(MONDAY)`, `clock.shift(DAY)`."""

    @pytest.fixture
    def clock() -> Iterator[time_machine.Traveller]:
        with time_machine.travel(moment, tick=False) as traveller:
            yield traveller

    return clock


def beginning(moment: dt.datetime) -> object:
    """A fixture for a journey through an application that is served from this moment on."""

    @pytest.fixture
    def clock(app: Flask) -> Clock:
        return Clock(app, moment)

    return clock


class Clock:
    """Answers every request as if it is that moment, from which time goes on. Cookies live in real time."""

    def __init__(self, app: Flask, moment: dt.datetime) -> None:
        self.app = app
        self.set(moment)

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        with self.here():
            return self.app(environ, start_response)

    def set(self, moment: dt.datetime) -> None:
        self.began, self.since = moment, time.monotonic()

    def here(self) -> AbstractContextManager[None]:
        """For what the test itself does in that time, or a worker."""
        return as_if(self.began + dt.timedelta(seconds=time.monotonic() - self.since))
