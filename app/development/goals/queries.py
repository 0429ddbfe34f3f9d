"""Reading goals, what a goal starts from, and the library."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from app.access import Actor
from app.competencies.parts import Competency
from app.competencies.queries import Framework, current_framework, framework_of
from app.db import db
from app.development.goals.lifecycle import GoalState
from app.development.goals.measured import StartScore, measured, start_scores
from app.development.models import Goal
from app.people.models import Person


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new goal begins with. `start` is none when the competency was not measured."""

    framework: Framework
    competency: Competency
    start: StartScore | None


def goals_of(actor: Actor) -> list[Goal]:
    """Her own goals with their actions: the open ones by place, then the latest first."""
    own = _own_goals(actor).order_by(Goal.place.nulls_last(), Goal.changed_at.desc(), Goal.id.desc())
    return list(db.session.scalars(own).unique())


def goal_of(actor: Actor, goal_id: int) -> Goal | None:
    """One of her own goals, with its actions."""
    return db.session.scalars(_own_goals(actor).where(Goal.id == goal_id)).unique().first()


def goal_to_change(actor: Actor, goal_id: int) -> Goal | None:
    """The same, as nobody else can change it until this transaction ends."""
    hold_goals_of(actor.person_id)
    return goal_of(actor, goal_id)


def hold_goals_of(person_id: int) -> None:
    """Two requests about one person's goals go one after the other. (SQLite lets one request write anyway.)"""
    db.session.execute(select(Person.id).where(Person.id == person_id).with_for_update())


def open_goals_for(person_id: int) -> frozenset[str]:
    """The competencies that this person has an open goal for."""
    return frozenset(
        db.session.scalars(
            select(Goal.competency_code).where(Goal.person_id == person_id, Goal.state == GoalState.OPEN)
        )
    )


def beginning(actor: Actor, slug: str, measurement_id: int | None) -> Beginning | None:
    """What a goal for this competency begins with; none when that, or this measurement of hers, does not exist.

    Without a measurement: what others saw last of the competency, else what she saw last herself.
    """
    found = measured(actor)
    if measurement_id is not None:
        found = tuple(one for one in found if one.id == measurement_id)
        if not found:
            return None
    named = measurement_id is not None
    framework = framework_of(found[0].framework_version_id) if named else current_framework()
    if not framework.catalog.has_competency(slug):
        return None
    competency = framework.catalog.competency_by_slug(slug)
    return Beginning(framework, competency, start_scores(found).get(competency.code))


def latest_scores(actor: Actor) -> Mapping[str, StartScore]:
    """Of every competency that was measured, what a goal would begin with."""
    return start_scores(measured(actor))


def _own_goals(actor: Actor) -> Select[Goal]:
    return (
        select(Goal)
        .where(Goal.organisation_id == actor.organisation_id, Goal.person_id == actor.person_id)
        .options(joinedload(Goal.actions))
    )
