"""Tables of the momentopname: what the dienst may know of what its people need, frozen."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.db import Base, OfOrganisation
from app.people.models import WordSet


class NeedSettings(OfOrganisation, Base):
    """What a dienst lets its figures be cut by, beside the team, which always is (measurement.md §7).

    `self_counts_since`: a zelfbeeld that was begun after this moment counts where nothing of others is published; its
    maker was told before she began. None: no zelfbeeld counts.
    """

    __tablename__ = "need_settings"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    cuts: Mapped[frozenset[str]] = mapped_column(WordSet, default=frozenset)
    self_counts_since: Mapped[dt.datetime | None]


class Snapshot(OfOrganisation, Base):
    """A momentopname. `cuts`: those it was made with. `left_out`: per reason how many people are in no figure of it.

    `roles`: per role its word, and when that was made; none for a dienst of fewer than ten. `role_members`: who counted
    for the words that were made with this momentopname, as [person, conversation]; no page, export or message reads it.
    """

    __tablename__ = "snapshot"

    id: Mapped[int] = mapped_column(primary_key=True)
    taken_at: Mapped[dt.datetime]
    framework_version_id: Mapped[int] = mapped_column(ForeignKey("framework_version.id"))
    cuts: Mapped[list[str]] = mapped_column(JSON)
    people: Mapped[int]
    left_out: Mapped[dict[str, int]] = mapped_column(JSON)
    roles: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    role_members: Mapped[dict[str, list[list[int]]]] = mapped_column(JSON, default=dict, deferred=True)

    figures: Mapped[list[SnapshotFigure]] = relationship(lazy="raise_on_sql", cascade="all, delete-orphan")


class SnapshotRequest(OfOrganisation, Base):
    """What is asked of the worker: to take a momentopname. One row per organisation, which whoever changes it holds.

    `asked_at`: none when nothing is asked. `begun_at`: when somebody began on it, which is also whose work it is: what
    was begun anew since is no longer hers. `progress`: 0–1. `refused_at`: when the last one that was asked came to
    nothing, because no figure may change yet.
    """

    __tablename__ = "snapshot_request"
    __table_args__ = (UniqueConstraint("organisation_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    asked_at: Mapped[dt.datetime | None]
    begun_at: Mapped[dt.datetime | None]
    progress: Mapped[float] = mapped_column(default=0)
    refused_at: Mapped[dt.datetime | None]


class SnapshotFigure(OfOrganisation, Base):
    """One figure: of one kind (needs.cells.Kind), in one cell of the cuts, about one item (a competency, or nothing).

    `cell`: its (cut, value) pairs as one text. `made_at`: when it was made; earlier than the momentopname where the
    figure of then still holds. `values`: what is published of it. `members`: who is behind a base figure that was made
    with this momentopname, as [person, measurement, …] with what she brings, in order to decide what may be published
    next, and to count her alike then; no page, export or message ever shows them. Other figures have none.
    """

    __tablename__ = "snapshot_figure"

    snapshot_id: Mapped[int] = mapped_column(ForeignKey("snapshot.id", ondelete="CASCADE"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    cell: Mapped[str] = mapped_column(primary_key=True)
    item_code: Mapped[str] = mapped_column(primary_key=True)
    made_at: Mapped[dt.datetime]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    members: Mapped[list[list[Any]]] = mapped_column(JSON, deferred=True)
