"""Destroying answers: sheets some time after the release, everything when a round is broken off."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import delete, func, select

from app.db import db
from app.organisations.models import Organisation
from app.rating import making, wiping
from app.rating.models import Sheet
from app.rounds.models import Round, RoundSettings, RoundSubject
from app.web.formats import now

KEEP_ANSWERS_DAYS = 30      # of a dienst that chose nothing (measurement.md §3)


def destroy_old_sheets() -> None:
    """Every night: the sheets of parts that were released long enough ago; then what was deleted is wiped."""
    kept = db.session.execute(
        select(Organisation.id, func.coalesce(RoundSettings.keep_answers_days, KEEP_ANSWERS_DAYS)).outerjoin(
            RoundSettings, RoundSettings.organisation_id == Organisation.id
        )
    ).all()
    for organisation_id, days in kept:
        released = select(RoundSubject.id).where(
            RoundSubject.organisation_id == organisation_id,
            RoundSubject.released_at <= now() - dt.timedelta(days=days),
        )
        db.session.execute(delete(Sheet).where(Sheet.round_subject_id.in_(released)))
    db.session.commit()
    wiping.wipe()


def destroy_unread(round: Round) -> None:
    """A round was broken off: what was saved and sent for it goes, unread, in the same transaction."""
    making.forget(db.session.scalars(select(RoundSubject.id).where(RoundSubject.round_id == round.id)))
