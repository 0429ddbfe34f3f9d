"""Carrying out the moves of lifecycle.TABLE. Each holds the round's row: of two at the same moment one counts.

Every function raises MoveRefused for what the table does not allow, and flushes only.
"""

from __future__ import annotations

import datetime as dt

from blinker import Signal
from sqlalchemy import select, update

from app.background import one_by_one
from app.competencies.services import pin
from app.db import db
from app.messages import services as messages
from app.rounds import inviting, letters, lifecycle, reminding
from app.rounds.calendar import in_holiday, pulse_end, pulse_extension
from app.rounds.lifecycle import Facts, Move, MoveRefused, Obstacle, State, Who
from app.rounds.models import Invitation, Round, RoundSubject
from app.rounds.queries import course
from app.rounds.settings import settings_of
from app.rounds.spacing import TooClose
from app.web.formats import now, today

round_aborted = Signal()
"""Sent with the round as its sender, in the same transaction: whoever keeps answers of it destroys them."""


def publish(round: Round) -> None:
    """The subjects choose from now on: they are told, and the version of the framework is pinned."""
    _hold(round)
    parts = _parts_of(round)
    person_ids = [part.person_id for part in parts]
    _go(round, Move.PUBLISH, _facts(
        round, Who.ORGANISER, people=len(parts),
        without_approver=len(course.without_approver(round.organisation_id, person_ids)),
        closing_in_holiday=_in_holiday(round, round.closes_on),
    ))
    pin(round.framework_version_id)
    for part in parts:
        if not round.is_pulse:      # she began it herself a moment ago
            letters.choose_people(part)
    db.session.flush()


def open_round(round: Round, who: Who = Who.ORGANISER) -> None:
    """Answers are taken from now on: everybody is invited whose part was approved and whom the spacing rule lets."""
    _hold(round)
    parts = _parts_of(round)
    course.hold_parts_of([part.person_id for part in parts])
    spacing = course.spacing_of(round.id, round.organisation_id, today())
    approved = [part for part in parts if part.approved_at is not None]
    clear = [part for part in approved if not spacing[part.id]]
    _go(round, Move.OPEN, _facts(round, who, approved=len(approved), approved_and_clear=len(clear)))
    round.opens_on, round.opened_at = today(), now()
    db.session.flush()
    for part in clear:
        inviting.invite_approved(part)
    db.session.flush()


def open_pulse(round: Round) -> None:
    """A korte vraag that was just approved begins at once, for two weeks."""
    round.closes_on = pulse_end(today(), course.holidays(round.organisation_id))
    db.session.flush()
    open_round(round)


def open_due() -> None:
    """Opens every round whose day has come, each in a transaction of its own; what cannot open yet waits."""
    due = course.due_rounds(today())
    db.session.rollback()

    def open_one(round_id: int) -> None:
        found = db.session.get(Round, round_id)
        try:
            if found is not None:
                open_round(found, Who.DATE)
        except MoveRefused:
            db.session.rollback()

    one_by_one(due, open_one, "round %s could not be opened")


def extend(round: Round, closes_on: dt.date, *, by: int) -> None:
    """Answers are taken through a later day. Who was asked and has not answered is told, and whom it is about, unless
    that is the person who does it.
    """
    _hold(round)
    _go(round, Move.EXTEND, _facts(round, Who.ORGANISER, new_closing=closes_on,
                                   closing_in_holiday=_in_holiday(round, closes_on)))
    round.closes_on = closes_on
    db.session.flush()
    reminding.tell_longer(round)
    letters.runs_longer(round, by=by)


def extend_pulse(round: Round, *, by: int) -> None:
    """A korte vraag takes answers for a week more, once."""
    _hold(round)
    later = pulse_extension_of(round)
    if later is None:
        raise MoveRefused(Move.EXTEND, State(round.state), (Obstacle.NOT_LATER,))
    extend(round, later, by=by)


