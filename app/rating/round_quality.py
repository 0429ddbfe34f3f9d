"""Making and keeping the quality figures of closed rounds, while their sheets exist."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict

from sqlalchemy import select

from app.assessments.models import StoredCell
from app.background import one_by_one
from app.competencies.queries import framework_of
from app.db import db
from app.measurement.answers import Packed
from app.measurement.round_quality import (
    GroupResponse,
    Reliability,
    RoundQuality,
    Silence,
    Subject,
    round_quality,
)
from app.measurement.scale import ANONYMOUS_ADULTS
from app.measurement.scoring import Cell
from app.rating import packing
from app.rating.closing import SOMEBODY_ASKED
from app.rating.models import Response, Sheet, StoredQuality
from app.rounds.lifecycle import Kind, State
from app.rounds.models import Round, RoundSubject


def make_missing() -> None:
    """Every night, before sheets are destroyed: the figures of each round that was closed wholly and has none yet.

    Commits per round; what goes wrong with one is logged and does not keep the others.
    """
    unmade = select(RoundSubject.id).where(
        RoundSubject.round_id == Round.id, RoundSubject.measurement_id.is_(None), SOMEBODY_ASKED
    )
    made = select(StoredQuality.round_id).where(StoredQuality.round_id == Round.id)
    due = db.session.scalars(
        select(Round.id)
        .where(
            Round.kind == Kind.FULL,
            Round.state.in_((State.CLOSED, State.RELEASED)),
            ~unmade.exists(),
            ~made.exists(),
        )
        .order_by(Round.id)
    ).all()
    db.session.commit()
    one_by_one(due, _make, "the quality of round %s could not be made")


def quality_of(stored: StoredQuality) -> RoundQuality | None:
    """The figures as they were made; None of a round with too few subjects."""
    kept = stored.figures
    if kept is None:
        return None
    return RoundQuality(
        kept["subjects"],
        tuple(GroupResponse(**one) for one in kept["groups"]),
        tuple(Silence(**one) for one in kept["silent"]),
        kept["alike"],
        tuple(Reliability(**one) for one in kept["reliable"]),
    )


def _make(round_id: int) -> None:
    round = db.session.get_one(Round, round_id)
    found = _of(round_id, round.framework_version_id)
    figures = None if found is None else asdict(found)
    db.session.add(StoredQuality(organisation_id=round.organisation_id, round_id=round_id, figures=figures))


def _of(round_id: int, framework_version_id: int) -> RoundQuality | None:
    catalog = framework_of(framework_version_id).catalog
    parts = db.session.execute(
        select(RoundSubject.id, RoundSubject.measurement_id)
        .where(RoundSubject.round_id == round_id, RoundSubject.measurement_id.is_not(None))
        .order_by(RoundSubject.id)
    ).all()
    of_round = select(RoundSubject.id).where(RoundSubject.round_id == round_id)
    rows: dict[int, dict[tuple[str, str], bytearray]] = defaultdict(lambda: defaultdict(bytearray))
    for part_id, group, question_set, answers in db.session.execute(
        select(Sheet.round_subject_id, Sheet.rater_group, Sheet.question_set, Sheet.answers)
        .where(Sheet.round_subject_id.in_(of_round), Sheet.rater_group.in_(ANONYMOUS_ADULTS))
        .order_by(Sheet.id)
    ):
        rows[part_id][group, question_set] += answers
    response: dict[int, list[tuple[str, int, int]]] = defaultdict(list)
    for part_id, group, asked, sent in db.session.execute(
        select(Response.round_subject_id, Response.rater_group, Response.asked, Response.sent)
        .where(Response.round_subject_id.in_(of_round))
        .order_by(Response.round_subject_id, Response.rater_group)
    ):
        response[part_id].append((group, asked, sent))
    cells = _cells(round_id)
    subjects = [
        Subject(
            tuple(
                Packed(group, packing.codes(catalog, group, question_set), bytes(answers))
                for (group, question_set), answers in rows[part_id].items()
            ),
            tuple(cells.get(measurement_id or 0, ())),
            tuple(response[part_id]),
        )
        for part_id, measurement_id in parts
    ]
    return round_quality(subjects, {c.code: tuple(i.code for i in c.indicators) for c in catalog.competencies})


def _cells(round_id: int) -> Mapping[int, list[Cell]]:
    found: dict[int, list[Cell]] = defaultdict(list)
    for measurement_id, group, code, raters, mean in db.session.execute(
        select(StoredCell.measurement_id, StoredCell.rater_group, StoredCell.item_code, StoredCell.raters,
               StoredCell.mean)
        .join(RoundSubject, RoundSubject.measurement_id == StoredCell.measurement_id)
        .where(RoundSubject.round_id == round_id, StoredCell.rater_group.in_(ANONYMOUS_ADULTS))
        .order_by(StoredCell.measurement_id, StoredCell.item_code, StoredCell.rater_group)
    ):  # fmt: skip
        found[measurement_id].append(Cell(group, code, raters, mean))
    return found
