"""Reading the aanbod."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from app.competencies.catalog import Catalog
from app.db import db
from app.trainings.lifecycle import SessionState
from app.trainings.models import Meeting, Training, TrainingCompetency, TrainingSession
from app.web.formats import now


@dataclass(frozen=True, slots=True)
class Chosen:
    """What somebody looks for; empty or None: everything. `role`: what is about any competency that belongs to it;
    `level`: where she stands, so what takes her further.
    """

    focus: str = ""
    competency: str = ""
    role: str = ""
    level: int | None = None
    form: str = ""

    @property
    def anything(self) -> bool:
        return bool(self.focus or self.competency or self.role or self.level or self.form)

    def fits(self, training: Training, catalog: Catalog) -> bool:
        """Whether it is what she looks for. A training that stays at one level is for who stands there."""
        codes = [one.competency_code for one in training.competencies]
        of_focus = {one.code for one in catalog.competencies if one.focus == self.focus}
        of_role = {one.code for one in catalog.competencies_for_role(self.role)}
        return (
            (not self.competency or self.competency in codes)
            and (not self.focus or not of_focus.isdisjoint(codes))
            and (not self.role or not of_role.isdisjoint(codes))
            and (not self.form or training.form == self.form)
            and (self.level is None
                 or training.level_from <= self.level <= max(training.level_from, training.level_to - 1))
        )


@dataclass(frozen=True, slots=True)
class Offer:
    """What fits, by title; `there`: how many trainings there are in all, retired ones too."""

    offered: Sequence[Training]
    retired: Sequence[Training]
    there: int


def offer_of(organisation_id: int, chosen: Chosen, catalog: Catalog) -> Offer:
    trainings = everything_of(organisation_id)
    fitting = [training for training in trainings if chosen.fits(training, catalog)]
    return Offer(
        offered=[training for training in fitting if training.retired_at is None],
        retired=[training for training in fitting if training.retired_at is not None],
        there=len(trainings),
    )


def everything_of(organisation_id: int) -> Sequence[Training]:
    """All trainings with what they are about, by title."""
    rows = db.session.scalars(_whole().where(Training.organisation_id == organisation_id)).all()
    return sorted(rows, key=lambda training: (training.title.casefold(), training.id))


def offered_about(organisation_id: int) -> Mapping[str, int]:
    """How many trainings on offer are about each competency; one statement."""
    return dict(db.session.execute(
        select(TrainingCompetency.competency_code, func.count())
        .join(Training, Training.id == TrainingCompetency.training_id)
        .where(Training.organisation_id == organisation_id, Training.retired_at.is_(None))
        .group_by(TrainingCompetency.competency_code)
    ).all())


def roles_on_offer(organisation_id: int, catalog: Catalog) -> frozenset[str]:
    """The roles that something on offer is about; one statement."""
    about = offered_about(organisation_id).keys()
    return frozenset(role.code for role in catalog.roles
                     if any(one.code in about for one in catalog.competencies_for_role(role.code)))


def training_of(organisation_id: int, training_id: int) -> Training | None:
    """One of them, with what it is about."""
    return db.session.scalar(
        _whole().where(Training.organisation_id == organisation_id, Training.id == training_id)
    )


def _whole() -> Select[Training]:
    return select(Training).options(selectinload(Training.competencies))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A session that waits for hr: its last day has come and nobody said who was there, or it has no day yet."""

    session_id: int
    title: str
    remark: str
    passed: bool


def unsettled(organisation_id: int) -> Sequence[Unsettled]:
    """Those that have passed in front, the longest ago first. One statement."""
    last = func.max(Meeting.begins_at)
    rows = db.session.execute(
        select(TrainingSession.id, Training.title, TrainingSession.remark, last)
        .join(Training, Training.id == TrainingSession.training_id)
        .outerjoin(Meeting, Meeting.session_id == TrainingSession.id)
        .where(TrainingSession.organisation_id == organisation_id, TrainingSession.state == SessionState.PLANNED)
        .group_by(TrainingSession.id, Training.title, TrainingSession.remark)
        .having(or_(last.is_(None), last <= now()))
        .order_by(last.is_(None), last, TrainingSession.id)
    )
    return [Unsettled(session_id, title, remark, day is not None) for session_id, title, remark, day in rows]
