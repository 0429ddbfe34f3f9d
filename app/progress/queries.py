"""Reading how the process runs in one period. No statement here reads a score."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import load_only

from app.access import Actor, Role
from app.assessments.models import StoredCell
from app.checkins.models import CheckIn
from app.conversations.models import Conversation
from app.db import db
from app.development.models import Plan
from app.development.plans.period import Period
from app.measurement.scale import ANONYMOUS_ADULTS, Group
from app.people.models import Membership, Person
from app.progress.figures import Budget, CheckIns, PersonFacts, RoundFacts, budgets, check_ins
from app.rating.models import Response
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import PlanRun, TrainingPlan
from app.trainings.lifecycle import EnrolmentState, SessionState
from app.trainings.models import Enrolment, Meeting, TrainingSession
from app.web.formats import AMSTERDAM, day_of

RECENT = dt.timedelta(days=548)         # eighteen months
AGREED = ("agreed", "running", "finished")
SHOWN_IN = (*ANONYMOUS_ADULTS, Group.SMALL_CIRCLE)


@dataclass(frozen=True, slots=True)
class Spent:
    """Trainings of the period: sessions held and to come, whole euros, hours of people. `undated`: to come, of an
    adopted plan over the period, and without days yet. `budgets`: by plan, see figures.budgets; `beyond`: one of these
    plans pays for days outside the period too, which are counted nowhere here.
    """

    held: int
    coming: int
    undated: int
    euros_held: int
    euros_coming: int
    euros_undated: int
    hours: int
    people: int
    budgets: tuple[tuple[str, int], ...]
    beyond: bool

    @property
    def left(self) -> int | None:
        """Of the budgets together; below zero it is more than there was. None without a plan, or with one beyond."""
        if not self.budgets or self.beyond:
            return None
        return sum(money for _, money in self.budgets) - self.euros_held - self.euros_coming - self.euros_undated


def rounds_of(actor: Actor, period: Period) -> list[RoundFacts]:
    """The feedbackrondes that closed in the period; two statements."""
    begin, end = moments(period)
    closed = (
        Round.organisation_id == actor.organisation_id, Round.kind == Kind.FULL,
        Round.state.in_((State.CLOSED, State.RELEASED)), Round.closed_at >= begin, Round.closed_at < end,
    )
    asked = {
        row.id: (row.asked, row.sent) for row in db.session.execute(
            select(Round.id, func.sum(Response.asked).label("asked"), func.sum(Response.sent).label("sent"))
            .join(RoundSubject, RoundSubject.round_id == Round.id)
            .join(Response, Response.round_subject_id == RoundSubject.id)
            .where(*closed)
            .group_by(Round.id)
        )
    }
    shown = (
        select(StoredCell.measurement_id)
        .where(StoredCell.measurement_id == RoundSubject.measurement_id, StoredCell.rater_group.in_(SHOWN_IN))
        .exists()
    )
    rows = db.session.execute(
        select(Round.id, Round.name, Round.closed_at, func.count(RoundSubject.measurement_id).label("people"),
               func.sum(case((shown, 1), else_=0)).label("shown"))
        .join(RoundSubject, RoundSubject.round_id == Round.id)
        .where(*closed)
        .group_by(Round.id)
        .order_by(Round.id)
    )
    return [
        RoundFacts(row.name, day_of(row.closed_at), row.people, row.shown,
                   *asked.get(row.id, (0, 0)))
        for row in rows
    ]


def people_of(actor: Actor, period: Period, today: dt.date) -> list[PersonFacts]:
    """Of each begeleider who works at the dienst what happened in the period, or so far; five statements."""
    begin, end = moments(period)
    last = min(today, period.ends_on)
    own = actor.organisation_id
    begeleiders = {
        person_id: frozenset[int]() for person_id, roles in db.session.execute(
            select(Person.id, Person.roles).where(Person.organisation_id == own, Person.active)
        ) if Role.BEGELEIDER in roles
    }
    for person_id, team_id in db.session.execute(
        select(Membership.person_id, Membership.team_id).where(Membership.organisation_id == own, ~Membership.leads)
    ):
        if person_id in begeleiders:
            begeleiders[person_id] |= {team_id}
    recent = dt.datetime.combine(last - RECENT, dt.time(), AMSTERDAM)
    profiles: dict[int, list[int]] = defaultdict(lambda: [0, 0, 0])
    for person_id, released, talked, lately in db.session.execute(
        select(
            RoundSubject.person_id,
            func.sum(case(((RoundSubject.released_at >= begin) & (RoundSubject.released_at < end), 1), else_=0)),
            func.sum(case(((RoundSubject.released_at >= begin) & (RoundSubject.released_at < end)
                           & Conversation.fixed_at.is_not(None), 1), else_=0)),
            func.sum(case(((RoundSubject.released_at >= recent) & (RoundSubject.released_at < end), 1), else_=0)),
        )
        .join(Round, Round.id == RoundSubject.round_id)
        .outerjoin(Conversation, Conversation.round_subject_id == RoundSubject.id)
        .where(RoundSubject.organisation_id == own, Round.kind == Kind.FULL, RoundSubject.released_at.is_not(None))
        .group_by(RoundSubject.person_id)
    ):
        profiles[person_id] = [released, talked, lately]
    held: dict[int, list[dt.date]] = defaultdict(list)
    for plan_id, shared_at in db.session.execute(
        select(CheckIn.plan_id, CheckIn.shared_at)
        .where(CheckIn.organisation_id == own, CheckIn.shared_at.is_not(None))
        .order_by(CheckIn.plan_id, CheckIn.number)
    ):
        if shared_at is not None:
            held[plan_id].append(day_of(shared_at))
    agreed: set[int] = set()
    done: dict[int, CheckIns] = defaultdict(CheckIns)
    for plan in db.session.execute(
        select(Plan.id, Plan.person_id, Plan.ends_on, func.coalesce(Plan.started_at, Plan.agreed_at).label("began_at"),
               Plan.finished_at)
        .where(Plan.organisation_id == own, Plan.state.in_(AGREED), Plan.begins_on <= period.ends_on,
               Plan.ends_on >= period.begins_on)
    ):
        agreed.add(plan.person_id)
        if plan.began_at is not None:
            until = day_of(plan.finished_at) if plan.finished_at else today
            done[plan.person_id] += check_ins(day_of(plan.began_at), plan.ends_on, held[plan.id], period,
                                              until)
    return [
        PersonFacts(teams, profiles[person_id][0], profiles[person_id][1], person_id in agreed, done[person_id],
                    profiles[person_id][2] > 0)
        for person_id, teams in begeleiders.items()
    ]


def spent_in(actor: Actor, period: Period) -> Spent:
    """The sessions that begin in the period, and the opleidingsplannen that lie over it with their sessions without
    days; three statements.
    """
    begin, end = moments(period)
    own = actor.organisation_id
    first = (
        select(Meeting.session_id, func.min(Meeting.begins_at).label("begins_at"))
        .where(Meeting.organisation_id == own)
        .group_by(Meeting.session_id)
        .subquery()
    )
    inside = (TrainingSession.organisation_id == own, first.c.begins_at >= begin, first.c.begins_at < end)
    counted = {
        row.state: row for row in db.session.execute(
            select(TrainingSession.state, func.count().label("sessions"), func.sum(TrainingSession.cost).label("euros"))
            .join(first, first.c.session_id == TrainingSession.id)
            .where(*inside)
            .group_by(TrainingSession.state)
        )
    }
    came = db.session.execute(
        select(func.sum(TrainingSession.held_as["hours"].as_integer()).label("hours"),
               func.count(Enrolment.person_id.distinct()).label("people"))
        .join(TrainingSession, TrainingSession.id == Enrolment.session_id)
        .join(first, first.c.session_id == TrainingSession.id)
        .where(*inside, Enrolment.state == EnrolmentState.ATTENDED)
    ).one()
    without_days = TrainingSession.id.is_not(None) & ~(
        select(Meeting.id).where(Meeting.session_id == TrainingSession.id).exists()
    )
    plans = db.session.execute(
        select(TrainingPlan, func.sum(case((without_days, 1), else_=0)).label("undated"),
               func.sum(case((without_days, TrainingSession.cost), else_=0)).label("euros"))
        .outerjoin(PlanRun, PlanRun.plan_id == TrainingPlan.id)
        .outerjoin(TrainingSession, (TrainingSession.id == PlanRun.session_id)
                   & (TrainingSession.state == SessionState.PLANNED))
        .where(TrainingPlan.organisation_id == own, TrainingPlan.state == PlanState.ADOPTED,
               TrainingPlan.begins_on <= period.ends_on, TrainingPlan.ends_on >= period.begins_on)
        .group_by(TrainingPlan.id)
        .options(load_only(TrainingPlan.name, TrainingPlan.budget, TrainingPlan.planned, TrainingPlan.begins_on,
                           TrainingPlan.ends_on, TrainingPlan.adopted_at, TrainingPlan.created_at))
        .order_by(TrainingPlan.begins_on, TrainingPlan.id)
    ).all()
    held, coming = counted.get(SessionState.HELD), counted.get(SessionState.PLANNED)
    return Spent(
        held.sessions if held else 0, coming.sessions if coming else 0, sum(plan.undated for plan in plans),
        held.euros if held else 0, coming.euros if coming else 0, sum(plan.euros for plan in plans),
        came.hours or 0, came.people,
        budgets([Budget(plan.name, plan.begins_on, plan.ends_on, plan.adopted_at or plan.created_at, plan.budget,
                        plan.planned) for plan, *_ in plans]),
        any(plan.begins_on < period.begins_on or plan.ends_on > period.ends_on for plan, *_ in plans),
    )


def years_of(actor: Actor, this: Period) -> list[int]:
    """The years in which the school years begin in which anything of a round happened, and this one; newest first."""
    first = db.session.scalar(
        select(func.min(Round.closed_at))
        .where(Round.organisation_id == actor.organisation_id, Round.kind == Kind.FULL)
    )
    since = min(day_of(first), this.begins_on) if first else this.begins_on
    start = since.year if since.month >= this.begins_on.month else since.year - 1
    return list(range(this.begins_on.year, max(start, this.begins_on.year - 9) - 1, -1))


def moments(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """From the begin of the first day until the begin of the day after the last, in the Netherlands."""
    after = period.ends_on + dt.timedelta(days=1)
    return (dt.datetime.combine(period.begins_on, dt.time(), AMSTERDAM),
            dt.datetime.combine(after, dt.time(), AMSTERDAM))
