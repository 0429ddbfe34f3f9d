"""Tables of the tussenstand: every 10–13 weeks how it goes with each goal, and what changes."""

from __future__ import annotations

import datetime as dt
import enum
from typing import TypedDict

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.development.models import Goal, Plan
from app.people.models import Person


class Tile(enum.StrEnum):
    """How it goes with a goal, in one word."""

    STARTED = "op-gang"
    WELL = "gaat-goed"
    STUCK = "zit-vast"
    DONE = "klaar"


class Reaction(TypedDict):
    """What somebody wrote who was her partner before. `by`: a person, if it is known."""

    by: int | None
    text: str


class CheckIn(OfOrganisation, Base):
    """One tussenstand of a plan: her five answers, the reaction of whoever she shows it to, both confirmations.

    `partner_id`: to whom she showed it, and who confirmed it too. It is fixed once both confirmed (`fixed_at`).
    `revision` counts the changes; who changes anything before takes both confirmations back. `told_at`: when she last
    showed or saved it; of what came of korte vragen the other reads what was closed by then. `reaction` is of
    `partner_id`; what somebody before him wrote stays in `reactions_before`.
    """

    __tablename__ = "check_in"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    number: Mapped[int]                                     # 1 is the first of the plan
    begun_at: Mapped[dt.datetime]
    went_well: Mapped[str] = mapped_column(default="")      # wat ging goed
    better: Mapped[str] = mapped_column(default="")         # wat kan beter
    reached: Mapped[str] = mapped_column(default="")        # welke doelen bereikt, en welke niet
    yielded: Mapped[str] = mapped_column(default="")        # wat leverde het op, en voor wie
    next_up: Mapped[str] = mapped_column(default="")        # wat is het vervolg
    reaction: Mapped[str] = mapped_column(default="")
    reactions_before: Mapped[list[Reaction] | None] = mapped_column(JSON)
    revision: Mapped[int] = mapped_column(default=0)
    shared_at: Mapped[dt.datetime | None]                   # from then on the other can read it
    told_at: Mapped[dt.datetime | None]
    person_confirmed_at: Mapped[dt.datetime | None]
    partner_confirmed_at: Mapped[dt.datetime | None]
    fixed_at: Mapped[dt.datetime | None]

    plan: Mapped[Plan] = relationship(lazy="raise_on_sql")
    partner: Mapped[Person | None] = relationship(lazy="raise_on_sql")
    goals: Mapped[list[CheckInGoal]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")

    @property
    def person_id(self) -> int:
        """Whose it is; `plan` is loaded with it."""
        return self.plan.person_id

    @property
    def shown(self) -> bool:
        return self.shared_at is not None

    @property
    def fixed(self) -> bool:
        return self.fixed_at is not None

    @property
    def told_until(self) -> dt.datetime | None:
        """Until when what she knows is in it for the other too; None while it is hers alone."""
        return self.told_at or self.fixed_at or self.shared_at

    @property
    def held_at(self) -> dt.datetime:
        """The moment that counts for the rhythm: when she showed it, until then when she began."""
        return self.shared_at or self.begun_at


class CheckInGoal(OfOrganisation, Base):
    """How it goes with one goal at a tussenstand, and what changes."""

    __tablename__ = "check_in_goal"
    __table_args__ = (
        CheckConstraint("tile in ('op-gang', 'gaat-goed', 'zit-vast', 'klaar')", name="tile_known"),
    )

    check_in_id: Mapped[int] = mapped_column(ForeignKey("check_in.id", ondelete="CASCADE"), primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), primary_key=True)
    tile: Mapped[str | None]
    change: Mapped[str] = mapped_column(default="")

    goal: Mapped[Goal] = relationship(lazy="raise_on_sql")


class CheckInReminder(OfOrganisation, Base):
    """That she was mailed about the tussenstand of a plan that will have this number: once."""

    __tablename__ = "check_in_reminder"

    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    put_at: Mapped[dt.datetime]
