"""What the pages show of self-assessments. PURE."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from app.assessments.changes import Kept
from app.assessments.questionnaire import Answer
from app.competencies.catalog import Asked


@dataclass(frozen=True, slots=True)
class Running:
    """The self-assessment that somebody is busy with. `at` is where she goes on; None when nothing is left open."""

    id: int
    set_name: str
    started_at: dt.datetime
    saved_at: dt.datetime | None
    at: Asked | None
    pages_done: int
    pages: int
    minutes_left: int


@dataclass(frozen=True, slots=True)
class Finished:
    """A self-assessment that is fixed, and the measurement that was made from it."""

    id: int
    measurement_id: int
    set_name: str
    finished_at: dt.datetime
    competencies: int


@dataclass(frozen=True, slots=True)
class Question:
    """One page of a running self-assessment. `looked_back_at`: when this competency was measured before."""

    page: Asked
    aspect: str
    number: int
    complete: frozenset[int]
    minutes_left: int
    kept: Kept
    looked_back_at: dt.datetime | None


@dataclass(frozen=True, slots=True)
class Topic:
    """One line of the overview."""

    page: Asked
    answered: int
    cannot_say: int
    skipped: int
    remark: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """`go_on` is where to go on with what was not touched yet; None when there was something on every page.

    `unscored`: how many competencies have too few answers for a score.
    """

    topics: tuple[Topic, ...]
    go_on: Asked | None
    first_skipped: Asked | None
    minutes_left: int
    unscored: int

    @property
    def skipped(self) -> int:
        return sum(topic.skipped for topic in self.topics)

    @property
    def mostly_open(self) -> bool:
        """Whether more than half of the statements has no answer."""
        return 2 * self.skipped > sum(len(topic.page.indicators) for topic in self.topics)


@dataclass(frozen=True, slots=True)
class ReadTopic:
    """One competency of a finished self-assessment, as its maker left it."""

    page: Asked
    answers: Mapping[str, Answer]
    remark: str
    look_back: int | None
