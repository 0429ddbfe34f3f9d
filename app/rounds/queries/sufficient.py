"""Whether enough people answered, of a group as a whole: all that anybody learns while a round runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import and_, case, func, or_, select

from app.db import db
from app.measurement.scale import ENOUGH_FOR_DETAIL, RULES, Group
from app.rounds.minimums import ADULTS
from app.rounds.models import Invitation, Round, RoundGroup, RoundSubject


@dataclass(frozen=True, slots=True)
class Sufficient:
    """Whether a group of people who are asked about somebody answered enough: five, or k where that is more."""

    group: str
    reached: bool


def sufficient_by_part(part_ids: Collection[int]) -> Mapping[int, tuple[Sufficient, ...]]:
    """Per part its anonymous groups that were invited; with few answers it reads the same as with none.

    The adults of a kleine kring are one group. One statement, in which the counting stays; the parts may be of several
    rounds.
    """
    invited = (
        select(
            Invitation.round_subject_id.label("part"), RoundSubject.round_id.label("round"), Invitation.answered,
            case((Round.small_circle & Invitation.rater_group.in_(ADULTS), Group.SMALL_CIRCLE),
                 else_=Invitation.rater_group).label("grouped"),
        )
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .join(Round, Round.id == RoundSubject.round_id)
        .where(Invitation.round_subject_id.in_(part_ids), Invitation.invited_on.is_not(None))
        .subquery()
    )
    minimum = (
        select(func.max(RoundGroup.minimum))
        .where(
            RoundGroup.round_id == invited.c.round,
            or_(RoundGroup.rater_group == invited.c.grouped,
                and_(invited.c.grouped == Group.SMALL_CIRCLE, RoundGroup.rater_group.in_(ADULTS))),
        )
        .scalar_subquery()
    )
    answered = func.count(case((invited.c.answered.is_(True), 1)))
    rows = db.session.execute(
        select(invited.c.part, invited.c.grouped, and_(answered >= ENOUGH_FOR_DETAIL, answered >= minimum))
        .group_by(invited.c.part, invited.c.grouped, invited.c.round)
    )
    order = [*Group]
    found: dict[int, list[Sufficient]] = {}
    for part_id, name, reached in sorted(rows, key=lambda row: order.index(Group(row[1]))):
        if not RULES[Group(name)].named:
            found.setdefault(part_id, []).append(Sufficient(name, bool(reached)))
    return {part_id: tuple(groups) for part_id, groups in found.items()}


def sufficient_for(part: RoundSubject) -> tuple[Sufficient, ...]:
    """The same of one part."""
    return sufficient_by_part([part.id]).get(part.id, ())
