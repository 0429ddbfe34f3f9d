"""Tables of plans, goals, their actions, the library that actions are chosen from, and who offers to help."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.development.goals.lifecycle import GoalState
from app.development.plans.lifecycle import PlanState
from app.people.models import Person


class LibraryAction(Base):
    """An action to choose from: as validated from seed/, or one that an organisation added for its own people.

    What disappeared is retired, never deleted.
    """

    __tablename__ = "library_action"

    code: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
    document: Mapped[dict[str, Any]] = mapped_column(JSON)
    retired_at: Mapped[dt.datetime | None]
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)     # none: of seed/


class Plan(OfOrganisation, Base):
    """What somebody works at in one period, a school year by default. She has one plan per period.

    `partner_id`: whoever she made it with, who confirmed it too. `revision` counts the changes before it was agreed;
    who changes anything then takes both confirmations back. Later changes are PlanChanges.
    """

    __tablename__ = "plan"
    __table_args__ = (
        UniqueConstraint("person_id", "begins_on"),
        CheckConstraint("begins_on < ends_on", name="period"),
        CheckConstraint("person_id <> partner_id", name="two_people"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    partner_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    state: Mapped[str] = mapped_column(default=PlanState.DRAFT)
    revision: Mapped[int] = mapped_column(default=0)
    person_confirmed_at: Mapped[dt.datetime | None]
    partner_confirmed_at: Mapped[dt.datetime | None]
    agreed_at: Mapped[dt.datetime | None]
    started_at: Mapped[dt.datetime | None]
    finished_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    person: Mapped[Person] = relationship(lazy="raise_on_sql", foreign_keys=[person_id])
    partner: Mapped[Person | None] = relationship(lazy="raise_on_sql", foreign_keys=[partner_id])
    changes: Mapped[list[PlanChange]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="PlanChange.id"
    )

    @property
    def shown(self) -> bool:
        """Whether whoever accompanies her may read it: a concept is hers alone."""
        return self.state != PlanState.DRAFT


class PlanChange(OfOrganisation, Base):
    """Something that changed in a plan after both agreed on it; it stays as it is. `kind`: a key of our own words."""

    __tablename__ = "plan_change"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("plan.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    goal_id: Mapped[int | None] = mapped_column(ForeignKey("goal.id", ondelete="SET NULL"))
    kind: Mapped[str]
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[dt.datetime]


class Goal(OfOrganisation, Base):
    """What somebody wants to show. An open goal holds one of three places, so that there are never four.

    `plan_id`: none for an idea. `start_score` (1–5) is copied from the measurement the goal came from and kept,
    whatever comes later.
    """

    __tablename__ = "goal"
    __table_args__ = (
        UniqueConstraint("person_id", "place"),
        CheckConstraint("place between 1 and 3", name="place_range"),
        CheckConstraint("(state = 'open') = (place is not null)", name="open_has_place"),
        CheckConstraint("start_score between 1 and 5", name="start_score_range"),
        CheckConstraint("start_people > 0", name="start_people_positive"),
        CheckConstraint("level_now between 1 and 5", name="level_now_range"),
        CheckConstraint("level_target between 1 and 5", name="level_target_range"),
        CheckConstraint("hours >= 0", name="hours_not_negative"),
        CheckConstraint("budget >= 0", name="budget_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    plan_id: Mapped[int | None] = mapped_column(ForeignKey("plan.id", ondelete="SET NULL"), index=True)
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    competency_code: Mapped[str]
    measurement_id: Mapped[int | None] = mapped_column(ForeignKey("measurement.id", ondelete="SET NULL"))
    start_score: Mapped[float | None]
    start_score_from: Mapped[str | None]        # rater group the start score comes from
    start_measured_at: Mapped[dt.datetime | None]
    start_people: Mapped[int | None]            # how many stand behind it; none: her own score, or not known
    state: Mapped[str] = mapped_column(default=GoalState.OPEN)
    place: Mapped[int | None]
    reason: Mapped[str]                         # waarom dit doel
    behaviour: Mapped[str]                      # wat laat ik straks zien
    noticed_by: Mapped[str]                     # waaraan merken anderen dat
    level_now: Mapped[int | None]
    level_target: Mapped[int | None]
    end_date: Mapped[dt.date | None]
    if_then: Mapped[str]                        # als-danplan
    support: Mapped[str] = mapped_column(default="")            # wat heb ik nodig, en van wie
    hours: Mapped[float | None]                 # none: the sum of its actions
    budget: Mapped[int | None]                  # euro
    training_wish: Mapped[str] = mapped_column(default="")
    created_at: Mapped[dt.datetime]
    changed_at: Mapped[dt.datetime]
    closed_at: Mapped[dt.datetime | None]

    actions: Mapped[list[GoalAction]] = relationship(
        lazy="raise_on_sql", cascade="all, delete-orphan", order_by="GoalAction.position"
    )


class GoalAction(OfOrganisation, Base):
    """Something to do for a goal: copied from the library, or written oneself. Hours are the whole effort.

    `steps`: texts in their order; `steps_done`: the numbers, from 0, of those that were done. `with_id`: the colleague
    she asked to do it with her, as what (`with_kind`, as of a BuddyOffer) and about what; `with_answer`: what that
    colleague said, none while she said nothing.
    """

    __tablename__ = "goal_action"
    __table_args__ = (CheckConstraint("hours >= 0", name="hours_not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    goal_id: Mapped[int] = mapped_column(ForeignKey("goal.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    library_code: Mapped[str | None] = mapped_column(ForeignKey("library_action.code"))
    title: Mapped[str]
    learning_form: Mapped[str | None]           # 70 in het werk, 20 met en van anderen, 10 scholing
    hours: Mapped[float | None]
    if_then: Mapped[str] = mapped_column(default="")
    steps: Mapped[list[str]] = mapped_column(JSON, default=list)
    steps_done: Mapped[list[int]] = mapped_column(JSON, default=list)
    due_on: Mapped[dt.date | None]
    note: Mapped[str] = mapped_column(default="")
    with_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    with_kind: Mapped[str | None]
    with_competency: Mapped[str | None]
    with_answer: Mapped[bool | None]
    begun_at: Mapped[dt.datetime | None]
    done_at: Mapped[dt.datetime | None]
    reminded_on: Mapped[dt.date | None]         # the last day on which a mail about its date was put


class PlanWishes(OfOrganisation, Base):
    """How somebody wants to be reminded. `calendar_id`: the random id behind her calendar address; `renewal` counts how
    often she renewed it.
    """

    __tablename__ = "plan_wishes"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    mails: Mapped[bool] = mapped_column(default=True)
    calendar_id: Mapped[str | None] = mapped_column(unique=True)
    renewal: Mapped[int] = mapped_column(default=0)


class SetAside(OfOrganisation, Base):
    """Something that was proposed to her, and that she does not want as a goal until this day."""

    __tablename__ = "set_aside"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True)
    until: Mapped[dt.date]


class BuddyOffer(OfOrganisation, Base):
    """Somebody offers colleagues to be watched (`kind` kijk-mee), or to think along (denk-mee), about a competency."""

    __tablename__ = "buddy_offer"
    __table_args__ = (CheckConstraint("kind in ('kijk-mee', 'denk-mee')", name="kind_known"),)

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    competency_code: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    offered_at: Mapped[dt.datetime]
