"""Who offers to be watched or to think along, and who asked somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, func, select

from app.access import Actor
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.models import BuddyOffer, Goal, GoalAction
from app.organisations.models import Team
from app.people.models import Membership, Person
from app.people.queries import plain


@dataclass(frozen=True, slots=True)
class Buddy:
    """Somebody who offers to be watched, or to think along. Nothing of how she scores or where she stands."""

    person_id: int
    name: str
    teams: tuple[str, ...]
    kind: str
    competency_code: str

    @property
    def key(self) -> str:
        """What a form calls it."""
        return f"{self.person_id} {self.kind} {self.competency_code}"


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody to do an action with."""

    name: str
    teams: tuple[str, ...]
    competency_code: str = ""


def buddies_for(actor: Actor, competencies: Collection[str]) -> list[Buddy]:
    """Who works at her dienst, is not herself, and offers something about these; by name."""
    rows = db.session.execute(
        select(Person.id, Person.name, BuddyOffer.kind, BuddyOffer.competency_code)
        .join(BuddyOffer, BuddyOffer.person_id == Person.id)
        .where(
            BuddyOffer.organisation_id == actor.organisation_id,
            BuddyOffer.competency_code.in_(sorted(competencies)),
            Person.organisation_id == actor.organisation_id,
            Person.id != actor.person_id,
            Person.active,
        )
    ).all()
    teams = _teams_of({row.id for row in rows})
    found = [Buddy(id_, name, teams.get(id_, ()), kind, code) for id_, name, kind, code in rows]
    return sorted(found, key=lambda buddy: (plain(buddy.name), buddy.person_id, buddy.competency_code, buddy.kind))


def everybody_who_offers(actor: Actor) -> list[Buddy]:
    """The same about everything."""
    codes = select(BuddyOffer.competency_code).where(BuddyOffer.organisation_id == actor.organisation_id).distinct()
    return buddies_for(actor, frozenset(db.session.scalars(codes)))


def offers_of(actor: Actor) -> list[BuddyOffer]:
    """What she offers herself."""
    return list(db.session.scalars(_own_offers(actor).order_by(BuddyOffer.offered_at, BuddyOffer.competency_code)))


def companion(actor: Actor, person_id: int | None) -> Companion | None:
    """With whom an action is done; none when she left."""
    if person_id is None:
        return None
    name = db.session.scalar(select(Person.name).where(
        Person.id == person_id, Person.organisation_id == actor.organisation_id, Person.active,
    ))
    return Companion(name, _teams_of({person_id}).get(person_id, ())) if name else None


def who_asked(actor: Actor) -> list[Companion]:
    """Who wants to do something with her that is not done yet, and about which competency; nothing else of it."""
    rows = db.session.execute(
        select(Person.id, Person.name, Goal.competency_code)
        .join(Goal, Goal.person_id == Person.id)
        .join(GoalAction, GoalAction.goal_id == Goal.id)
        .where(
            Goal.organisation_id == actor.organisation_id,
            Goal.state == GoalState.OPEN,
            GoalAction.with_id == actor.person_id,
            GoalAction.done_at.is_(None),
            Person.active,
        )
        .distinct()
    ).all()
    teams = _teams_of({row.id for row in rows})
    return sorted((Companion(name, teams.get(id_, ()), code) for id_, name, code in rows),
                  key=lambda one: (plain(one.name), one.competency_code))


def _own_offers(actor: Actor) -> Select[BuddyOffer]:
    return select(BuddyOffer).where(
        BuddyOffer.organisation_id == actor.organisation_id, BuddyOffer.person_id == actor.person_id
    )


def _teams_of(person_ids: Collection[int]) -> Mapping[int, tuple[str, ...]]:
    """The names of the teams in which these people work."""
    rows = db.session.execute(
        select(Membership.person_id, Team.name)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_(sorted(person_ids)), Membership.leads.is_(False))
        .order_by(func.lower(Team.name))
    )
    found: dict[int, tuple[str, ...]] = {}
    for person_id, name in rows:
        found[person_id] = (*found.get(person_id, ()), name)
    return found
