"""Tables of conversations. A niveau is agreed here, with the anchors beside it, and never computed."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.people.models import Person
from app.rounds.models import RoundSubject


class Conversation(OfOrganisation, Base):
    """A conversation of a begeleider (`person_id`) with whoever leads her or is her gesprekspartner (`partner_id`).

    About one part of a round, or about none. It is fixed once both confirmed (`fixed_at`): after that there are only
    additions. Whoever changes anything before takes both confirmations back. `revision` counts the changes.
    `called_off_at`: it does not take place; only its day stays for a while, so that a calendar can take it out.
    `thanks`: what she sent afterwards to everyone who was asked.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        UniqueConstraint("round_subject_id"),
        CheckConstraint("person_id <> partner_id", name="two_people"),
        CheckConstraint("fixed_at is null or called_off_at is null", name="held_or_called_off"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    round_subject_id: Mapped[int | None] = mapped_column(ForeignKey("round_subject.id", ondelete="SET NULL"))
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    planned_at: Mapped[dt.datetime | None]
    place: Mapped[str] = mapped_column(default="")
    notes: Mapped[str] = mapped_column(default="")
    appointments: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=0)
    person_confirmed_at: Mapped[dt.datetime | None]
    partner_confirmed_at: Mapped[dt.datetime | None]
    fixed_at: Mapped[dt.datetime | None]
    called_off_at: Mapped[dt.datetime | None]
    thanked_at: Mapped[dt.datetime | None]
    thanks: Mapped[str] = mapped_column(default="")

    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    partner: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[partner_id])
    part: Mapped[RoundSubject | None] = relationship(lazy="raise_on_sql")
    preparations: Mapped[list[Preparation]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    levels: Mapped[list[AgreedLevel]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")
    additions: Mapped[list[Addition]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="Addition.id"
    )

    @property
    def fixed(self) -> bool:
        return self.fixed_at is not None

    @property
    def called_off(self) -> bool:
        return self.called_off_at is not None

    def other(self, person_id: int) -> Person:
        """Of the two the one who is not this person."""
        return self.partner if person_id == self.person_id else self.person


class Preparation(OfOrganisation, Base):
    """What one of the two wrote beforehand; the other sees it once it is `shared`."""

    __tablename__ = "conversation_preparation"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    recognise: Mapped[str] = mapped_column(default="")
    surprises: Mapped[str] = mapped_column(default="")
    want: Mapped[str] = mapped_column(default="")
    shared: Mapped[bool] = mapped_column(default=False)


class AgreedLevel(OfOrganisation, Base):
    """The niveau (1–5) that both agree on for one aspect or role; it counts once the conversation is fixed.

    `kind`: 'aspect' or 'role'. The history of a niveau is the rows of the fixed conversations.
    """

    __tablename__ = "agreed_level"
    __table_args__ = (
        CheckConstraint("level between 1 and 5", name="level_range"),
        CheckConstraint("kind in ('aspect', 'role')", name="kind_known"),
    )

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[int]


class Addition(OfOrganisation, Base):
    """Something added after a conversation was fixed; it stays as it is."""

    __tablename__ = "conversation_addition"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    text: Mapped[str]
    added_at: Mapped[dt.datetime]
