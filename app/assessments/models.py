"""Tables of self-assessments, measurements and cells."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.competencies.models import FrameworkVersion
from app.db import Base, OfOrganisation


class SelfAssessment(OfOrganisation, Base):
    """One zelfbeeld. While it runs its answers are rows of `self_answer`; finishing packs them into `answers`.

    `answers` maps an indicator's code to a score 1–5, or for 'kan ik niet zeggen' to a reason or NO_REASON.
    """

    __tablename__ = "self_assessment"
    __table_args__ = (
        CheckConstraint("(finished_at is null) = (answers is null)", name="packed_when_finished"),
        Index("uq_self_assessment_running", "person_id", unique=True,
              sqlite_where=text("finished_at is null"), postgresql_where=text("finished_at is null")),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    question_set: Mapped[str]
    started_at: Mapped[dt.datetime]
    saved_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    answers: Mapped[dict[str, int | str] | None] = mapped_column(JSON(none_as_null=True))

    framework_version: Mapped[FrameworkVersion] = relationship(lazy="raise_on_sql")


class SelfAnswer(OfOrganisation, Base):
    """One answer of a running self-assessment: a score, or a reason why it cannot be said."""

    __tablename__ = "self_answer"
    __table_args__ = (
        CheckConstraint("score between 1 and 5", name="score_range"),
        CheckConstraint("(score is null) <> (cannot_say is null)", name="score_or_reason"),
    )

    assessment_id: Mapped[int] = mapped_column(ForeignKey("self_assessment.id", ondelete="CASCADE"), primary_key=True)
    indicator_code: Mapped[str] = mapped_column(primary_key=True)
    score: Mapped[int | None]
    cannot_say: Mapped[str | None]


class SelfNote(OfOrganisation, Base):
    """What goes with one competency of a self-assessment: a remark, the look back, and the page's revision.

    `look_back` (1–5): how often it was done at the time of the previous self-assessment, seen from now.
    `revision` counts what was saved on this competency, so that a page that is behind can be told.
    """

    __tablename__ = "self_note"
    __table_args__ = (CheckConstraint("look_back between 1 and 5", name="look_back_range"),)

    assessment_id: Mapped[int] = mapped_column(ForeignKey("self_assessment.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True)
    remark: Mapped[str] = mapped_column(default="")
    look_back: Mapped[int | None]
    revision: Mapped[int] = mapped_column(default=0)


class Measurement(OfOrganisation, Base):
    """One closed measurement of one subject. Frozen: its cells are made once and never recomputed.

    Made from one self-assessment, or else from one person's part of a round, which knows it as its measurement.
    """

    __tablename__ = "measurement"

    id: Mapped[int] = mapped_column(primary_key=True)
    subject_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    self_assessment_id: Mapped[int | None] = mapped_column(
        ForeignKey("self_assessment.id", ondelete="CASCADE"), unique=True
    )
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    question_set: Mapped[str]
    closed_at: Mapped[dt.datetime]
    cells: Mapped[list[StoredCell]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class StoredCell(OfOrganisation, Base):
    """The base figures of one competency in one rater group, as published (measurement.md §3).

    `item_code`: a competency, for parents and pupils a theme. `indicator_means` is empty for a thin cell. Scores on the
    scale 1–5 (pupils 1–3), rounded once, at closing. `spread` and `agreement` as in measurement.scoring.Cell.
    """

    __tablename__ = "cell"

    measurement_id: Mapped[int] = mapped_column(ForeignKey("measurement.id", ondelete="CASCADE"), primary_key=True)
    rater_group: Mapped[str] = mapped_column(primary_key=True)
    item_code: Mapped[str] = mapped_column(primary_key=True)
    raters: Mapped[int]
    mean: Mapped[float]
    indicator_means: Mapped[dict[str, float]] = mapped_column(JSON)
    spread: Mapped[float | None]
    agreement: Mapped[str | None]
