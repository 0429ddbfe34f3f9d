"""The facts of the start page for who leads, sets up or plans: teams, the dienst, and how far HR is."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from sqlalchemy import func, select

from app.access import Actor, Role
from app.accounts.models import Account, PasswordLink
from app.db import db
from app.home.planning_step import Planned
from app.home.set_up import SetUp
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure
from app.organisations.models import Team
from app.people.models import Membership, Person
from app.people.queries import open_invitation
from app.rounds.models import SchoolHoliday
from app.training_plans.adopting import adopted_since
from app.training_plans.lifecycle import PlanState
from app.training_plans.models import TrainingPlan
from app.training_plans.queries import adopted_over


@dataclass(frozen=True, slots=True)
class LedTeam:
    """A team that somebody leads, and who works in it, by name."""

    id: int
    name: str
    people: tuple[str, ...]


def led_teams(actor: Actor) -> tuple[LedTeam, ...]:
    """The teams that this person leads, by name."""
    rows = db.session.execute(
        select(Team.id, Team.name, Person.name)
        .outerjoin(Membership, (Membership.team_id == Team.id) & Membership.leads.is_(False))
        .outerjoin(Person, (Person.id == Membership.person_id) & Person.active)
        .where(Team.organisation_id == actor.organisation_id, Team.id.in_(actor.leads))
        .order_by(Team.name, Team.id, Person.name, Person.id)
    ).all()
    teams = {team_id: name for team_id, name, _ in rows}
    return tuple(
        LedTeam(team_id, name, tuple(person for of_team, _, person in rows if of_team == team_id and person))
        for team_id, name in teams.items()
    )


def set_up_of(organisation_id: int, today: dt.date) -> SetUp:
    """Counts over one dienst, in one statement."""
    people = select(func.count(Person.id)).where(Person.organisation_id == organisation_id, Person.active)
    begeleiders = people.where(Person.plays(Role.BEGELEIDER))
    invited = people.join(Account, Account.id == Person.account_id).where(Account.password_hash.is_(None))
    can_join = select(PasswordLink.id).where(PasswordLink.account_id == Account.id, open_invitation()).exists()
    placed_nowhere = begeleiders.where(
        Person.discussion_partner_id.is_(None),
        ~select(Membership.team_id).where(Membership.person_id == Person.id).exists(),
    )
    teams = select(func.count(Team.id)).where(Team.organisation_id == organisation_id)
    led = (select(Membership.team_id).join(Person, Person.id == Membership.person_id)
           .where(Membership.team_id == Team.id, Membership.leads, Person.active).exists())
    hr = people.where(Person.plays(Role.HR))
    holidays = select(func.count(SchoolHoliday.id)).where(SchoolHoliday.organisation_id == organisation_id,
                                                          SchoolHoliday.last_day >= today)
    row = db.session.execute(
        select(*(counted.scalar_subquery() for counted in (
            teams, people, begeleiders, invited, invited.where(~can_join), placed_nowhere, teams.where(~led), hr,
            holidays)))
    ).one()
    return SetUp(*row)


def planned_of(actor: Actor, today: dt.date) -> Planned:
    """How far HR is: the latest momentopname, and the opleidingsplan that lies over today or comes, with what lies
    beside it; one statement, and one more for a plan that is not adopted.
    """
    latest = (
        select(Snapshot.taken_at, select(SnapshotFigure.item_code)
               .where(SnapshotFigure.snapshot_id == Snapshot.id, SnapshotFigure.kind == Kind.NEED)
               .exists().label("filled"))
        .where(Snapshot.organisation_id == actor.organisation_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc())
        .limit(1)
        .subquery()
    )
    plan = (
        select(TrainingPlan.id, TrainingPlan.name, TrainingPlan.state, TrainingPlan.budget, TrainingPlan.begins_on,
               TrainingPlan.ends_on, TrainingPlan.asked_at)
        .where(TrainingPlan.organisation_id == actor.organisation_id, TrainingPlan.ends_on >= today)
        .order_by(TrainingPlan.adopted_at.is_not(None), TrainingPlan.created_at.desc(), TrainingPlan.id.desc())
        .limit(1)
        .subquery()
    )
    one = select(func.count().label("one")).subquery()
    row = db.session.execute(
        select(latest.c.taken_at, latest.c.filled, plan.c.id, plan.c.name, plan.c.state, plan.c.budget,
               plan.c.begins_on, plan.c.ends_on, plan.c.asked_at)
        .select_from(one).outerjoin(latest, one.c.one > 0).outerjoin(plan, one.c.one > 0)
    ).one()
    *found, begins_on, ends_on, asked_at = row
    planned = Planned(*found)
    if planned.plan_state in (None, PlanState.ADOPTED):
        return planned
    others = adopted_over(actor, begins_on, ends_on)
    return replace(planned, beside=tuple(one.name for one in others), outdated=adopted_since(asked_at, others))
