"""What somebody's start page says of trainings. PURE."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Waiting:
    """A session about which somebody can do something. `by`: who proposed it, or empty; `until`: her last day to
    evaluate it.
    """

    session_id: int
    title: str
    by: str = ""
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """A session that somebody goes to. `at`: when the next of its days begins, None while it has none yet."""

    session_id: int
    title: str
    at: dt.datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class ForStart:
    """The first of what was proposed to her, and of what she can evaluate; and where she goes, the soonest first."""

    proposal: Waiting | None = None
    evaluation: Waiting | None = None
    ahead: tuple[Ahead, ...] = ()
