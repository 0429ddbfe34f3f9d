"""Tables of who is asked: rounds, their subjects and the invitations. Nothing here knows what anybody answered."""

from __future__ import annotations

import datetime as dt
import secrets

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.assessments.models import Measurement, SelfAssessment
from app.db import Base, OfOrganisation
from app.people.models import Person
from app.rounds.lifecycle import Kind


class RoundSettings(OfOrganisation, Base):
    """How a dienst holds its rounds. `contact`: where somebody who is asked can turn to, as it stands in the mails.

    `keep_answers_days`: so long after the release the sent sheets are kept (0–180), then they are destroyed.
    `lead_reads_after_days`: so many days after the release the teamleider may read a profile (0–28).
    """

    __tablename__ = "round_settings"
    __table_args__ = (
        UniqueConstraint("organisation_id"),
        CheckConstraint("keep_answers_days between 0 and 180", name="keep_answers_range"),
        CheckConstraint("lead_reads_after_days between 0 and 28", name="lead_reads_after_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    contact: Mapped[str] = mapped_column(default="")
    begeleiders_start: Mapped[bool] = mapped_column(default=False)
    keep_answers_days: Mapped[int] = mapped_column(default=30)
    lead_reads_after_days: Mapped[int] = mapped_column(default=0)


class SchoolHoliday(OfOrganisation, Base):
    """A school holiday: no round closes in it. Both days included."""

    __tablename__ = "school_holiday"
    __table_args__ = (CheckConstraint("first_day <= last_day", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    first_day: Mapped[dt.date]
    last_day: Mapped[dt.date]


class Round(OfOrganisation, Base):
    """A feedbackronde or, by its `kind`, a korte vraag. `state` is a value of lifecycle.State.

    Days are days in the Netherlands: people may be chosen through `choose_until`, invitations leave on `opens_on`,
    answers are taken through `closes_on`. `reminder_days`: so many days after somebody's invitation, at most two;
    `reminded_on`: through which day that was seen to, which says nothing about anybody.
    `own_initiative`: a begeleider began it about herself. `framework_version_id` is pinned when people are chosen.
    """

    __tablename__ = "round"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="named"),
        CheckConstraint("kind in ('full', 'pulse')", name="kind_known"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(default=Kind.FULL)
    name: Mapped[str]
    purpose: Mapped[str]
    state: Mapped[str] = mapped_column(default="concept", index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    created_at: Mapped[dt.datetime]
    own_initiative: Mapped[bool] = mapped_column(default=False)
    choose_until: Mapped[dt.date]
    opens_on: Mapped[dt.date]
    closes_on: Mapped[dt.date]
    reminder_days: Mapped[list[int]] = mapped_column(JSON)
    reminded_on: Mapped[dt.date | None]
    small_circle: Mapped[bool] = mapped_column(default=False)
    lead_reads_comments: Mapped[bool] = mapped_column(default=True)
    opened_at: Mapped[dt.datetime | None]
    closed_at: Mapped[dt.datetime | None]

    groups: Mapped[list[RoundGroup]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    subjects: Mapped[list[RoundSubject]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", back_populates="round"
    )

    @property
    def is_pulse(self) -> bool:
        return self.kind == Kind.PULSE


class RoundGroup(OfOrganisation, Base):
    """A rater group that is asked in a round: with which questions, its k, and how many it is wise to ask."""

    __tablename__ = "round_group"

    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"), primary_key=True)
    rater_group: Mapped[str] = mapped_column(primary_key=True)
    question_set: Mapped[str]
    minimum: Mapped[int]
    advice: Mapped[int]


class RoundSubject(OfOrganisation, Base):
    """One person's part of a round: whom she chose, who approved it, and the measurement that came out of it.

    `choice_sent_at`: when she gave her choice to whoever approves it. `self_assessment_id`: the one whose cells were
    copied at the closing. `released_at`: from then on the measurement may be read by its subject, and by whoever may
    approve her choice from the day `lead_reads_from` on. `comments_kept`: she keeps what people wrote to herself.
    """

    __tablename__ = "round_subject"
    __table_args__ = (UniqueConstraint("round_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id", ondelete="CASCADE"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    choice_sent_at: Mapped[dt.datetime | None]
    approved_at: Mapped[dt.datetime | None]
    approved_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    self_assessment_id: Mapped[int | None] = mapped_column(ForeignKey("self_assessment.id", ondelete="SET NULL"))
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id", ondelete="SET NULL"), unique=True)
    released_at: Mapped[dt.datetime | None]
    lead_reads_from: Mapped[dt.date | None]
    comments_kept: Mapped[bool] = mapped_column(default=False)

    round: Mapped[Round] = relationship(lazy="raise_on_sql", back_populates="subjects")
    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    self_assessment: Mapped[SelfAssessment | None] = relationship(lazy="raise_on_sql")
    measurement: Mapped[Measurement | None] = relationship(lazy="raise_on_sql")
    invitations: Mapped[list[Invitation]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", back_populates="subject"
    )


class Invitation(OfOrganisation, Base):
    """Somebody who is (to be) asked about one subject. The link is derived from `public_id` and `renewal`.

    `state` is a value of invitations.State. `email` is None for a sheet that is handed out. `person_id`: a colleague
    of the dienst. `question_set`: which of the group's wordings she gets. `invited_on`: the day its link was given out
    first. `answered` is true from the sending on, and None once the round is closed: then nobody needs to know any
    more. `bounced`: why a mail to the address did not arrive. No moment is kept of anything that a rater does.
    """

    __tablename__ = "invitation"
    __table_args__ = (
        Index("uq_invitation_email", "round_subject_id", "email", unique=True),
        Index("ix_invitation_address", "organisation_id", "email"),
        Index("ix_invitation_of_part", "organisation_id", "round_subject_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=lambda: secrets.token_urlsafe(16))
    round_subject_id: Mapped[int] = mapped_column(ForeignKey("round_subject.id", ondelete="CASCADE"))
    rater_group: Mapped[str]
    relation: Mapped[str]
    question_set: Mapped[str]
    name: Mapped[str]
    email: Mapped[str | None]
    school: Mapped[str] = mapped_column(default="")
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"), index=True)
    critical_friend: Mapped[bool] = mapped_column(default=False)
    added_by_approver: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(default="proposed")
    renewal: Mapped[int] = mapped_column(default=0)
    invited_on: Mapped[dt.date | None]
    answered: Mapped[bool | None] = mapped_column(default=False)
    decline_reason: Mapped[str | None]
    bounced: Mapped[str | None]

    subject: Mapped[RoundSubject] = relationship(lazy="raise_on_sql", back_populates="invitations")
