"""Reminding those who were asked and have not answered: on fixed days after somebody's own invitation, at most twice;
and telling them when they get more time.

That a day was seen to is kept with the round and never with a person, and a reminder leaves the outbox once it was
delivered: nothing tells afterwards who needed one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from sqlalchemy import ColumnElement, and_, or_, select, update

from app.background import one_by_one
from app.db import db
from app.rounds import letters
from app.rounds.calendar import Holiday, school_day
from app.rounds.invitations import State
from app.rounds.lifecycle import State as RoundState
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries import course
from app.web.formats import today

MOST: Final = 2


def remind_due() -> int:
    """Puts the reminders of today, and of days on which nobody was there to do so; says how many. Commits per round."""
    waiting = db.session.scalars(select(Round.id).where(_not_seen_to()).order_by(Round.id)).all()
    db.session.rollback()
    put: list[int] = []
    one_by_one(waiting, lambda round_id: put.append(_remind(round_id)), "round %s could not remind")
    return sum(put)


def tell_longer(planned: Round) -> None:
    """There is more time than whoever was asked knows. A letter that she is to get anyhow says so too; whether she
    answered is looked at when the letter is written.
    """
    holidays, being_told = course.holidays(planned.organisation_id), letters.being_told(planned)
    for invitation in _reached(planned.id, Invitation.invited_on.is_not(None)):
        if invitation.id not in being_told:
            later = next_reminder(invitation.invited_on or today(), planned.reminder_days, planned.closes_on, today(),
                                  holidays)
            letters.more_time(invitation, planned.id, last=later is None)


def next_reminder(invited_on: dt.date, days: Iterable[int], closes_on: dt.date, after: dt.date,
                  holidays: Collection[Holiday] = ()) -> dt.date | None:
    """The first day after `after` on which somebody invited then is reminded; never on the closing day or later, nor
    in a holiday: then on the first school day after it.
    """
    dates = sorted(school_day(invited_on + dt.timedelta(days=day), holidays) for day in sorted(days)[:MOST])
    return next((date for date in dates if after < date < closes_on), None)


def _not_seen_to() -> ColumnElement[bool]:
    return and_(
        Round.state == RoundState.OPEN,
        Round.closes_on > today(),
        or_(Round.reminded_on.is_(None), Round.reminded_on < today()),
    )


def _reached(round_id: int, *conditions: ColumnElement[bool]) -> Sequence[Invitation]:
    """Who is asked by mail."""
    return db.session.scalars(
        select(Invitation)
        .join(RoundSubject, RoundSubject.id == Invitation.round_subject_id)
        .where(
            RoundSubject.round_id == round_id,
            Invitation.state == State.APPROVED,
            Invitation.bounced.is_(None),
            Invitation.email.is_not(None),
            *conditions,
        )
        .order_by(Invitation.id)
    ).all()


def _remind(round_id: int) -> int:
    """Holds the round's row: whoever closes it waits for this, or this for her."""
    before = db.session.scalar(select(Round.reminded_on).where(Round.id == round_id))
    taken = db.session.execute(
        update(Round)
        .where(Round.id == round_id, Round.reminded_on.is_not_distinct_from(before), _not_seen_to())
        .values(reminded_on=today())
        .returning(Round.reminder_days, Round.closes_on, Round.organisation_id)
    ).first()
    if taken is None:
        return 0
    holidays = course.holidays(taken.organisation_id)
    count = 0
    for invitation in _reached(round_id, Invitation.answered.is_(False), Invitation.invited_on < today()):
        invited_on = invitation.invited_on or today()
        due = next_reminder(invited_on, taken.reminder_days, taken.closes_on, before or invited_on, holidays)
        if due is not None and due <= today():
            later = next_reminder(invited_on, taken.reminder_days, taken.closes_on, today(), holidays)
            letters.remind(invitation, round_id, last=later is None)
            count += 1
    return count
