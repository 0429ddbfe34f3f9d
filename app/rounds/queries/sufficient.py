"""Whether enough people answered, of a group as a whole: all that anybody learns while a round runs."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import case, func, select

from app.db import db
from app.measurement.scale import ENOUGH_FOR_DETAIL, RULES, Group
from app.rounds.minimums import ADULTS
from app.rounds.models import Invitation, Round, RoundSubject


@dataclass(frozen=True, slots=True)
class Sufficient:
    """Whether a group of people who are asked about somebody answered enough: five, or k where that is more."""

    group: str
    reached: bool


def sufficient_by_part(planned: Round, part_ids: Collection[int]) -> Mapping[int, tuple[Sufficient, ...]]:
    """Per part its anonymous groups that were invited; with few answers it reads the same as with none.

    The adults of a kleine kring are one group. One statement, in which the counting stays.
    """
    needed = {group.rater_group: max(ENOUGH_FOR_DETAIL, group.minimum) for group in planned.groups}
    needed[Group.SMALL_CIRCLE] = max((needed[group] for group in ADULTS if group in needed), default=ENOUGH_FOR_DETAIL)
    group = case((Invitation.rater_group.in_(ADULTS), Group.SMALL_CIRCLE), else_=Invitation.rater_group) \
        if planned.small_circle else Invitation.rater_group
    invited = (
        select(Invitation.round_subject_id.label("part"), group.label("grouped"), Invitation.answered)
        .where(Invitation.round_subject_id.in_(part_ids), Invitation.invited_on.is_not(None))
        .subquery()
    )
    answered = func.count(case((invited.c.answered.is_(True), 1)))
    rows = db.session.execute(
        select(invited.c.part, invited.c.grouped, answered >= case(needed, value=invited.c.grouped, else_=999_999))
        .group_by(invited.c.part, invited.c.grouped)
    )
    order = [*Group]
    found: dict[int, list[Sufficient]] = {}
    for part_id, name, reached in sorted(rows, key=lambda row: order.index(Group(row[1]))):
        if not RULES[Group(name)].named:
            found.setdefault(part_id, []).append(Sufficient(name, bool(reached)))
    return {part_id: tuple(groups) for part_id, groups in found.items()}


def sufficient_for(part: RoundSubject) -> tuple[Sufficient, ...]:
    """The same of one part, with its round and groups loaded."""
    return sufficient_by_part(part.round, [part.id]).get(part.id, ())
