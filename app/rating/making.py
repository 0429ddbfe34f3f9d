"""Making the measurements of some parts of a closed round, in one transaction; see closing.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, insert, select, update

from app.assessments.models import Measurement, StoredCell
from app.assessments.questionnaire import SELF
from app.db import Base, db
from app.measurement.scoring import Cell
from app.rating import self_view
from app.rating.models import Comment, CommentEnvelope, Draft, Envelope, PulseOutcome, Response, Sheet, random_key
from app.rating.opening import Part, Plan, opened_parts
from app.rating.remains import remarks_kept, sheets_kept
from app.rounds.models import Invitation, RoundSubject


def make(plan: Plan, part_ids: Sequence[int]) -> None:
    """Measurements for those of these parts that have none; what was sent and saved for them is destroyed. Of a korte
    vraag one figure is kept, if that, and no sheet, text or count.

    Holds the parts and their invitations until the commit, which is the caller's.
    """
    from app.measurement import closing as figures  # numpy: the web never needs it

    parts = opened_parts(plan, part_ids)
    cells = figures.close([part.packed(plan) for part in parts], plan.items, plan.minimums,
                          small_circle=plan.small_circle)
    if plan.is_pulse:
        _put(PulseOutcome, [
            {"organisation_id": plan.organisation_id, "round_subject_id": part.id,
             "mean": next((cell.mean for cell in own), None)}
            for part, own in zip(parts, cells, strict=True)
        ])  # fmt: skip
        forget([part.id for part in parts])
        return
    covering = {part.person_id: part.adults_were_asked(plan) for part in parts}
    selves = self_view.belonging(covering, plan.organisation_id, plan.opened_at, plan.closed_at)
    for part, own in zip(parts, cells, strict=True):
        assessment_id, mirrored_id = selves.get(part.person_id, (None, None))
        measurement_id = _store_cells(plan, part, own, mirrored_id)
        _store_rest(plan, part, measurement_id)
        db.session.execute(
            update(RoundSubject)
            .where(RoundSubject.id == part.id)
            .values(measurement_id=measurement_id, self_assessment_id=assessment_id)
        )
    forget([part.id for part in parts])


def forget(part_ids: Iterable[int]) -> None:
    """Destroys what was saved and sent for these parts, and who sent."""
    of = list(part_ids)
    asked = select(Invitation.id).where(Invitation.round_subject_id.in_(of))
    db.session.execute(delete(Draft).where(Draft.invitation_id.in_(asked)))
    for table in (Envelope, CommentEnvelope):
        db.session.execute(delete(table).where(table.round_subject_id.in_(of)))
    db.session.execute(
        update(Invitation).where(Invitation.round_subject_id.in_(of)).values(answered=None)
        .execution_options(synchronize_session=False)
    )


def _store_cells(plan: Plan, part: Part, cells: Iterable[Cell], mirrored_id: int | None) -> int:
    """The measurement, with its cells and those of the self-assessment that belongs to it."""
    measurement = Measurement(
        organisation_id=plan.organisation_id,
        subject_id=part.person_id,
        framework_version_id=plan.framework_version_id,
        question_set=plan.question_set,
        closed_at=plan.closed_at,
    )
    db.session.add(measurement)
    db.session.flush()
    own = {"organisation_id": plan.organisation_id, "measurement_id": measurement.id}
    _put(StoredCell, [
        {
            **own,
            "rater_group": cell.group,
            "item_code": cell.competency_code,
            "raters": cell.raters,
            "mean": cell.mean,
            "indicator_means": dict(cell.indicator_means),
            "spread": cell.spread,
            "agreement": cell.agreement,
        }
        for cell in cells
    ])  # fmt: skip
    if mirrored_id is not None:
        table = StoredCell.__table__.c
        columns = [column for column in table if column.name != "measurement_id"]
        mirrored = db.session.execute(
            select(*columns).where(table.measurement_id == mirrored_id, table.rater_group == SELF)
        )
        _put(StoredCell, [{**row._mapping, "measurement_id": measurement.id} for row in mirrored])
    return measurement.id


def _store_rest(plan: Plan, part: Part, measurement_id: int) -> None:
    """How many answered, and what may be kept of the sheets and comments: under new keys, in the order of those."""
    own = {"organisation_id": plan.organisation_id, "round_subject_id": part.id}
    counts = Counter(group for group, _, _ in part.asked)
    sent = Counter(group for group, _, answered in part.asked if answered)
    _put(Response, [{**own, "rater_group": g, "asked": counts[g], "sent": sent[g]} for g in counts])
    published = part.published(plan)
    _put(Sheet, [
        {**own, "rater_group": s.group, "question_set": s.question_set, "answers": s.packed}
        for s in sheets_kept(part.opened, published, plan.minimums)
    ])  # fmt: skip
    _put(Comment, [
        {
            "organisation_id": plan.organisation_id, "measurement_id": measurement_id,
            "rater_group": r.group, "question": r.question, "text": r.text,
        }
        for r in remarks_kept(part.written, published, plan.minimums)
    ])  # fmt: skip


def _put(model: type[Base], rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    if "id" in model.__table__.c:
        rows = sorted(({"id": random_key(), **row} for row in rows), key=lambda row: row["id"])
    db.session.execute(insert(model.__table__), rows)  # type: ignore[arg-type]
