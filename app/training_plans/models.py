"""Tables of the opleidingsplan: what HR asks, what the planner answers, and the sessions that came of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.needs.models import Snapshot
from app.training_plans.lifecycle import PlanState
from app.trainings.models import TrainingSession


class TrainingPlan(OfOrganisation, Base):
    """One opleidingsplan, on one momentopname. `budget` in whole euros, `hours_per_person` over the period; of the
    budget `planned` euros were in adopted plans over the same period when the planner was asked.

    `priorities`: weights of focus areas and units. `fixed`: per training the runs that take place whatever happens;
    `excluded`: trainings that do not. `question`: what the planner was asked, frozen, so that what stands on the page
    goes on to belong together. `quick`, `best` and `by_hand`: the runs and places of the greedy plan, of the planner's
    and of what HR made of it; all as training_plans.stored writes them. `begun_at`: when the worker was last heard of;
    `progress`: 0–1 while it is being solved; `stop_asked`: HR has seen enough; `clashes`: of a plan that cannot be, the
    wishes of which each alone stands in the way.
    """

    __tablename__ = "training_plan"
    __table_args__ = (
        CheckConstraint("length(name) > 0", name="named"),
        CheckConstraint("budget between 0 and 10000000", name="budget_range"),
        CheckConstraint("hours_per_person between 0 and 1000", name="hours_range"),
        CheckConstraint("begins_on < ends_on", name="period"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    begins_on: Mapped[dt.date]
    ends_on: Mapped[dt.date]
    budget: Mapped[int]
    planned: Mapped[int] = mapped_column(default=0)
    hours_per_person: Mapped[int]
    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id"))
    priorities: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    fixed: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)
    excluded: Mapped[list[str]] = mapped_column(JSON, default=list)
    state: Mapped[str] = mapped_column(default=PlanState.CONCEPT)
    asked_at: Mapped[dt.datetime | None]
    begun_at: Mapped[dt.datetime | None]
    progress: Mapped[float] = mapped_column(default=0)
    clashes: Mapped[list[str]] = mapped_column(JSON, default=list)
    stop_asked: Mapped[bool] = mapped_column(default=False)
    gap: Mapped[float | None]
    question: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    quick: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    best: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    by_hand: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    revision: Mapped[int] = mapped_column(default=0)
    adopted_at: Mapped[dt.datetime | None]
    created_at: Mapped[dt.datetime]

    snapshot: Mapped[Snapshot] = relationship(lazy="raise_on_sql")
    runs: Mapped[list[PlanRun]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class PlanRun(OfOrganisation, Base):
    """One session that an adopted plan asks for, with the places it keeps per unit."""

    __tablename__ = "training_plan_run"

    session_id: Mapped[int] = mapped_column(
        ForeignKey("training_session.id", ondelete="CASCADE"), primary_key=True
    )
    plan_id: Mapped[int] = mapped_column(ForeignKey("training_plan.id", ondelete="CASCADE"), index=True)
    places: Mapped[dict[str, int]] = mapped_column(JSON)

    session: Mapped[TrainingSession] = relationship(lazy="raise_on_sql")
