"""Closing a round: from envelopes to cells, some people at a time, each person's part wholly in one transaction.

First the round stops taking answers; from then on its envelopes do not change, so it does not matter when they are
opened, nor whether this is broken off and goes on later, nor who else is at it: a part with a measurement, or with
the outcome of a korte vraag, is done.
Every part of which somebody was asked gets a measurement, also when nobody answered: that it exists tells nothing. A
part of which nobody ever was (its choice was not approved, or held back) gets none, and there is nothing to release.
"""

from __future__ import annotations

from sqlalchemy import and_, or_, select

from app.background import one_by_one
from app.db import db
from app.messages import services as messages
from app.rating import making, wiping
from app.rating.models import PulseOutcome
from app.rating.opening import plan_of
from app.rounds import letters, moves
from app.rounds.lifecycle import State
from app.rounds.models import Invitation, Round, RoundSubject
from app.web.formats import today

BATCH = 20          # parts in a transaction: SQLite has one writer, and whoever answers elsewhere waits for it

UNMADE = and_(
    RoundSubject.measurement_id.is_(None),
    ~select(PulseOutcome.round_subject_id).where(PulseOutcome.round_subject_id == RoundSubject.id).exists(),
)
"""Of a feedbackronde a measurement is made, of a korte vraag one figure."""

SOMEBODY_ASKED = (
    select(Invitation.id)
    .where(Invitation.round_subject_id == RoundSubject.id, Invitation.invited_on.is_not(None))
    .exists()
)


def close_due() -> None:
    """Closes every round whose last day is over in the Netherlands, and goes on with what was broken off.

    What goes wrong with one round is logged and does not keep the others open.
    """
    unmade = select(RoundSubject.id).where(RoundSubject.round_id == Round.id, UNMADE, SOMEBODY_ASKED)
    due = db.session.scalars(
        select(Round.id)
        .where(
            or_(
                (Round.state == State.OPEN) & (Round.closes_on < today()),
                (Round.state == State.CLOSED) & unmade.exists(),
            )
        )
        .order_by(Round.closes_on, Round.id)
    ).all()
    db.session.commit()
    one_by_one(due, close, "round %s could not be closed")


def close(round_id: int) -> None:
    """Closes one round, or goes on closing it. Commits as it goes. Raises MoveRefused before its last day is over."""
    round = db.session.get_one(Round, round_id, populate_existing=True, with_for_update=True)
    if round.state not in (State.CLOSED, State.RELEASED):
        moves.close(round)
    messages.withdraw(round.organisation_id, letters.concerns(round_id))
    db.session.commit()
    plan = plan_of(round_id)
    while part_ids := _unmade(round_id):
        making.make(plan, part_ids)
        db.session.commit()
        db.session.expunge_all()
    wiping.wipe()


def _unmade(round_id: int) -> list[int]:
    found = db.session.scalars(
        select(RoundSubject.id)
        .where(RoundSubject.round_id == round_id, UNMADE, SOMEBODY_ASKED)
        .order_by(RoundSubject.id)
        .limit(BATCH)
    ).all()
    db.session.commit()     # or the next transaction would begin with what this one saw
    return list(found)
