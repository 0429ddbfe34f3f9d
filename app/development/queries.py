"""Reading goals, what a goal starts from, and the library."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import selectinload

from app.access import Actor
from app.assessments.models import Measurement, StoredCell
from app.competencies.parts import Competency
from app.competencies.queries import Framework, current_framework, framework_of
from app.db import db
from app.development.library import Action
from app.development.lifecycle import GoalState
from app.development.models import Goal, LibraryAction
from app.people.models import Person

SELF = "zelf"       # the rater group whose score a goal starts from


@dataclass(frozen=True, slots=True)
class StartScore:
    """What a measurement said of a competency: copied into the goal and kept there."""

    measurement_id: int
    score: float
    measured_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new goal begins with. `start` is none when the competency was not measured."""

    framework: Framework
    competency: Competency
    start: StartScore | None


def goals_of(actor: Actor) -> list[Goal]:
    """Her own goals with their actions: the open ones by place, then the latest first."""
    own = _own_goals(actor).order_by(Goal.place.nulls_last(), Goal.changed_at.desc(), Goal.id.desc())
    return list(db.session.scalars(own))


def goal_of(actor: Actor, goal_id: int) -> Goal | None:
    """One of her own goals, with its actions."""
    return db.session.scalar(_own_goals(actor).where(Goal.id == goal_id))


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


def library() -> tuple[Action, ...]:
    """The actions to choose from, in the order of the library."""
    rows = select(LibraryAction.document).where(LibraryAction.retired_at.is_(None)).order_by(LibraryAction.position)
    return tuple(Action.model_validate(document) for document in db.session.scalars(rows))


def library_actions(codes: Iterable[str]) -> tuple[Action, ...]:
    """These actions, also those that were retired since."""
    rows = select(LibraryAction.document).where(LibraryAction.code.in_(sorted(codes))).order_by(LibraryAction.position)
    return tuple(Action.model_validate(document) for document in db.session.scalars(rows))


def beginning(actor: Actor, slug: str, measurement_id: int | None) -> Beginning | None:
    """What a goal for this competency begins with; none when that, or this measurement of hers, does not exist.

    Without a measurement: the latest of hers that says something about the competency.
    """
    measurement = _measurement(actor, measurement_id)
    if measurement_id is not None and measurement is None:
        return None
    framework = framework_of(measurement.framework_version_id) if measurement else current_framework()
    if not framework.catalog.has_competency(slug):
        return None
    competency = framework.catalog.competency_by_slug(slug)
    return Beginning(framework, competency, _start_score(actor, competency.code, measurement_id))


def latest_scores(actor: Actor) -> Mapping[str, float]:
    """Her own latest score of every competency that she measured."""
    rows = db.session.execute(
        select(StoredCell.item_code, StoredCell.mean)
        .join(Measurement, StoredCell.measurement_id == Measurement.id)
        .where(
            Measurement.organisation_id == actor.organisation_id,
            Measurement.subject_id == actor.person_id,
            Measurement.self_assessment_id.is_not(None),
            StoredCell.rater_group == SELF,
        )
        .order_by(Measurement.closed_at, Measurement.id)
    )
    return {code: mean for code, mean in rows}      # noqa: C416  a later one replaces an earlier one


def was_measured(actor: Actor) -> bool:
    """True when she finished a self-assessment."""
    return db.session.scalar(select(_own_measurements(actor).exists())) or False


def _own_goals(actor: Actor) -> Select[Goal]:
    return (
        select(Goal)
        .where(Goal.organisation_id == actor.organisation_id, Goal.person_id == actor.person_id)
        .options(selectinload(Goal.actions))
    )


def _measurement(actor: Actor, measurement_id: int | None) -> Measurement | None:
    if measurement_id is None:
        return None
    return db.session.scalar(_own_measurements(actor).where(Measurement.id == measurement_id))


def _start_score(actor: Actor, competency_code: str, measurement_id: int | None) -> StartScore | None:
    measured = (
        select(Measurement.id, StoredCell.mean, Measurement.closed_at)
        .join(StoredCell, StoredCell.measurement_id == Measurement.id)
        .where(
            Measurement.organisation_id == actor.organisation_id,
            Measurement.subject_id == actor.person_id,
            Measurement.self_assessment_id.is_not(None),
            StoredCell.rater_group == SELF,
            StoredCell.item_code == competency_code,
        )
        .order_by(Measurement.closed_at.desc(), Measurement.id.desc())
        .limit(1)
    )
    if measurement_id is not None:
        measured = measured.where(Measurement.id == measurement_id)
    row = db.session.execute(measured).first()
    return StartScore(*row) if row else None


def _own_measurements(actor: Actor) -> Select[Measurement]:
    return select(Measurement).where(
        Measurement.organisation_id == actor.organisation_id,
        Measurement.subject_id == actor.person_id,
        Measurement.self_assessment_id.is_not(None),
    )
