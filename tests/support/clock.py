"""A served application at a moment that the test chooses: a year in a browser takes a minute."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import Any

from flask import Flask

from app.web.formats import as_if


class Clock:
    """Answers every request as if it is that moment, from which time goes on. Cookies live in real time."""

    def __init__(self, app: Flask, moment: dt.datetime) -> None:
        self.app = app
        self.set(moment)

    def __call__(self, environ: Any, start_response: Any) -> Iterator[bytes]:
        with self.here():
            return self.app(environ, start_response)

    def set(self, moment: dt.datetime) -> None:
        self.began, self.since = moment, time.monotonic()

    def here(self) -> AbstractContextManager[None]:
        """For what the test itself does in that time, or a worker."""
        return as_if(self.began + dt.timedelta(seconds=time.monotonic() - self.since))
