"""Reading measurements for the profile page. Scores come from cells; answers are read only to be shown in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import aliased

from app.access import Actor, can_read_profile
from app.assessments.models import Measurement, SelfAssessment, SelfNote, StoredCell
from app.db import db
from app.measurement.scale import Group
from app.measurement.scoring import Cell
from app.people.models import Membership, Person
from app.profiles.models import Share
from app.rounds.models import Round, RoundSubject
from app.rounds.queries.asked import was_asked
from app.web.formats import today


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom a measurement is about, as far as the rules of reading it need to know."""

    id: int
    organisation_id: int
    team_ids: frozenset[int]
    discussion_partner_id: int | None


@dataclass(frozen=True, slots=True)
class Heading:
    """One measurement, without its figures. A self-assessment is always `released` and has no `part_id`.

    Of a round: `lead_reads_from` as in access.Readable; `lead_reads_comments`: whether the round lets whoever leads
    her read what people wrote; `comments_kept`: whether she keeps that to herself. `shared_with`: with whom she
    shares it today; `comments_shared_with`: with whom of those including the comments. `own_view_id`: the
    self-assessment that belongs to it.

    `team_ids`: the teams she works in; empty when she reads it herself, for then nothing rests on them. `asked_reader`:
    whether who it was read for was asked in the round herself, without her name.
    """

    id: int
    subject_id: int
    organisation_id: int
    self_assessment_id: int | None
    framework_version_id: int
    question_set: str
    closed_at: dt.datetime
    subject_name: str
    part_id: int | None = None
    own_view_id: int | None = None
    round_name: str = ""
    released: bool = True
    lead_reads_from: dt.date | None = None
    lead_reads_comments: bool = False
    comments_kept: bool = False
    shared_with: frozenset[int] = frozenset()
    comments_shared_with: frozenset[int] = frozenset()
    team_ids: frozenset[int] = frozenset()
    discussion_partner_id: int | None = None
    asked_reader: bool = False

    @property
    def subject(self) -> Subject:
        return Subject(self.subject_id, self.organisation_id, self.team_ids, self.discussion_partner_id)

    @property
    def of_round(self) -> bool:
        return self.part_id is not None


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said about one competency, in her own words and answers."""

    answers: Mapping[str, int | str] = field(default_factory=dict)
    remark: str = ""
    look_back: int | None = None


def readable(actor: Actor, measurement_id: int) -> Heading | None:
    """A measurement that this actor may read today; None when there is none, or not for her."""
    found = _headings(actor.person_id, Measurement.id == measurement_id,
                      Measurement.organisation_id == actor.organisation_id)
    return next(iter(_for(actor, found)), None)


def readable_of(
    actor: Actor, subject_id: int, team_ids: frozenset[int] | None = None
) -> tuple[Heading, ...]:
    """All measurements of somebody that this actor may read today, the newest first.

    `team_ids`: the teams that the subject works in, where they were read already.
    """
    found = _headings(actor.person_id, Measurement.subject_id == subject_id,
                      Measurement.organisation_id == actor.organisation_id)
    return _for(actor, found, team_ids)


def readable_beside(actor: Actor, measurement_id: int) -> tuple[Heading, ...]:
    """All measurements that this actor may read of whom this one is about, the newest first.

    Also when she may not read this one, and then it is not in it; empty when there is none.
    """
    subject = (
        select(Measurement.subject_id)
        .where(Measurement.id == measurement_id, Measurement.organisation_id == actor.organisation_id)
        .scalar_subquery()
    )
    return _for(actor, _headings(actor.person_id, Measurement.subject_id == subject,
                                 Measurement.organisation_id == actor.organisation_id))


def headings_of(person_id: int, organisation_id: int) -> tuple[Heading, ...]:
    """All self-assessments and released rounds of one person, the newest first; for she herself."""
    found = _headings(person_id, Measurement.subject_id == person_id, Measurement.organisation_id == organisation_id)
    return tuple(heading for heading in found if heading.released)


def rounds_about(actor: Actor, person_ids: Collection[int]) -> tuple[Heading, ...]:
    """Every closed round about these people, the newest first, also what this actor may not read: see `may_read`."""
    return _headings(actor.person_id, Measurement.subject_id.in_(person_ids), RoundSubject.id.is_not(None),
                     Measurement.organisation_id == actor.organisation_id)


def headings_among(actor: Actor, measurement_ids: Collection[int]) -> tuple[Heading, ...]:
    """These measurements, of whomever, and the rounds that one of these self-assessments belongs to; also what this
    actor may not read: see `may_read`.
    """
    own = aliased(Measurement)
    views = select(own.self_assessment_id).where(own.id.in_(measurement_ids), own.self_assessment_id.is_not(None))
    return _headings(actor.person_id,
                     or_(Measurement.id.in_(measurement_ids), RoundSubject.self_assessment_id.in_(views)),
                     Measurement.organisation_id == actor.organisation_id)


def may_read(actor: Actor, heading: Heading) -> bool:
    """Whether she reads it today, its teams being known: not a round in which she was asked herself without her name,
    whatever she became since.
    """
    return not heading.asked_reader and can_read_profile(actor, heading, heading.subject, today())


def opening(measurements: Sequence[Heading]) -> Heading:
    """With which of somebody's own measurements, the newest first, her profile opens: the one that closed last. A
    self-assessment that belongs to a released round is part of that round, and never opens before it.
    """
    belonging = {one.own_view_id for one in measurements if one.of_round}
    return next(one for one in measurements if one.of_round or one.self_assessment_id not in belonging)


def self_cells_of(headings: tuple[Heading, ...]) -> Mapping[int, tuple[Cell, ...]]:
    """The cells of the maker herself, per measurement, in the order of their codes."""
    rows = db.session.execute(
        select(
            StoredCell.measurement_id,
            StoredCell.item_code,
            StoredCell.raters,
            StoredCell.mean,
            StoredCell.indicator_means,
        )
        .where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.organisation_id == headings[0].organisation_id,
            StoredCell.rater_group == Group.SELF,
        )
        .order_by(StoredCell.measurement_id, StoredCell.item_code)
    )
    cells: dict[int, list[Cell]] = {heading.id: [] for heading in headings}
    for measurement_id, code, raters, mean, indicator_means in rows:
        cells[measurement_id].append(Cell(Group.SELF, code, raters, mean, indicator_means))
    return {measurement_id: tuple(found) for measurement_id, found in cells.items()}


def newest_with(
    headings: tuple[Heading, ...], codes: Iterable[str], organisation_id: int
) -> Mapping[str, Heading]:
    """Of these measurements, which stand newest first, per competency the first in which its maker has a score."""
    rows = db.session.execute(
        select(StoredCell.item_code, StoredCell.measurement_id).where(
            StoredCell.measurement_id.in_([heading.id for heading in headings]),
            StoredCell.item_code.in_(list(codes)),
            StoredCell.organisation_id == organisation_id,
            StoredCell.rater_group == Group.SELF,
        )
    )
    scored: dict[int, list[str]] = {}
    for code, measurement_id in rows:
        scored.setdefault(measurement_id, []).append(code)
    return {code: heading for heading in reversed(headings) for code in scored.get(heading.id, ())}


def said_about(heading: Heading, codes: Collection[str]) -> Mapping[str, Said]:
    """What the maker said, for each of these competencies."""
    rows = db.session.execute(
        select(SelfAssessment.answers, SelfNote.competency_code, SelfNote.remark, SelfNote.look_back)
        .outerjoin(
            SelfNote, (SelfNote.assessment_id == SelfAssessment.id) & SelfNote.competency_code.in_(codes),
        )
        .where(
            SelfAssessment.id == heading.self_assessment_id,
            SelfAssessment.organisation_id == heading.organisation_id,
        )
    ).all()
    notes = {code: (remark or "", look_back) for _answers, code, remark, look_back in rows}
    answers = rows[0][0] or {} if rows else {}
    return {code: Said(answers, *notes.get(code, ("", None))) for code in codes}


def _for(
    actor: Actor, headings: tuple[Heading, ...], team_ids: frozenset[int] | None = None
) -> tuple[Heading, ...]:
    """Of the measurements of one person those that this actor may read."""
    if not headings:
        return ()
    if headings[0].subject_id == actor.person_id:       # can_read_profile says so without knowing who leads her
        return tuple(heading for heading in headings if heading.released)
    if team_ids is None:
        team_ids = _teams_of(headings[0])
    told = (replace(heading, team_ids=team_ids) for heading in headings)
    return tuple(heading for heading in told if may_read(actor, heading))


def _teams_of(heading: Heading) -> frozenset[int]:
    """The teams that the subject works in, as Person.team_ids."""
    return frozenset(db.session.scalars(
        select(Membership.team_id).where(
            Membership.person_id == heading.subject_id, Membership.organisation_id == heading.organisation_id,
            Membership.leads.is_(False),
        )
    ))


def _headings(reader_id: int, *which: ColumnElement[bool]) -> tuple[Heading, ...]:
    """Self-assessments and rounds, also those that were not released, for somebody who would read them."""
    shared = and_(Share.measurement_id == Measurement.id, Share.withdrawn_at.is_(None), Share.until >= today())
    rows = db.session.execute(
        select(Measurement, Person.name, Person.discussion_partner_id, RoundSubject, Round.name,
               Round.lead_reads_comments, was_asked(reader_id), Share.reader_id, Share.with_comments)
        .join(Person, Person.id == Measurement.subject_id)
        .outerjoin(RoundSubject, RoundSubject.measurement_id == Measurement.id)
        .outerjoin(Round, Round.id == RoundSubject.round_id)
        .outerjoin(Share, shared)
        .where(*which, or_(Measurement.self_assessment_id.is_not(None), RoundSubject.id.is_not(None)))
        .order_by(Measurement.closed_at.desc(), Measurement.id.desc(), Share.id)
    ).all()
    shares: dict[int, dict[int, bool]] = {}
    for row in rows:
        if row.reader_id is not None:
            shares.setdefault(row[0].id, {})[row.reader_id] = row.with_comments
    once = {row[0].id: row for row in rows}
    return tuple(
        Heading(
            id=measurement.id,
            subject_id=measurement.subject_id,
            organisation_id=measurement.organisation_id,
            self_assessment_id=measurement.self_assessment_id,
            framework_version_id=measurement.framework_version_id,
            question_set=measurement.question_set,
            closed_at=measurement.closed_at,
            subject_name=name,
            part_id=part.id if part else None,
            own_view_id=part.self_assessment_id if part else None,
            round_name=round_name or "",
            released=part is None or part.released_at is not None,
            lead_reads_from=part.lead_reads_from if part else None,
            lead_reads_comments=bool(lead_reads_comments),
            comments_kept=part is not None and part.comments_kept,
            shared_with=frozenset(shares.get(measurement.id, ())),
            comments_shared_with=frozenset(
                reader for reader, comments in shares.get(measurement.id, {}).items() if comments
            ),
            discussion_partner_id=partner_id,
            asked_reader=asked_reader,
        )
        for measurement, name, partner_id, part, round_name, lead_reads_comments, asked_reader, *_share in once.values()
    )