def pulse_extension_of(round: Round) -> dt.date | None:
    """Through which day it can be answered then; None when it cannot be extended (any more)."""
    return pulse_extension(round.opens_on, round.closes_on, course.holidays(round.organisation_id))


def abort(round: Round) -> None:
    """Nothing comes of this round: letters that did not leave are withdrawn, round_aborted is sent, and everybody who
    knew of it is told.
    """
    _hold(round)
    _go(round, Move.ABORT, _facts(round, Who.ORGANISER))
    messages.withdraw(round.organisation_id, letters.concerns(round.id))
    round_aborted.send(round)
    parts = select(RoundSubject.id).where(RoundSubject.round_id == round.id)
    db.session.execute(
        update(Invitation).where(Invitation.round_subject_id.in_(parts)).values(answered=None),
        execution_options={"synchronize_session": False},
    )
    letters.round_stopped(round)
    db.session.flush()


def close(round: Round) -> None:
    """No answer is taken any more: the state and `closed_at`, nothing else."""
    _hold(round)
    _go(round, Move.CLOSE, _facts(round, Who.DATE))
    round.closed_at = now()
    db.session.flush()


def release(part: RoundSubject) -> None:
    """The measurement of this part may be read: by her at once, by whoever leads her as the dienst has set. With the
    last one the round is released; who asked nobody has nothing to release.
    """
    round = db.session.get_one(Round, part.round_id)
    _hold(round)
    db.session.refresh(part, ["measurement_id", "released_at", "approved_at"])
    after = lifecycle.after(round.state, Move.RELEASE, _facts(
        round, Who.APPROVER, being_closed=course.being_closed(round.id),
        has_measurement=part.measurement_id is not None and part.approved_at is not None,
        released=part.released_at is not None,
    ))
    part.released_at = now()
    part.lead_reads_from = today() + dt.timedelta(days=settings_of(part.organisation_id).lead_reads_after_days)
    db.session.flush()
    waiting = select(RoundSubject.id).where(
        RoundSubject.round_id == round.id,
        RoundSubject.measurement_id.is_not(None),
        RoundSubject.approved_at.is_not(None),
        RoundSubject.released_at.is_(None),
    )
    if after is not None and db.session.scalar(waiting.limit(1)) is None:
        round.state = after
        db.session.flush()


def drop(round: Round) -> None:
    """A concept is thrown away."""
    _hold(round)
    lifecycle.after(round.state, Move.DROP, _facts(round, Who.ORGANISER))
    db.session.delete(round)
    db.session.flush()


def spacing_obstacles(part: RoundSubject) -> tuple[TooClose, ...]:
    """Why the approved people of this part cannot be asked (yet); empty when they can (measurement.md §3).

    Holds all that is planned about her, so that two rounds cannot let each other through.
    """
    round = db.session.get_one(Round, part.round_id)
    course.hold_parts_of([part.person_id])
    opens_on = max(today(), round.opens_on)
    return course.spacing_of(round.id, round.organisation_id, opens_on)[part.id]


def _hold(round: Round) -> None:
    db.session.refresh(round, ["state", "choose_until", "opens_on", "closes_on"], with_for_update=True)


def _go(round: Round, move: Move, facts: Facts) -> None:
    after = lifecycle.after(round.state, move, facts)
    assert after is not None
    round.state = State(after)


def _facts(round: Round, who: Who, **known: object) -> Facts:
    return Facts(today(), who, round.choose_until, round.opens_on, round.closes_on, **known)  # type: ignore[arg-type]


def _in_holiday(round: Round, day: dt.date) -> bool:
    return in_holiday(day, course.holidays(round.organisation_id)) is not None


def _parts_of(round: Round) -> list[RoundSubject]:
    return list(
        db.session.scalars(
            select(RoundSubject)
            .where(RoundSubject.organisation_id == round.organisation_id, RoundSubject.round_id == round.id)
            .order_by(RoundSubject.id)
        )
    )
