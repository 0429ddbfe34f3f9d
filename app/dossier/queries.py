"""Reading evidence: one's own, and what somebody shows to whoever accompanies her."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload, selectinload

from app.access import Actor
from app.checkins.models import CheckIn
from app.db import db
from app.development.goals.queries import hold_goals_of
from app.development.models import Goal, Plan
from app.development.plans.lifecycle import PlanState
from app.dossier.models import Evidence, SeenBy
from app.people.models import Person
from app.practice.models import PracticeSheet


@dataclass(frozen=True, slots=True)
class Found:
    """A piece of evidence and whose it is."""

    evidence: Evidence
    person: Person


def own_evidence(actor: Actor) -> list[Evidence]:
    """All her own, the latest first."""
    return list(db.session.scalars(_of_person(actor.person_id, actor.organisation_id)))


def shown_evidence(person: Person) -> list[Evidence]:
    """What somebody shows to whoever accompanies her, the latest first."""
    return list(db.session.scalars(
        _of_person(person.id, person.organisation_id).where(Evidence.seen_by == SeenBy.LEAD)
    ))


def evidence_of(goal_ids: Sequence[int]) -> Sequence[Evidence]:
    """What belongs to these goals, the latest first. Who asks may read them as their owner."""
    return db.session.scalars(_of_goals(goal_ids)).all() if goal_ids else ()


def shown_evidence_of(goal_ids: Sequence[int]) -> Sequence[Evidence]:
    """What their owner shows of it to whoever accompanies her."""
    return db.session.scalars(_of_goals(goal_ids).where(Evidence.seen_by == SeenBy.LEAD)).all() if goal_ids else ()


def evidence_of_sheet(sheet_id: int) -> list[Evidence]:
    """What was made of a practice sheet, the oldest first. Who asks may read the sheet."""
    return list(db.session.scalars(
        _whole().where(Evidence.sheet_id == sheet_id).order_by(Evidence.copied_at, Evidence.id)
    ))


def find(actor: Actor, evidence_id: int) -> Found | None:
    """One piece in her organisation, with whose it is and all that its page shows."""
    row = db.session.execute(
        _whole()
        .add_columns(Person)
        .join(Person, Person.id == Evidence.person_id)
        .where(Evidence.id == evidence_id, Evidence.organisation_id == actor.organisation_id)
        .options(selectinload(Person.memberships))
    ).one_or_none()
    return Found(*row) if row else None


def to_change(actor: Actor, evidence_id: int) -> Found | None:
    """The same, as nobody else can change it until this transaction ends. (SQLite lets one request write anyway.)"""
    hold_goals_of(actor.person_id)      # a goal or a sheet is thrown away before this, or after
    db.session.execute(
        select(Evidence.id)
        .where(Evidence.id == evidence_id, Evidence.organisation_id == actor.organisation_id)
        .with_for_update()
    )
    return find(actor, evidence_id)


def shown_goals(person: Person) -> frozenset[int]:
    """The goals of somebody that whoever accompanies her may know: those in a plan that she put before them."""
    return frozenset(db.session.scalars(
        select(Goal.id).join(Plan, Plan.id == Goal.plan_id)
        .where(Goal.person_id == person.id, Goal.organisation_id == person.organisation_id,
               Plan.state != PlanState.DRAFT)
    ))


def person_of(actor: Actor, person_id: int) -> Person | None:
    """Somebody of her organisation, with her teams."""
    return db.session.scalar(
        select(Person)
        .where(Person.id == person_id, Person.organisation_id == actor.organisation_id)
        .options(selectinload(Person.memberships))
    )


def goals_to_attach(actor: Actor) -> list[Goal]:
    """Her own goals, the open ones first."""
    return list(db.session.scalars(
        select(Goal)
        .where(Goal.organisation_id == actor.organisation_id, Goal.person_id == actor.person_id)
        .order_by(Goal.place.nulls_last(), Goal.changed_at.desc(), Goal.id.desc())
    ))


def plans_of(actor: Actor) -> list[Plan]:
    """Her own plans, the latest first."""
    return list(db.session.scalars(
        select(Plan)
        .where(Plan.organisation_id == actor.organisation_id, Plan.person_id == actor.person_id)
        .options(joinedload(Plan.partner))
        .order_by(Plan.begins_on.desc())
    ))


def told_check_ins(actor: Actor) -> list[CheckIn]:
    """Her tussenstanden that she showed, in every plan, the first one first, with what she said of each goal."""
    return list(db.session.scalars(
        select(CheckIn)
        .join(Plan, Plan.id == CheckIn.plan_id)
        .where(Plan.organisation_id == actor.organisation_id, Plan.person_id == actor.person_id,
               CheckIn.shared_at.is_not(None))
        .options(selectinload(CheckIn.goals))
        .order_by(CheckIn.number)
    ))


def finished_sheets(actor: Actor) -> list[PracticeSheet]:
    """Her own finished practice sheets, the latest first."""
    return list(db.session.scalars(
        select(PracticeSheet)
        .where(
            PracticeSheet.organisation_id == actor.organisation_id,
            PracticeSheet.person_id == actor.person_id,
            PracticeSheet.finished_at.is_not(None),
        )
        .options(joinedload(PracticeSheet.tool), joinedload(PracticeSheet.traject))
        .order_by(PracticeSheet.finished_at.desc(), PracticeSheet.id.desc())
    ))


def _of_person(person_id: int, organisation_id: int) -> Select[Evidence]:
    return (
        _whole()
        .where(Evidence.person_id == person_id, Evidence.organisation_id == organisation_id)
        .order_by(Evidence.happened_on.desc(), Evidence.id.desc())
    )


def _whole() -> Select[Evidence]:
    return select(Evidence).options(
        selectinload(Evidence.competencies),
        joinedload(Evidence.goal),
        joinedload(Evidence.sheet).options(joinedload(PracticeSheet.tool), joinedload(PracticeSheet.traject)),
        joinedload(Evidence.tool),
    )


def _of_goals(goal_ids: Sequence[int]) -> Select[Evidence]:
    return (
        select(Evidence)
        .where(Evidence.goal_id.in_(goal_ids))
        .order_by(Evidence.happened_on.desc(), Evidence.id.desc())
    )
