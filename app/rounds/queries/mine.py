"""Reading the rounds that are about oneself."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import contains_eager

from app.access import Actor
from app.competencies.queries import Framework, framework_of
from app.db import db
from app.rounds.lifecycle import Kind, State
from app.rounds.minimums import ADULTS
from app.rounds.models import Round, RoundSubject


@dataclass(frozen=True, slots=True)
class OwnRound:
    """My part of a round: whether I sent my choice, whether it was approved, and what came of it."""

    part_id: int
    name: str
    state: str
    choose_until: dt.date
    opens_on: dt.date
    closes_on: dt.date
    opened_at: dt.datetime | None
    sent: bool
    approved: bool
    released_measurement_id: int | None
    released_at: dt.datetime | None
    framework_version_id: int
    adult_sets: tuple[tuple[str, str], ...]     # group and question set


def rounds_of(actor: Actor) -> tuple[OwnRound, ...]:
    """The feedbackrondes about this person that she knows of, the latest first."""
    parts = db.session.execute(
        select(RoundSubject)
        .join(RoundSubject.round)
        .where(
            RoundSubject.organisation_id == actor.organisation_id,
            RoundSubject.person_id == actor.person_id,
            Round.state != State.CONCEPT,
            Round.kind == Kind.FULL,
        )
        .order_by(Round.opens_on.desc(), RoundSubject.id.desc())
        .options(contains_eager(RoundSubject.round).joinedload(Round.groups))
    ).unique().scalars()
    return tuple(
        OwnRound(
            part_id=part.id,
            name=part.round.name,
            state=part.round.state,
            choose_until=part.round.choose_until,
            opens_on=part.round.opens_on,
            closes_on=part.round.closes_on,
            opened_at=part.round.opened_at,
            sent=part.choice_sent_at is not None,
            approved=part.approved_at is not None,
            released_measurement_id=part.measurement_id if part.released_at else None,
            released_at=part.released_at,
            framework_version_id=part.round.framework_version_id,
            adult_sets=tuple(
                (group.rater_group, group.question_set) for group in part.round.groups if group.rater_group in ADULTS
            ),
        )
        for part in parts
    )


def asked_about(own: OwnRound, current: Framework) -> frozenset[str]:
    """The statements that adults are asked about her. `current` saves reading the version that is mostly meant."""
    known = own.framework_version_id == current.version_id
    catalog = (current if known else framework_of(own.framework_version_id)).catalog
    return frozenset(
        indicator.code
        for group, question_set in own.adult_sets
        for page in catalog.asked(question_set, group)
        for indicator in page.indicators
    )
