"""What was measured of somebody, as her plan looks at it: her self-assessments and the rounds released to her."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_, select

from app.access import Actor
from app.assessments.models import Measurement, StoredCell
from app.competencies.catalog import Catalog
from app.competencies.queries import framework_of
from app.db import db
from app.development.goals.effects import Taken
from app.measurement.scale import OTHERS, Group
from app.measurement.scoring import Cell, others
from app.profiles.round_queries import invited
from app.profiles.round_waves import RoundWave, Wordings, published_as, wordings
from app.rounds.models import RoundSubject
from app.web.formats import day_of


@dataclass(frozen=True, slots=True)
class StartScore:
    """What a measurement said of a competency: copied into the goal and kept there. `group`: scale.OTHERS or zelf;
    `people`: how many stand behind it, none of her own score.
    """

    measurement_id: int
    score: float
    measured_at: dt.datetime
    group: str
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement with its cells: of everything, or of what was asked for."""

    id: int
    organisation_id: int
    framework_version_id: int
    question_set: str
    closed_at: dt.datetime
    of_round: bool
    cells: tuple[Cell, ...] = ()

    @property
    def on(self) -> dt.date:
        return day_of(self.closed_at)


def measured(actor: Actor, competency_code: str | None = None) -> tuple[Measured, ...]:
    """Everything of her that was measured, the newest first; with the cells of one competency, or of all."""
    return _measured(
        actor.organisation_id, None if competency_code is None else [competency_code],
        Measurement.subject_id == actor.person_id,
        or_(Measurement.self_assessment_id.is_not(None), RoundSubject.released_at.is_not(None)),
    )


def measured_in(
    organisation_id: int, measurement_ids: Collection[int], competency_codes: Collection[str]
) -> tuple[Measured, ...]:
    """These measurements, which whoever asks may read, the newest first; with the cells of these competencies."""
    return _measured(organisation_id, competency_codes, Measurement.id.in_(measurement_ids))


def _measured(
    organisation_id: int, competency_codes: Collection[str] | None, *which: ColumnElement[bool]
) -> tuple[Measured, ...]:
    about = StoredCell.measurement_id == Measurement.id
    if competency_codes is not None:
        about &= StoredCell.item_code.in_(competency_codes)
    rows = db.session.execute(
        select(Measurement, RoundSubject.id, StoredCell)
        .outerjoin(RoundSubject, RoundSubject.measurement_id == Measurement.id)
        .outerjoin(StoredCell, about)
        .where(Measurement.organisation_id == organisation_id, *which)
        .order_by(Measurement.closed_at.desc(), Measurement.id.desc(), StoredCell.rater_group, StoredCell.item_code)
    )
    found: dict[int, Measured] = {}
    cells: dict[int, list[Cell]] = {}
    for one, part_id, cell in rows:
        if one.id not in found:
            found[one.id] = Measured(one.id, one.organisation_id, one.framework_version_id, one.question_set,
                                     one.closed_at, part_id is not None)
            cells[one.id] = []
        if cell is not None:
            cells[one.id].append(Cell(cell.rater_group, cell.item_code, cell.raters, cell.mean, cell.indicator_means,
                                      cell.spread, cell.agreement))
    return tuple(replace(one, cells=tuple(cells[one.id])) for one in found.values())


def start_scores(found: Sequence[Measured]) -> Mapping[str, StartScore]:
    """Per competency what a goal would begin with: what others saw last, else what she saw last herself.

    `found`: the newest first. Her own score of a round counts only where she has none of a self-assessment by itself.
    """
    oldest_first = tuple(reversed(found))
    scores: dict[str, StartScore] = {}
    for of_round in (True, False):
        for one in (one for one in oldest_first if one.of_round is of_round):
            for cell in one.cells:
                if cell.group == Group.SELF:
                    scores[cell.competency_code] = StartScore(one.id, cell.mean, one.closed_at, Group.SELF)
    for one in oldest_first:
        for seen in others(one.cells):
            scores[seen.competency_code] = StartScore(one.id, seen.mean, one.closed_at, OTHERS, seen.raters)
    return scores


def wave_of(one: Measured, catalog: Catalog) -> RoundWave:
    """A round with what was asked in it. `catalog`: of its version."""
    return _waves((one,), {one.framework_version_id: catalog})[one.id]


def taken(found: Sequence[Measured], known: Mapping[int, Catalog]) -> tuple[Taken, ...]:
    """The measurements with the words in which everything was asked. `known`: catalogues that were read already."""
    catalogs = dict(known)
    waves = _waves([one for one in found if one.of_round], catalogs)
    result = []
    for one in found:
        asked: Wordings
        if one.of_round:
            asked = waves[one.id].wordings
        else:
            catalog = _catalog(one.framework_version_id, catalogs)
            asked = wordings(catalog, (), {}, (catalog, one.question_set))
        result.append(Taken(one.id, one.closed_at, one.on, one.of_round, one.cells, asked))
    return tuple(result)


def bare(found: Sequence[Measured]) -> tuple[Taken, ...]:
    """The same without any words: enough to say whether something was measured, not to compare it."""
    return tuple(Taken(one.id, one.closed_at, one.on, one.of_round, one.cells, {}) for one in found)


def _waves(rounds: Sequence[Measured], catalogs: Mapping[int, Catalog]) -> Mapping[int, RoundWave]:
    if not rounds:
        return {}
    known, asked = dict(catalogs), invited(rounds)
    waves = {}
    for one in rounds:
        there = asked[one.id]
        own = (_catalog(there.own_version, known), there.own_set) if there.own_version and there.own_set else None
        published = published_as(one.cells, small_circle=there.small_circle)
        words = wordings(_catalog(one.framework_version_id, known), there.kinds, published, own)
        waves[one.id] = RoundWave(one.cells, there.kinds, words)
    return waves


def _catalog(version_id: int, known: dict[int, Catalog]) -> Catalog:
    if version_id not in known:
        known[version_id] = framework_of(version_id).catalog
    return known[version_id]
