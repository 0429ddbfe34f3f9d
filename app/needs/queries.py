"""Reading momentopnamen for pages: what was published, and never who is behind it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.competencies.models import FunctionProfile
from app.db import db
from app.measurement.coverage import Coverage
from app.needs.cells import Kind
from app.needs.models import Snapshot, SnapshotFigure, SnapshotRequest
from app.organisations.models import Team

_figure = SnapshotFigure.__table__


@dataclass(frozen=True, slots=True)
class SnapshotRow:
    """One momentopname in the list."""

    id: int
    taken_at: dt.datetime
    framework_version_id: int
    cuts: tuple[str, ...]
    people: int
    left_out: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One figure as it was published."""

    snapshot_id: int
    kind: str
    cell: str
    item: str
    made_at: dt.datetime
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """How the worker is with what was asked; `progress` 0–1."""

    asked_at: dt.datetime | None = None
    progress: float = 0
    refused_at: dt.datetime | None = None


def snapshots_of(organisation_id: int) -> Sequence[SnapshotRow]:
    """All of them, the newest first."""
    rows = db.session.execute(
        select(Snapshot.id, Snapshot.taken_at, Snapshot.framework_version_id, Snapshot.cuts, Snapshot.people,
               Snapshot.left_out)
        .where(Snapshot.organisation_id == organisation_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc())
    )
    return [
        SnapshotRow(row.id, row.taken_at, row.framework_version_id, tuple(row.cuts), row.people, row.left_out)
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class RoleWords:
    """Per role its word of the last momentopname, and when that was made."""

    taken_at: dt.datetime
    framework_version_id: int
    words: Mapping[str, tuple[Coverage, dt.datetime]]


def role_words(organisation_id: int) -> RoleWords | None:
    """None before the first momentopname."""
    row = db.session.execute(
        select(Snapshot.taken_at, Snapshot.framework_version_id, Snapshot.roles)
        .where(Snapshot.organisation_id == organisation_id)
        .order_by(Snapshot.taken_at.desc(), Snapshot.id.desc()).limit(1)
    ).first()
    return row and RoleWords(row.taken_at, row.framework_version_id, {
        role: (Coverage(word), dt.datetime.fromisoformat(made_at)) for role, (word, made_at) in row.roles.items()
    })


def figures_of(organisation_id: int, snapshot_ids: Collection[int], cells: Collection[str]) -> Sequence[Found]:
    """What these momentopnamen published of these cells; one statement.

    The organisation is asked of the momentopname: by the figures' own column SQLite would read all that it ever had.
    """
    rows = db.session.execute(
        select(_figure.c.snapshot_id, _figure.c.kind, _figure.c.cell, _figure.c.item_code, _figure.c.made_at,
               _figure.c["values"])
        .join(Snapshot, Snapshot.id == _figure.c.snapshot_id)
        .where(Snapshot.organisation_id == organisation_id, _figure.c.snapshot_id.in_(snapshot_ids),
               _figure.c.kind.in_(list(Kind)), _figure.c.cell.in_(cells))
    )
    return [Found(*row) for row in rows]


def first_teams(organisation_id: int, most: int, only: Collection[int] | None = None) -> Mapping[int, str]:
    """The names of at most so many teams, by name; of all, or of these."""
    rows = db.session.execute(
        select(Team.id, Team.name)
        .where(Team.organisation_id == organisation_id, Team.id.in_(only) if only is not None else True)  # type: ignore[arg-type]
        .order_by(Team.name, Team.id)
        .limit(most)
    )
    return {team_id: name for team_id, name in rows}  # noqa: C416


def team_name(organisation_id: int, team_id: int) -> str | None:
    return db.session.scalar(
        select(Team.name).where(Team.organisation_id == organisation_id, Team.id == team_id)
    )


def profile_names(organisation_id: int) -> Mapping[str, str]:
    """The names of the function profiles, by id as a cell has it."""
    return {
        str(profile): name for profile, name in db.session.execute(
            select(FunctionProfile.id, FunctionProfile.name)
            .where(FunctionProfile.organisation_id == organisation_id)
        )
    }


def asked_of(organisation_id: int) -> Asked:
    row = db.session.execute(
        select(SnapshotRequest.asked_at, SnapshotRequest.progress, SnapshotRequest.refused_at)
        .where(SnapshotRequest.organisation_id == organisation_id)
    ).first()
    return Asked(*row) if row else Asked()
