"""What a dienst lets its figures be cut by, and whether a zelfbeeld counts in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.needs.models import NeedSettings
from app.web.formats import now


@dataclass(frozen=True, slots=True)
class Settings:
    """`self_counts_since` as in the model; these are the defaults."""

    cuts: frozenset[str] = frozenset()
    self_counts_since: dt.datetime | None = None


def settings_of(organisation_id: int) -> Settings:
    row = db.session.execute(
        select(NeedSettings.cuts, NeedSettings.self_counts_since)
        .where(NeedSettings.organisation_id == organisation_id)
    ).first()
    return Settings(*row) if row else Settings()


def change_settings(actor: Actor, cuts: frozenset[str], *, self_counts: bool) -> None:
    """From the next momentopname on. A zelfbeeld that was begun before this moment counts only if it did already."""
    row = db.session.scalar(
        select(NeedSettings).where(NeedSettings.organisation_id == actor.organisation_id).with_for_update()
    )
    if row is None:
        row = NeedSettings(organisation_id=actor.organisation_id)
        db.session.add(row)
    row.cuts = cuts
    row.self_counts_since = (row.self_counts_since or now()) if self_counts else None
    db.session.flush()


def self_counts(actor: Actor) -> bool:
    """Whether a zelfbeeld that somebody begins now counts."""
    since = settings_of(actor.organisation_id).self_counts_since
    return since is not None and since <= now()
