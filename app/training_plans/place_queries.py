"""Reading the places that adopted plans keep, and what whoever leads the people there may know of them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, ScalarSelect, and_, case, exists, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor
from app.competencies.models import PersonProfile, ProfileTarget
from app.competencies.queries import FunctionTargets, default_profile_id
from app.db import db
from app.people.models import Membership, Person
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.trainings.lifecycle import TAKES_A_PLACE, EnrolmentState, SessionState
from app.trainings.models import Enrolment, Training, TrainingSession
from app.trainings.session_queries import is_open


@dataclass(frozen=True, slots=True)
class Kept:
    """A session of an adopted plan that one can still sign up for. `units`: those that the plan knew by themselves;
    `free`: places in it that whoever signs up now can have, from whatever unit.
    """

    run: PlanRun
    units: frozenset[str]
    free: int


def kept_places(actor: Actor) -> list[Kept]:
    """The first to begin first, those without a day last; two statements."""
    rows = db.session.execute(
        select(PlanRun, TrainingPlan.question["units"].as_string(), free_places())
        .join(TrainingPlan, TrainingPlan.id == PlanRun.plan_id)
        .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingPlan.state == PlanState.ADOPTED,
               TrainingSession.state == SessionState.PLANNED)
        .order_by(PlanRun.session_id)
        .options(joinedload(PlanRun.session).options(
            joinedload(TrainingSession.training).joinedload(Training.competencies),
            selectinload(TrainingSession.meetings)))
    ).unique().all()
    found = [Kept(run, frozenset(code for code, *_ in json.loads(units)), free)
             for run, units, free in rows if is_open(run.session)]
    return sorted(found, key=lambda one: (not one.run.session.meetings, [
        meeting.begins_at for meeting in one.run.session.meetings], one.run.session_id))


def how_many(*of: ColumnElement[bool]) -> ScalarSelect[int]:
    """Within a statement about kept places: how many stand so in the session."""
    return (select(func.count()).select_from(Enrolment).where(Enrolment.session_id == PlanRun.session_id, *of)
            .correlate(PlanRun).scalar_subquery())


def free_places() -> ColumnElement[int]:
    """Likewise: how many can still have a place in it; none while somebody waits, who goes first."""
    waits = how_many(Enrolment.state == EnrolmentState.WAITING)
    return case((waits > 0, 0), else_=TrainingSession.places - how_many(Enrolment.state.in_(TAKES_A_PLACE)))


def keeps_places(actor: Actor) -> bool:
    """Whether an adopted plan keeps places in anything that is still planned."""
    return bool(db.session.scalar(select(
        select(PlanRun.session_id)
        .join(TrainingSession, TrainingSession.id == PlanRun.session_id)
        .where(PlanRun.organisation_id == actor.organisation_id, TrainingSession.state == SessionState.PLANNED)
        .exists()
    )))


def plan_of_session(actor: Actor, session_id: int) -> TrainingPlan | None:
    """The adopted plan that asked for this session; one statement."""
    return db.session.scalar(
        select(TrainingPlan)
        .join(PlanRun, PlanRun.plan_id == TrainingPlan.id)
        .where(PlanRun.organisation_id == actor.organisation_id, PlanRun.session_id == session_id)
    )


def leads_where_kept(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody leads a team of a dienst where a plan keeps places, as part of another statement."""
    return exists().where(
        Membership.person_id == person_id, Membership.leads, PlanRun.organisation_id == Membership.organisation_id,
        TrainingSession.id == PlanRun.session_id, TrainingSession.state == SessionState.PLANNED,
    )


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Of some people: `states`, how each stands in each of some sessions, and who `followed` each of their trainings,
    in whatever session.
    """

    states: Mapping[int, Mapping[int, str]]
    followed: Mapping[int, frozenset[int]]


def enrolled(actor: Actor, sessions: Collection[TrainingSession], person_ids: Sequence[int]) -> Enrolled:
    """One statement."""
    states: dict[int, dict[int, str]] = {one.id: {} for one in sessions}
    followed: dict[int, set[int]] = {one.training_id: set() for one in sessions}
    for session_id, training_id, person_id, state in db.session.execute(
        select(Enrolment.session_id, TrainingSession.training_id, Enrolment.person_id, Enrolment.state)
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .where(
            Enrolment.organisation_id == actor.organisation_id, Enrolment.person_id.in_(person_ids),
            or_(Enrolment.session_id.in_(states),
                and_(Enrolment.state == EnrolmentState.ATTENDED, TrainingSession.training_id.in_(followed))),
        )
    ):
        if session_id in states:
            states[session_id][person_id] = state
        if state == EnrolmentState.ATTENDED:
            followed[training_id].add(person_id)
    return Enrolled(states, {one: frozenset(people) for one, people in followed.items()})


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
