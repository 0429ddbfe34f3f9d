"""Reading what a round about one person left: its cells, and who was invited. Never who of them answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select

from app.assessments.models import SelfAssessment, StoredCell
from app.db import db
from app.measurement.scoring import Cell
from app.profiles.queries import Heading
from app.profiles.round_waves import Kind
from app.rounds import invitations
from app.rounds.models import Invitation, Round, RoundSubject


class OfMeasurement(Protocol):
    """What is to be known of a measurement to read who was invited to its part."""

    @property
    def id(self) -> int: ...
    @property
    def organisation_id(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Invited:
    """Who was invited about one person, and the framework and set of the self-assessment that belongs to her part."""

    small_circle: bool
    own_version: int | None
    own_set: str | None
    kinds: tuple[Kind, ...]


def cells_of(headings: Sequence[Heading]) -> Mapping[int, tuple[Cell, ...]]:
    """The cells of all groups, per measurement, in the order of groups and codes."""
    rows = db.session.execute(
        select(
            StoredCell.measurement_id,
            StoredCell.rater_group,
            StoredCell.item_code,
            StoredCell.raters,
            StoredCell.mean,
            StoredCell.indicator_means,
            StoredCell.spread,
            StoredCell.agreement,
        )
        .where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.organisation_id == headings[0].organisation_id,
        )
        .order_by(StoredCell.measurement_id, StoredCell.rater_group, StoredCell.item_code)
    )
    cells: dict[int, list[Cell]] = {heading.id: [] for heading in headings}
    for measurement_id, group, code, raters, mean, indicator_means, spread, agreement in rows:
        cells[measurement_id].append(Cell(group, code, raters, mean, indicator_means, spread, agreement))
    return {measurement_id: tuple(found) for measurement_id, found in cells.items()}


def invited(headings: Sequence[OfMeasurement]) -> Mapping[int, Invited]:
    """Per measurement who was invited to its part, as it was when the round closed."""
    rows = db.session.execute(
        select(
            RoundSubject.measurement_id,
            Round.small_circle,
            SelfAssessment.framework_version_id,
            SelfAssessment.question_set,
            Invitation.rater_group,
            Invitation.question_set,
            func.count(Invitation.id),
        )
        .join(Round, Round.id == RoundSubject.round_id)
        .outerjoin(SelfAssessment, SelfAssessment.id == RoundSubject.self_assessment_id)
        .outerjoin(
            Invitation,
            (Invitation.round_subject_id == RoundSubject.id)
            & Invitation.invited_on.is_not(None)
            & (Invitation.state != invitations.State.DECLINED),
        )
        .where(
            RoundSubject.measurement_id.in_([heading.id for heading in headings]),
            RoundSubject.organisation_id == headings[0].organisation_id,
        )
        .group_by(
            RoundSubject.measurement_id, Round.small_circle, SelfAssessment.framework_version_id,
            SelfAssessment.question_set, Invitation.rater_group, Invitation.question_set,
        )
        .order_by(RoundSubject.measurement_id, Invitation.rater_group, Invitation.question_set)
    )
    found: dict[int, Invited] = {}
    for measurement_id, small_circle, version, own_set, group, question_set, people in rows:
        if measurement_id is None:
            continue
        known = found.get(measurement_id)
        kinds = known.kinds if known else ()
        if group is not None:
            kinds = (*kinds, Kind(group, question_set, people))
        found[measurement_id] = Invited(small_circle, version, own_set, kinds)
    return found
