"""Evidence as the pages of a plan show it, handed to the room of plans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from flask import g, url_for
from flask_babel import gettext as _

from app.competencies.queries import current_framework
from app.development.goals.moments import Moment
from app.development.models import Goal
from app.dossier import queries, words
from app.dossier.cards import Card
from app.dossier.models import Evidence, EvidenceKind
from app.practice.neighbours import Resting


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of evidence beside a goal."""

    evidence: Evidence
    kind: str
    address: str


def moments_of(goal_id: int) -> Sequence[Moment]:
    """The evidence of a goal on its line of time, for its owner."""
    return tuple(Moment(one.happened_on, _("Bewijs"), one.title, _address(one))
                 for one in reversed(_all_of((goal_id,))))


def evidence_of(goals: Iterable[Goal], *, own: bool) -> Mapping[int, Sequence[Piece]]:
    """By goal the evidence that hangs on it, the latest first. `own`: also what she shows to nobody."""
    ids = [goal.id for goal in goals]
    found: dict[int, list[Piece]] = {goal_id: [] for goal_id in ids}
    for one in _all_of(ids) if own else queries.shown_evidence_of(ids):
        found[one.goal_id or 0].append(Piece(one, str(words.KINDS[EvidenceKind(one.kind)]), _address(one)))
    return found


def _all_of(goal_ids: Sequence[int]) -> Sequence[Evidence]:
    """All that hangs on goals, for their owner. A goal's page asks twice, the database is asked once."""
    known: dict[tuple[int, ...], Sequence[Evidence]] = g.setdefault("evidence of goals", {})
    key = tuple(goal_ids)
    if key not in known:
        known[key] = queries.evidence_of(key)
    return known[key]


def resting_on(sheet_id: int) -> Sequence[Resting]:
    """What was made of a practice sheet, for whose it is."""
    catalog = current_framework().catalog
    return tuple(
        Resting(one.title, _address(one), url_for("dossier.renew", evidence_id=one.id), one.copied_at, one.shown,
                Card(one, catalog).behind)
        for one in queries.evidence_of_sheet(sheet_id) if one.copied_at is not None
    )


def _address(evidence: Evidence) -> str:
    return url_for("dossier.show", evidence_id=evidence.id)
