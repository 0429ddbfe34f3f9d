"""Tables of goals, their actions, and the library that actions are chosen from."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.development.lifecycle import GoalState as GoalState


class LibraryAction(Base):
    """An action to choose from, as validated from seed/. What disappeared there is retired, never deleted."""

    __tablename__ = "library_action"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    retired_at: Mapped[dt.datetime | None]


class Goal(OfOrganisation, Base):
    """What somebody wants to show. An open goal holds one of three places, so that there are never four.

    `start_score` (1–5) is copied from the measurement the goal came from and kept, whatever comes later.
    """

    __tablename__ = "goal"
    __table_args__ = (
        UniqueConstraint("person_id", "place"),
        CheckConstraint("place between 1 and 3", name="place_range"),
        CheckConstraint("(state = 'open') = (place is not null)", name="open_has_place"),
        CheckConstraint("start_score between 1 and 5", name="start_score_range"),
        CheckConstraint("level_now between 1 and 5", name="level_now_range"),
        CheckConstraint("level_target between 1 and 5", name="level_target_range"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    competency_code: Mapped[str]
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id", ondelete="SET NULL"))
    start_score: Mapped[float | None]
    start_score_from: Mapped[str | None]        # rater group the start score comes from
    start_measured_at: Mapped[dt.datetime | None]
    state: Mapped[str] = mapped_column(default=GoalState.OPEN)
    place: Mapped[int | None]
    reason: Mapped[str]                         # waarom dit doel
    behaviour: Mapped[str]                      # wat laat ik straks zien
    noticed_by: Mapped[str]                     # waaraan merken anderen dat
    level_now: Mapped[int | None]
    level_target: Mapped[int | None]
    end_date: Mapped[dt.date | None]
    if_then: Mapped[str]                        # als-danplan
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]

    actions: Mapped[list[GoalAction]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="GoalAction.position"
    )


class GoalAction(OfOrganisation, Base):
    """Something to do for a goal: copied from the library, or written oneself. Hours are the whole effort."""

    __tablename__ = "goal_action"
    __table_args__ = (CheckConstraint("hours >= 0", name="hours_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    library_code: Mapped[str | None] = mapped_column(ForeignKey("library_action.code"))
    title: Mapped[str]
    learning_form: Mapped[str | None]           # 70 in het werk, 20 met en van anderen, 10 scholing
    hours: Mapped[float | None]
    done_at: Mapped[dt.datetime | None]
