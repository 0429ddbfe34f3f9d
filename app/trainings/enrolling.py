"""Who goes to a session: proposing, signing up, waiting, withdrawing. Flushes only.

Whoever changes who goes holds the session, so that the last place is given once.
"""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from app.access import Actor
from app.db import db
from app.people.models import Person
from app.trainings import letters
from app.trainings.enrolment_queries import enrolment_of, open_enrolments, waiting
from app.trainings.lifecycle import EnrolmentState, Impossible, Move, after
from app.trainings.models import Enrolment, TrainingSession
from app.trainings.session_queries import begun, is_open, session_to_change, taken_of
from app.web.formats import now


class TooLate(Exception):
    """It began, was held, or does not go on."""


def propose(session: TrainingSession, people: Collection[Person], by: Actor) -> int:
    """To each of these who has nothing to do with it yet; to how many. The session is held. Raises TooLate."""
    _must_be_open(session)
    proposed = 0
    for person in sorted(people, key=lambda one: one.id):
        if enrolment_of(session, person.id) is not None:
            continue
        made = _new(session, person.id, EnrolmentState.PROPOSED)
        made.proposed_by_id = by.person_id
        db.session.flush()
        letters.proposed(session, person.id)
        proposed += 1
    return proposed


def take_back(enrolment: Enrolment) -> None:
    """It was never proposed. Raises Impossible when she answered already."""
    after(EnrolmentState(enrolment.state), Move.TAKE_BACK)
    db.session.delete(enrolment)
    db.session.flush()


def sign_up(session: TrainingSession, person_id: int) -> EnrolmentState:
    """ENROLLED while there is room, else WAITING; twice is once. The session is held. Raises TooLate or Impossible."""
    _must_be_open(session)
    found = enrolment_of(session, person_id)
    if found is not None and found.state in (EnrolmentState.ENROLLED, EnrolmentState.WAITING):
        return EnrolmentState(found.state)
    taken = taken_of(session)
    room = taken.places < session.places and not taken.waiting
    move = Move.SIGN_UP if room else Move.WAIT
    state = after(_state(found), move)
    assert state is not None
    if found is None:
        found = _new(session, person_id, state)
    _stand(found, state)
    if room:
        letters.enrolled(session, person_id)
    return state


def decline(session: TrainingSession, person_id: int) -> None:
    """She would rather not. Raises Impossible."""
    found = enrolment_of(session, person_id)
    state = after(_state(found), Move.DECLINE)
    assert found is not None
    assert state is not None
    _stand(found, state)


def withdraw(session: TrainingSession, person_id: int) -> None:
    """She does not go after all, and the first who waits does. The session is held. Raises TooLate or Impossible."""
    found = enrolment_of(session, person_id)
    if found is not None and found.state == EnrolmentState.WITHDRAWN:
        return
    state = after(_state(found), Move.WITHDRAW)
    assert found is not None
    assert state is not None
    _must_be_open(session)
    _stand(found, state)
    move_up(session)


def move_up(session: TrainingSession) -> None:
    """Who waits longest gets each place that is free, and is told so. The session is held."""
    if not is_open(session):
        return
    free = session.places - taken_of(session).places
    for first in waiting(session)[:max(0, free)]:
        state = after(EnrolmentState.WAITING, Move.MOVE_UP)
        assert state is not None
        _stand(first, state)
        letters.moved_up(session, first.person_id)


def leave(person: Person) -> None:
    """She is no begeleider here any more: her places come free, and nothing is proposed to her. What she signs up for
    at the same moment is seen here, or refused there (still_guides).
    """
    db.session.execute(select(Person.id).where(Person.id == person.id).with_for_update(key_share=True))
    for session_id in open_enrolments(person.id, person.organisation_id):
        session = session_to_change(person.organisation_id, session_id)
        assert session is not None
        found = enrolment_of(session, person.id)
        try:
            state = after(_state(found), Move.LEAVE)
        except Impossible:
            continue
        assert found is not None
        if state is None:
            db.session.delete(found)
            db.session.flush()
        elif not begun(session):
            _stand(found, state)
            move_up(session)


def _must_be_open(session: TrainingSession) -> None:
    if not is_open(session):
        raise TooLate


def _state(enrolment: Enrolment | None) -> EnrolmentState | None:
    return None if enrolment is None else EnrolmentState(enrolment.state)


def _new(session: TrainingSession, person_id: int, state: EnrolmentState) -> Enrolment:
    made = Enrolment(organisation_id=session.organisation_id, session_id=session.id, person_id=person_id, state=state,
                     changed_at=now())
    db.session.add(made)
    return made


def _stand(enrolment: Enrolment, state: EnrolmentState) -> None:
    enrolment.state = state
    enrolment.waits_since = now() if state == EnrolmentState.WAITING else None
    enrolment.changed_at = now()
    db.session.flush()
