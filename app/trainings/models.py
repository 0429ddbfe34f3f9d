"""Tables of the aanbod: trainings, the sessions in which they are given, who goes, and what they thought of it."""

from __future__ import annotations

import datetime as dt
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation, keep_no_statistics
from app.people.models import Person
from app.rating.models import WITHOUT_ORDER, random_key
from app.trainings.lifecycle import EnrolmentState, SessionState


class Training(OfOrganisation, Base):
    """Something that one can learn from, as the dienst offers it. Retired, never deleted, once it was in use.

    `form`: a key of the seed file's forms. Costs in whole euros: per closed group, per open place, or both; none where
    that form does not exist. `level_from` and `level_to`: niveaus 1–5. `afterwards`: what makes it stay.
    """

    __tablename__ = "training"
    __table_args__ = (
        UniqueConstraint("organisation_id", "code"),
        CheckConstraint("length(title) > 0", name="titled"),
        CheckConstraint("hours between 1 and 400", name="hours_range"),
        CheckConstraint("cost_group between 0 and 1000000", name="cost_group_range"),
        CheckConstraint("cost_person between 0 and 100000", name="cost_person_range"),
        CheckConstraint("cost_group is not null or cost_person is not null", name="priced"),
        CheckConstraint("places_min between 1 and places_max", name="places_range"),
        CheckConstraint("level_from between 1 and level_to and level_to <= 5", name="level_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str]
    title: Mapped[str]
    form: Mapped[str]
    provider: Mapped[str] = mapped_column(default="")
    description: Mapped[str] = mapped_column(default="")
    afterwards: Mapped[str] = mapped_column(default="")
    hours: Mapped[int]
    cost_group: Mapped[int | None]
    cost_person: Mapped[int | None]
    places_min: Mapped[int]
    places_max: Mapped[int]
    level_from: Mapped[int]
    level_to: Mapped[int]
    retired_at: Mapped[dt.datetime | None]

    competencies: Mapped[list[TrainingCompetency]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="TrainingCompetency.competency_code"
    )


class TrainingCompetency(OfOrganisation, Base):
    """What a training is about."""

    __tablename__ = "training_competency"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True, index=True)


class Given(TypedDict):
    """What was given at a session. `hours`: with what comes before and after it."""

    title: str
    provider: str
    description: str
    hours: int


class TrainingSession(OfOrganisation, Base):
    """One time that a training is given, in one or more meetings. `places`: at most so many go.

    `held_as`: what the training was when it was held, whatever it becomes: a certificate does not change.

    `cost`: what it costs the dienst in whole euros, with everybody in it; at most all places at the highest price.
    `evaluate_until`: through this day whoever came can say what she thought; what they said is shown after it, once.
    """

    __tablename__ = "training_session"
    __table_args__ = (
        CheckConstraint("places between 1 and 500", name="places_range"),
        CheckConstraint("cost between 0 and 50000000", name="cost_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), index=True)
    state: Mapped[str] = mapped_column(default=SessionState.PLANNED)
    place: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    places: Mapped[int]
    cost: Mapped[int] = mapped_column(default=0)
    evaluate_until: Mapped[dt.date | None]
    held_as: Mapped[Given | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=0)        # counts the changes of what stands in a calendar
    created_at: Mapped[dt.datetime]

    training: Mapped[Training] = relationship(lazy="raise_on_sql")
    meetings: Mapped[list[Meeting]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Meeting.begins_at"
    )
    enrolments: Mapped[list[Enrolment]] = relationship(lazy="raise_on_sql", back_populates="session")

    @property
    def given(self) -> Given:
        """As it was held; until then as the training is now, which is loaded with it."""
        now = self.training
        return self.held_as or {
            "title": now.title, "provider": now.provider, "description": now.description, "hours": now.hours}


class Meeting(OfOrganisation, Base):
    """One meeting of a session."""

    __tablename__ = "training_meeting"
    __table_args__ = (CheckConstraint("begins_at < ends_at", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), index=True)
    begins_at: Mapped[dt.datetime]
    ends_at: Mapped[dt.datetime]


class Enrolment(OfOrganisation, Base):
    """One person and one session: proposed to her by whoever leads her, or chosen by herself.

    Only she and whoever leads her know of a proposal; HR sees her name from the moment she signs up. `waits_since`
    orders the waiting list. `evaluated`: she said what she thought, never what; forgotten when the evaluation closes.
    `evidence_id`: what her dossier was given for being there, as long as she keeps it.
    """

    __tablename__ = "enrolment"
    __table_args__ = (UniqueConstraint("session_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(default=EnrolmentState.PROPOSED)
    proposed_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    waits_since: Mapped[dt.datetime | None]
    changed_at: Mapped[dt.datetime]
    evaluated: Mapped[bool] = mapped_column(default=False)
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id", ondelete="SET NULL"), index=True)

    session: Mapped[TrainingSession] = relationship(lazy="raise_on_sql", back_populates="enrolments")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])

    @property
    def subject_id(self) -> int:
        return self.person_id


class EvaluationEnvelope(OfOrganisation, Base):
    """The scores, or the words, of one of those who came, sealed until the evaluation closes; see envelopes.py.

    Whoever answers has one of each `kind`, and nothing ties the two, or either to her: no name, day or order.
    """

    __tablename__ = "training_envelope"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    box: Mapped[bytes] = mapped_column(LargeBinary)


class EvaluationOutcome(OfOrganisation, Base):
    """What came of the evaluation of a session, once it is closed; `answers` and `sums` (per statement) are None of
    fewer than five answers, be they four or none.
    """

    __tablename__ = "training_outcome"

    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), primary_key=True)
    answers: Mapped[int | None]
    sums: Mapped[list[int] | None] = mapped_column(JSON(none_as_null=True))


class EvaluationRemark(OfOrganisation, Base):
    """What one of at least five people wrote about a session; never tied to scores, in no order."""

    __tablename__ = "training_remark"
    __table_args__ = WITHOUT_ORDER

    id: Mapped[bytes] = mapped_column(LargeBinary(16), primary_key=True, default=random_key)
    session_id: Mapped[int] = mapped_column(ForeignKey("training_session.id", ondelete="CASCADE"), index=True)
    text: Mapped[str]


keep_no_statistics(EvaluationEnvelope, "box")
keep_no_statistics(EvaluationRemark, "text")
