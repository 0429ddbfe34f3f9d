"""The facts of the start page, gathered with few statements."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import ColumnElement, ScalarSelect, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from app.access import Actor
from app.assessments import queries as assessments
from app.assessments.models import Measurement
from app.assessments.questionnaire import offered_sets
from app.checkins import queries as check_ins
from app.checkins.models import CheckIn
from app.checkins.rhythm import Stand, weeks_since
from app.competencies.catalog import Catalog
from app.competencies.queries import Framework, current_framework
from app.conversations.cards import TalkCard
from app.conversations.models import Conversation
from app.conversations.releasing import latest_talk
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import Goal, Plan
from app.development.plans.lifecycle import PlanState
from app.home import rounds
from app.home.facts import Facts, Measured, OpenGoal, OwnCheckIn, Running, Talk
from app.people.models import Person
from app.rounds.models import RoundSubject
from app.rounds.queries.mine import rounds_of
from app.trainings import cards as trainings
from app.trainings.coming import ForStart
from app.web.formats import day_of

SHOWN = 5       # how many finished measurements the page names


def facts_of(actor: Actor, today: dt.date, talks: Sequence[TalkCard] = ()) -> Facts:
    """What the start page says to this begeleider, whose open conversations these are. Raises LookupError when no
    framework was loaded.
    """
    framework = current_framework()
    catalog = framework.catalog
    measured = select(func.max(Measurement.closed_at)).where(
        Measurement.organisation_id == actor.organisation_id,
        Measurement.subject_id == actor.person_id,
        Measurement.self_assessment_id.is_not(None),
    )
    closed_since = (Goal.state == GoalState.DONE) & (Goal.closed_at >= measured.scalar_subquery())
    goals = select(func.max(Goal.created_at).label("made_at"), func.count().filter(closed_since).label("closed")).where(
        Goal.organisation_id == actor.organisation_id, Goal.person_id == actor.person_id
    ).subquery()
    made = db.session.execute(
        select(goals.c.made_at, goals.c.closed, *latest_talk(actor), _plan_waits_with(actor), _plan_to_confirm(actor),
               Plan, CheckIn)
        .select_from(goals)
        .outerjoin(Plan, check_ins.is_kept_by(actor.person_id, actor.organisation_id))
        .outerjoin(CheckIn, check_ins.is_latest())
        .order_by(Plan.begins_on.desc())
        .limit(1)
    ).one()
    own_rounds = rounds_of(actor)
    sessions = trainings.for_start(actor) if db.session.info.get("trainings_wait") else ForStart()
    return Facts(
        today=today,
        begin_minutes=offered_sets(catalog)[0].minutes,
        running=_running(actor, framework),
        measured=_measured(actor, catalog),
        open_goals=_open_goals(actor),
        last_goal_made_on=day_of(made[0]) if made[0] else None,
        goals_closed=made[1],
        rounds=rounds.going(actor, own_rounds, today, framework),
        pulses=rounds.pulses(actor),
        released=rounds.released(own_rounds, made[2], made[3], talked=made[4] is not None),
        plan_waits_with=made[5],
        plan_to_confirm=made[6],
        talk_waits=next((Talk(one.id, one.name) for one in talks if one.waits), None),
        check_in=_check_in(made.Plan, made.CheckIn, today),
        proposed=sessions.proposal,
        to_evaluate=sessions.evaluation,
        going=sessions.ahead,
    )


def _running(actor: Actor, framework: Framework) -> Running | None:
    found = assessments.running(actor, framework)
    if found is None:
        return None
    return Running(
        assessment_id=found.id,
        set_name=found.set_name,
        pages_done=found.pages_done,
        pages=found.pages,
        minutes_left=found.minutes_left,
        competency=found.at.competency.name if found.at else None,
        slug=found.at.competency.slug if found.at else None,
    )


def _measured(actor: Actor, catalog: Catalog) -> tuple[Measured, ...]:
    names = {s.code: s.own_name for s in catalog.question_sets}
    rows = db.session.execute(
        select(Measurement.id, Measurement.question_set, Measurement.closed_at)
        .where(
            Measurement.organisation_id == actor.organisation_id,
            Measurement.subject_id == actor.person_id,
            Measurement.self_assessment_id.is_not(None),
        )
        .order_by(Measurement.closed_at.desc(), Measurement.id.desc())
        .limit(SHOWN)
    )
    return tuple(Measured(id_, names.get(code, code), day_of(closed_at)) for id_, code, closed_at in rows)


def _plan_waits_with(actor: Actor) -> ScalarSelect[str]:
    """Within a statement: who confirmed a plan of this actor that waits for her, by name."""
    partner, waiting = aliased(Person), aliased(Plan)
    return (
        select(partner.name)
        .join(waiting, waiting.partner_id == partner.id)
        .where(
            waiting.organisation_id == actor.organisation_id, waiting.person_id == actor.person_id,
            waiting.state == PlanState.DISCUSSED, waiting.partner_confirmed_at.is_not(None),
            waiting.person_confirmed_at.is_(None), partner.active,
        )
        .order_by(waiting.id.desc())
        .limit(1)
        .scalar_subquery()
    )


def _plan_to_confirm(actor: Actor) -> ColumnElement[bool]:
    """Within a statement: whether a plan of this actor lies before both, nobody confirmed it, and she can: there is no
    round released to her after which nothing was talked about.
    """
    released, talk = aliased(RoundSubject), aliased(Conversation)
    talked = exists().where(talk.person_id == actor.person_id, talk.fixed_at >= released.released_at)
    to_talk_about = exists().where(
        released.organisation_id == actor.organisation_id, released.person_id == actor.person_id,
        released.released_at.is_not(None), released.measurement_id.is_not(None), ~talked,
    )
    waiting = aliased(Plan)
    return exists().where(
        waiting.organisation_id == actor.organisation_id, waiting.person_id == actor.person_id,
        waiting.state == PlanState.DISCUSSED, waiting.person_confirmed_at.is_(None),
        waiting.partner_confirmed_at.is_(None), ~to_talk_about,
    )


def _check_in(plan: Plan | None, latest: CheckIn | None, today: dt.date) -> OwnCheckIn | None:
    standing = check_ins.standing(plan, latest) if plan else None
    if standing is None:
        return None
    on = standing.next.begins_on if standing.next else None
    due = standing.next is not None and standing.next.stand(today) is not Stand.REST
    begun = standing.open_id is not None
    return OwnCheckIn(
        standing.plan_id, standing.open_id, weeks_since(standing.started_on, today),
        due=due or (begun and not standing.shown),
        waits=begun and standing.confirmed_by_other and not standing.confirmed, on=on,
    )


def _open_goals(actor: Actor) -> tuple[OpenGoal, ...]:
    goals = db.session.execute(
        select(Goal)
        .where(
            Goal.organisation_id == actor.organisation_id,
            Goal.person_id == actor.person_id,
            Goal.state == GoalState.OPEN,
        )
        .order_by(Goal.place)
        .options(joinedload(Goal.actions))
    ).unique().scalars()
    return tuple(
        OpenGoal(
            id=goal.id,
            behaviour=goal.behaviour,
            end_date=goal.end_date,
            actions_done=sum(action.done_at is not None for action in goal.actions),
            actions=len(goal.actions),
            next_action=next((action.title for action in goal.actions if action.done_at is None), None),
        )
        for goal in goals
    )
