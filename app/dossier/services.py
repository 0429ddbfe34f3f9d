"""Keeping, changing and throwing away evidence. Each flushes only; a file goes with its row."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass

from sqlalchemy import ScalarResult, select
from sqlalchemy.orm import selectinload

from app.access import Actor
from app.db import db
from app.development.goals.queries import hold_goals_of
from app.dossier import storing
from app.dossier.models import Evidence, EvidenceCompetency, EvidenceKind, SeenBy
from app.dossier.uploads import Upload
from app.dossier.uploads.names import file_name
from app.practice.models import PracticeSheet
from app.web.formats import now


class SheetGone(Exception):
    """The practice sheet was thrown away meanwhile."""


@dataclass(frozen=True, slots=True)
class EvidenceWords:
    """What somebody says about a piece of evidence. `goal_id` and `sheet_id` are her own, or none."""

    title: str
    happened_on: dt.date
    reflection: str
    seen_by: SeenBy
    goal_id: int | None = None
    sheet_id: int | None = None
    text: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class NamedUpload:
    """A file that may be kept, and what it was called."""

    upload: Upload
    name: str

    @property
    def shown_name(self) -> str:
        return file_name(self.name, self.upload.kind.extensions)


def make(
    actor: Actor, kind: EvidenceKind, words: EvidenceWords, competencies: frozenset[str],
    named: NamedUpload | None = None,
) -> Evidence:
    """A new piece. The same sent twice (a double click, the back button) is one. Raises storing.NoRoom, SheetGone."""
    hold_goals_of(actor.person_id)
    twin = _twin(actor, kind, words, named)
    if twin is not None:
        return twin
    evidence = Evidence(
        organisation_id=actor.organisation_id, person_id=actor.person_id, kind=kind, created_at=now(),
        competencies=[], **asdict(words),
    )  # fmt: skip
    _put(evidence, competencies, named)
    if evidence.sheet_id is not None:
        _copy(evidence)
    db.session.add(evidence)
    db.session.flush()
    return evidence


def give(person_id: int, organisation_id: int, words: EvidenceWords, competencies: frozenset[str]) -> int:
    """A note that another room makes for somebody; the number by which that room knows it."""
    hold_goals_of(person_id)
    evidence = Evidence(organisation_id=organisation_id, person_id=person_id, kind=EvidenceKind.NOTE,
                        created_at=now(), competencies=[], **asdict(words))
    _put(evidence, competencies, None)
    db.session.add(evidence)
    db.session.flush()
    return evidence.id


def take_away(person_id: int, evidence_id: int) -> None:
    """It should not have been given. What she made of it meanwhile is hers, and stays."""
    hold_goals_of(person_id)
    given = db.session.scalar(
        select(Evidence).where(Evidence.id == evidence_id, Evidence.person_id == person_id, Evidence.reflection == "")
        .options(selectinload(Evidence.competencies))
    )  # fmt: skip
    if given is not None:
        throw_away(given)


def change(
    evidence: Evidence, words: EvidenceWords, competencies: frozenset[str], named: NamedUpload | None = None
) -> None:
    """`named`: another file in place of the one it has. Raises storing.NoRoom, SheetGone."""
    another = words.sheet_id is not None and words.sheet_id != evidence.sheet_id
    for name, value in asdict(words).items():
        setattr(evidence, name, value)
    if another:
        _copy(evidence)
    _put(evidence, competencies, named)
    db.session.flush()


def renew(evidence: Evidence) -> None:
    """Shows the practice sheet as it stands there now. Raises SheetGone."""
    _copy(evidence)
    db.session.flush()


def throw_away(evidence: Evidence) -> None:
    if evidence.stored_name:
        storing.drop(evidence.stored_name)
    db.session.delete(evidence)
    db.session.flush()


def _copy(evidence: Evidence) -> None:
    """Takes over what stands on the sheet, which stays until this transaction ends."""
    sheet = db.session.scalar(
        select(PracticeSheet)
        .where(PracticeSheet.id == evidence.sheet_id, PracticeSheet.person_id == evidence.person_id,
               PracticeSheet.finished_at.is_not(None))
        .with_for_update(read=True)
        .execution_options(populate_existing=True)
    )
    if sheet is None:
        raise SheetGone
    evidence.tool_id, evidence.answers, evidence.copied_at = sheet.tool_id, dict(sheet.answers), now()


def _put(evidence: Evidence, competencies: frozenset[str], named: NamedUpload | None) -> None:
    kept = [one for one in evidence.competencies if one.competency_code in competencies]
    new = sorted(competencies - {one.competency_code for one in kept})
    evidence.competencies = kept + [
        EvidenceCompetency(organisation_id=evidence.organisation_id, competency_code=code) for code in new
    ]
    if named is None:
        return
    upload = named.upload
    storing.make_sure_of_room(evidence, len(upload.content))
    if evidence.stored_name:
        storing.drop(evidence.stored_name)
    evidence.stored_name = storing.keep(upload.content)
    evidence.file_name = named.shown_name
    evidence.media_type = upload.kind.media_type
    evidence.size = len(upload.content)


def _twin(actor: Actor, kind: EvidenceKind, words: EvidenceWords, named: NamedUpload | None) -> Evidence | None:
    same = _same(actor.person_id, actor.organisation_id, kind, words)
    if named is None:
        return same.first()
    about = (named.shown_name, len(named.upload.content))
    return next((one for one in same if (one.file_name, one.size) == about), None)


def _same(person_id: int, organisation_id: int, kind: EvidenceKind, words: EvidenceWords) -> ScalarResult[Evidence]:
    """What says exactly this."""
    return db.session.scalars(
        select(Evidence)
        .where(
            Evidence.organisation_id == organisation_id,
            Evidence.person_id == person_id,
            Evidence.kind == kind,
            *(getattr(Evidence, name) == value for name, value in asdict(words).items()),
        )
        .options(selectinload(Evidence.competencies))
    )
