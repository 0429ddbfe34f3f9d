"""Reading opleidingsplannen, and what a question to the planner is made of. No statement here reads a score."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload, undefer

from app.access import Actor
from app.competencies.catalog import Catalog
from app.competencies.models import PersonProfile, ProfileTarget
from app.competencies.queries import FunctionTargets, default_profile_id
from app.db import db
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure
from app.organisations.models import Team
from app.people.models import Person
from app.training_plans.asked import Asked, Offer
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.training_plans.question import Figure, Wish, most_runs, question, units_of
from app.training_plans.valuing import Plan
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, Training, TrainingSession
from app.trainings.queries import everything_of
from app.trainings.session_queries import is_open
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
    return [training for training in everything_of(actor.organisation_id) if training.retired_at is None]


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
    """By the sessions that were not called off, as they cost and last now; one statement."""
    first, last = (
        select(func.min(Meeting.begins_at)).where(Meeting.session_id == TrainingSession.id).scalar_subquery(),
        select(func.max(Meeting.begins_at)).where(Meeting.session_id == TrainingSession.id).scalar_subquery(),
    )
    places: Counter[tuple[str, str]] = Counter()
    hours: Counter[str] = Counter()
    euros = 0
    begin, end = (dt.datetime.combine(day, dt.time(), AMSTERDAM) for day in (begins_on, ends_on + dt.timedelta(days=1)))
    for code, long, cost, of_run, within in db.session.execute(
        select(Training.code, Training.hours, TrainingSession.cost, PlanRun.places,
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


def team_names(organisation_id: int) -> Mapping[str, str]:
    """By the code of the unit; the small teams and who has no team have none."""
    rows = db.session.execute(select(Team.id, Team.name).where(Team.organisation_id == organisation_id))
    return {str(team_id): name for team_id, name in rows}



@dataclass(frozen=True, slots=True)
class Kept:
    """A session of an adopted plan that one can still sign up for. `units`: those that the plan knew by themselves."""

    run: PlanRun
    units: frozenset[str]


def kept_places(actor: Actor) -> list[Kept]:
    """The first to begin first, those without a day last."""
    rows = db.session.execute(
        select(PlanRun, TrainingPlan)
        .join(TrainingPlan, TrainingPlan.id == PlanRun.plan_id)
        .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingPlan.state == PlanState.ADOPTED,
               TrainingSession.state == SessionState.PLANNED)
        .order_by(PlanRun.session_id)
        .options(
            undefer(TrainingPlan.question),
            joinedload(PlanRun.session).options(
                joinedload(TrainingSession.training).selectinload(Training.competencies),
                selectinload(TrainingSession.meetings)),
        )
    ).all()
    found = [Kept(run, frozenset(code for code, *_ in plan.question["units"]))
             for run, plan in rows if is_open(run.session)]
    return sorted(found, key=lambda one: (not one.run.session.meetings, [
        meeting.begins_at for meeting in one.run.session.meetings], one.run.session_id))


def keeps_places(actor: Actor) -> bool:
    """Whether an adopted plan keeps places in anything that is still planned."""
    return bool(db.session.scalar(select(
        select(PlanRun.session_id)
        .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingSession.state == SessionState.PLANNED)
        .exists()
    )))


def enrolments_of(actor: Actor, session_ids: Sequence[int], person_ids: Sequence[int]) -> Mapping[int, dict[int, str]]:
    """Per session how each of these people stands in it."""
    found: dict[int, dict[int, str]] = {one: {} for one in session_ids}
    for session_id, person_id, state in db.session.execute(
        select(Enrolment.session_id, Enrolment.person_id, Enrolment.state)
        .where(Enrolment.organisation_id == actor.organisation_id, Enrolment.session_id.in_(session_ids),
               Enrolment.person_id.in_(person_ids))
    ):
        found[session_id][person_id] = state
    return found


def followed_by(actor: Actor, training_ids: Collection[int], person_ids: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """Per training who of these people was at a session of it."""
    found: dict[int, set[int]] = {one: set() for one in training_ids}
    for training_id, person_id in db.session.execute(
        select(TrainingSession.training_id, Enrolment.person_id)
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .where(Enrolment.organisation_id == actor.organisation_id, Enrolment.state == EnrolmentState.ATTENDED,
               TrainingSession.training_id.in_(training_ids), Enrolment.person_id.in_(person_ids))
    ):
        found[training_id].add(person_id)
    return {one: frozenset(people) for one, people in found.items()}


def targets_of(actor: Actor, person_ids: Sequence[int]) -> Mapping[int, FunctionTargets]:
    """What the function of each of these people asks."""
    scores: dict[int, dict[str, float]] = defaultdict(dict)
    importances: dict[int, dict[str, int]] = defaultdict(dict)
    own = func.coalesce(PersonProfile.profile_id, default_profile_id(actor.organisation_id))
    for person_id, code, score, importance in db.session.execute(
        select(Person.id, ProfileTarget.competency_code, ProfileTarget.target_score, ProfileTarget.importance)
        .outerjoin(PersonProfile, PersonProfile.person_id == Person.id)
        .join(ProfileTarget, ProfileTarget.profile_id == own)
        .where(Person.organisation_id == actor.organisation_id, Person.id.in_(person_ids))
    ):
        scores[person_id][code], importances[person_id][code] = score, importance
    return {one: FunctionTargets("", scores[one], importances[one]) for one in person_ids}
