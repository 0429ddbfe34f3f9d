"""Reading opleidingsplannen, and what a question to the planner is made of. No statement here reads a score."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.access import Actor
from app.competencies.catalog import Catalog
from app.db import db
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure
from app.training_plans.asked import Asked, Offer
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.training_plans.question import Figure, Wish, most_runs, question, units_of
from app.training_plans.valuing import Plan
from app.trainings.lifecycle import SessionState
from app.trainings.models import Meeting, Training, TrainingSession
from app.trainings.queries import everything_of
from app.web.formats import AMSTERDAM

SHOWN = (Kind.NEED, Kind.NEED_TOGETHER)


def latest_snapshot(actor: Actor) -> Snapshot | None:
    return db.session.scalar(
        select(Snapshot).where(Snapshot.organisation_id == actor.organisation_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc()).limit(1)
    )


def figures_of(snapshot: Snapshot) -> list[Figure]:
    """What a momentopname publishes of the needs of each team, and of the small ones together."""
    rows = db.session.execute(
        select(SnapshotFigure.cell, SnapshotFigure.item_code, SnapshotFigure.values)
        .where(SnapshotFigure.snapshot_id == snapshot.id, SnapshotFigure.organisation_id == snapshot.organisation_id,
               SnapshotFigure.kind.in_(SHOWN), SnapshotFigure.cell.like("team=%"), ~SnapshotFigure.cell.contains("&"))
        .order_by(SnapshotFigure.cell, SnapshotFigure.item_code)
    )
    return [
        Figure(cell, code, values["people"], values["with_gap"], values["gap"], values["importance"])
        for cell, code, values in rows
    ]


def offered(actor: Actor) -> list[Training]:
    """What is on offer, by title."""
    return on_offer(everything_of(actor.organisation_id))


def on_offer(trainings: Sequence[Training]) -> list[Training]:
    return [training for training in trainings if training.retired_at is None]


def offer_of(training: Training, everybody: int) -> Offer:
    """What the planner knows of a training, where so many people may go."""
    return Offer(
        training.code, tuple(one.competency_code for one in training.competencies), training.level_from,
        training.level_to, training.hours, training.cost_group, training.cost_person, training.places_min,
        training.places_max, most_runs(training.places_min, everybody),
    )  # fmt: skip


def question_of(snapshot: Snapshot, trainings: Sequence[Training], wish: Wish, catalog: Catalog) -> Asked:
    figures = figures_of(snapshot)
    everybody = sum(unit.people for unit in units_of(figures))
    return question(figures, [offer_of(training, everybody) for training in trainings], wish, focus_of(catalog))


def focus_of(catalog: Catalog) -> Mapping[str, str]:
    """The focus area of each competency that is in one."""
    return {one.code: one.focus for one in catalog.competencies if one.focus}


def plans_of(actor: Actor) -> Sequence[TrainingPlan]:
    """The latest period first."""
    return db.session.scalars(
        select(TrainingPlan).where(TrainingPlan.organisation_id == actor.organisation_id)
        .order_by(TrainingPlan.begins_on.desc(), TrainingPlan.id.desc())
    ).all()


def adopted_over(actor: Actor, begins_on: dt.date, ends_on: dt.date) -> Sequence[TrainingPlan]:
    """The adopted plans that have a day in common with this period, the first to begin first."""
    return db.session.scalars(
        select(TrainingPlan)
        .where(TrainingPlan.organisation_id == actor.organisation_id, TrainingPlan.state == PlanState.ADOPTED,
               TrainingPlan.begins_on <= ends_on, TrainingPlan.ends_on >= begins_on)
        .order_by(TrainingPlan.begins_on, TrainingPlan.id)
    ).all()


@dataclass(frozen=True, slots=True)
class Planned:
    """What adopted plans over a period hold. `places`: as one plan; `euros`, and `hours` per unit: of what may fall
    within the period, so of all but sessions with days that all lie outside it.
    """

    places: Plan
    euros: int
    hours: Mapping[str, int]


def planned_over(actor: Actor, begins_on: dt.date, ends_on: dt.date) -> Planned:
    """By the sessions that were not called off, as they cost and last; one statement."""
    first, last = (
        select(func.min(Meeting.begins_at)).where(Meeting.session_id == TrainingSession.id).scalar_subquery(),
        select(func.max(Meeting.begins_at)).where(Meeting.session_id == TrainingSession.id).scalar_subquery(),
    )
    places: Counter[tuple[str, str]] = Counter()
    hours: Counter[str] = Counter()
    euros = 0
    begin, end = (dt.datetime.combine(day, dt.time(), AMSTERDAM) for day in (begins_on, ends_on + dt.timedelta(days=1)))
    for code, long, cost, of_run, within in db.session.execute(
        select(Training.code, func.coalesce(TrainingSession.held_as["hours"].as_integer(), Training.hours),
               TrainingSession.cost, PlanRun.places,
               first.is_(None) | ((last >= begin) & (first < end)))
        .join(TrainingSession, TrainingSession.training_id == Training.id)
        .join(PlanRun, PlanRun.session_id == TrainingSession.id)
        .join(TrainingPlan, TrainingPlan.id == PlanRun.plan_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingPlan.state == PlanState.ADOPTED,
               TrainingPlan.begins_on <= ends_on, TrainingPlan.ends_on >= begins_on,
               TrainingSession.state != SessionState.CALLED_OFF)
    ):
        euros += cost if within else 0
        for unit, count in of_run.items():
            places[code, unit] += count
            hours[unit] += count * long if within else 0
    return Planned(Plan.of({}, places), euros, hours)


def plan_of(actor: Actor, training_plan_id: int) -> TrainingPlan | None:
    """One of them, with its question and its momentopname."""
    return db.session.scalar(
        select(TrainingPlan)
        .where(TrainingPlan.organisation_id == actor.organisation_id, TrainingPlan.id == training_plan_id)
        .options(undefer(TrainingPlan.question), joinedload(TrainingPlan.snapshot))
    )


def plan_to_change(actor: Actor, training_plan_id: int) -> TrainingPlan | None:
    """The same, as nobody else can change it until this transaction ends."""
    return db.session.scalar(
        select(TrainingPlan)
        .where(TrainingPlan.organisation_id == actor.organisation_id, TrainingPlan.id == training_plan_id)
        .options(undefer(TrainingPlan.question), joinedload(TrainingPlan.snapshot))
        .with_for_update(of=TrainingPlan)
        .execution_options(populate_existing=True)
    )


def runs_of(plan: TrainingPlan) -> Sequence[PlanRun]:
    """The sessions that came of it, with their trainings."""
    return db.session.scalars(
        select(PlanRun)
        .where(PlanRun.plan_id == plan.id, PlanRun.organisation_id == plan.organisation_id)
        .order_by(PlanRun.session_id)
        .options(joinedload(PlanRun.session).options(joinedload(TrainingSession.training),
                                                     selectinload(TrainingSession.meetings)))
    ).all()
