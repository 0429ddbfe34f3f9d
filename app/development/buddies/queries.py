"""Who offers to be watched or to think along, and who asked somebody."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import joinedload

from app.access import Actor, Role
from app.competencies.models import FrameworkVersion
from app.competencies.queries import catalog_of
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
        return _key(self.person_id, self.kind, self.competency_code)


@dataclass(frozen=True, slots=True)
class Offer:
    """All that a colleague offers about one competency."""

    name: str
    teams: tuple[str, ...]
    competency_code: str
    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody to do an action with."""

    name: str
    teams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asking:
    """Somebody asks for company. `kind`: to watch or to think along, empty where that is not known; `topic`: about
    what. `answer`: what was said to it, none while nothing was. Nothing else of her plan.
    """

    action_id: int
    name: str
    teams: tuple[str, ...]
    kind: str
    topic: str
    answer: bool | None


def key_of_chosen(action: GoalAction) -> str:
    """What a form called the colleague whom she asked for this action; no form says what it is for nobody."""
    return _key(action.with_id, action.with_kind, action.with_competency)


def buddies_for(actor: Actor, competencies: Collection[str]) -> list[Buddy]:
    """Who is a begeleider at her dienst, is not herself, and offers something about these; by name."""
    rows = db.session.execute(
        select(Person.id, Person.name, BuddyOffer.kind, BuddyOffer.competency_code)
        .join(BuddyOffer, BuddyOffer.person_id == Person.id)
        .where(
            BuddyOffer.organisation_id == actor.organisation_id,
            BuddyOffer.competency_code.in_(sorted(competencies)),
            Person.organisation_id == actor.organisation_id,
            Person.id != actor.person_id,
            Person.active,
            Person.plays(Role.BEGELEIDER),      # who is none any more has no page to answer on
        )
    ).all()
    teams = _teams_of({row.id for row in rows})
    found = [Buddy(id_, name, teams.get(id_, ()), kind, code) for id_, name, kind, code in rows]
    return sorted(found, key=lambda buddy: (plain(buddy.name), buddy.person_id, buddy.competency_code, buddy.kind))


def everybody_who_offers(actor: Actor) -> list[Offer]:
    """The same about everything, each colleague once with a competency."""
    codes = select(BuddyOffer.competency_code).where(BuddyOffer.organisation_id == actor.organisation_id).distinct()
    found: dict[tuple[int, str], list[Buddy]] = {}
    for one in buddies_for(actor, frozenset(db.session.scalars(codes))):
        found.setdefault((one.person_id, one.competency_code), []).append(one)
    return [Offer(of[0].name, of[0].teams, code, tuple(one.kind for one in of)) for (_, code), of in found.items()]


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


def asked_of(person_id: int, organisation_id: int) -> Select[GoalAction]:
    """The actions that are still to be done, and that somebody else asked this person to do with her."""
    return (
        select(GoalAction)
        .join(Goal, Goal.id == GoalAction.goal_id)
        .join(Person, Person.id == Goal.person_id)
        .where(
            Goal.organisation_id == organisation_id, Goal.state == GoalState.OPEN,
            GoalAction.with_id == person_id, GoalAction.done_at.is_(None), Person.active,
        )
    )


def who_asked(actor: Actor, *, unanswered: bool = False) -> list[Asking]:
    """What others ask her, by their names; all of it, or what she said nothing to yet. In one statement. What
    the framework of today does not know is left out.
    """
    found = asked_of(actor.person_id, actor.organisation_id)
    if unanswered:
        found = found.where(GoalAction.with_answer.is_(None))
    of_today = (select(column).where(FrameworkVersion.current).scalar_subquery()
                for column in (FrameworkVersion.id, FrameworkVersion.digest))
    rows = db.session.execute(
        found.add_columns(Goal.competency_code, Person, *of_today)
        .options(joinedload(Person.memberships).joinedload(Membership.team))
    ).unique()
    asking = []
    for action, goal_about, person, version_id, digest in rows:
        names = {one.code: one.name for one in catalog_of(version_id, digest).competencies}
        about = action.with_competency or goal_about
        if about in names:
            teams = sorted(one.team.name for one in person.memberships if not one.leads)
            asking.append(Asking(action.id, person.name, tuple(teams), action.with_kind or "", names[about],
                                 action.with_answer))
    return sorted(asking, key=lambda one: (plain(one.name), one.topic, one.action_id))


def is_asked(person_id: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether somebody waits for this person's answer, as part of another statement."""
    return exists().where(
        GoalAction.with_id == person_id, GoalAction.with_answer.is_(None), GoalAction.done_at.is_(None),
        Goal.id == GoalAction.goal_id, Goal.state == GoalState.OPEN,
    )


def _key(person_id: int | None, kind: str | None, competency_code: str | None) -> str:
    return f"{person_id} {kind} {competency_code}"


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
