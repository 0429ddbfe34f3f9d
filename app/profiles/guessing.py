"""Keeping what somebody expects of a round before she reads it. Flushes only."""

from __future__ import annotations

from sqlalchemy import select

from app.db import db
from app.profiles.guesses import Guessed
from app.profiles.models import Guess
from app.profiles.queries import Heading
from app.web.formats import now


def guess_of(heading: Heading) -> Guessed | None:
    """What its subject expected, or that she would rather not say; None while she was not asked yet."""
    row = db.session.execute(
        select(Guess.seen_most, Guess.largest_difference).where(
            Guess.measurement_id == heading.id, Guess.organisation_id == heading.organisation_id
        )
    ).first()
    return Guessed(tuple(row[0]), row[1]) if row else None


def keep(heading: Heading, guess: Guessed) -> bool:
    """False when there is one already: a guess is made before reading, and so it stays."""
    held = db.session.scalar(select(Guess).where(Guess.measurement_id == heading.id).with_for_update())
    if held is not None:
        return False
    db.session.add(
        Guess(
            measurement_id=heading.id,
            organisation_id=heading.organisation_id,
            declined=not guess.seen_most,
            seen_most=list(guess.seen_most),
            largest_difference=guess.largest_difference,
            made_at=now(),
        )
    )
    db.session.flush()
    return True
