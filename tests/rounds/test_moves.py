"""The moves of a round, carried out on both databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import select

from app.competencies.models import FrameworkVersion
from app.db import db
from app.messages.models import Message
from app.rounds import moves
from app.rounds.lifecycle import Move, MoveRefused, Obstacle, State, Who
from app.rounds.models import Invitation, Round, RoundSubject, SchoolHoliday
from app.rounds.spacing import Reason
from app.web.formats import as_if, now, today
from tests.support.builders import Persona
from tests.support.records import make_measurement
from tests.support.rounds import MadeRound, make_round

FULL = {"collega": 4, "school": 6}


@pytest.fixture
def context(app: Flask) -> Iterator[None]:
    with app.app_context():
        yield


def of(made: MadeRound) -> Round:
    return db.session.get_one(Round, made.round_id)


def part_of(made: MadeRound, number: int = 0) -> RoundSubject:
    return db.session.get_one(RoundSubject, made.part_ids[number])


def approve(made: MadeRound, number: int = 0) -> None:
    part_of(made, number).approved_at = now()
    db.session.flush()


def invited(made: MadeRound, number: int = 0) -> int:
    return sum(
        day is not None
        for day in db.session.scalars(
            select(Invitation.invited_on).where(Invitation.round_subject_id == made.part_ids[number])
        )
    )


def refused(move: Move, *obstacles: Obstacle) -> pytest.RaisesExc[MoveRefused]:
    return pytest.RaisesExc(
        MoveRefused, check=lambda error: error.move is move and error.obstacles == obstacles
    )


def test_publishing_tells_the_subjects_and_pins_the_framework(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], {}, state="concept", opened_days_ago=-14)
    planned = of(made)
    moves.publish(planned)
    assert planned.state == State.CHOOSING
    assert db.session.get_one(FrameworkVersion, planned.framework_version_id).pinned_at is not None
    assert [message.recipient for message in db.session.scalars(select(Message))] == [begeleider.email]


def test_publishing_is_refused_when_the_days_have_passed_or_nobody_is_in_it(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    late = make_round(app, teamleider, [begeleider], {}, state="concept", opened_days_ago=0)
    empty = make_round(app, teamleider, [], {}, state="concept", opened_days_ago=-14)
    with refused(Move.PUBLISH, Obstacle.DATES_PASSED):
        moves.publish(of(late))
    with refused(Move.PUBLISH, Obstacle.NOBODY_IN_IT):
        moves.publish(of(empty))


def test_publishing_is_refused_when_nobody_else_could_approve(
    app: Flask, begeleider: Persona, context: None
) -> None:
    made = make_round(app, begeleider, [begeleider], {}, state="concept", opened_days_ago=-14)
    with refused(Move.PUBLISH, Obstacle.NO_APPROVER):
        moves.publish(of(made))


def test_publishing_is_refused_when_it_would_close_in_a_holiday(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], {}, state="concept", opened_days_ago=-14)
    closes_on = of(made).closes_on
    db.session.add(SchoolHoliday(organisation_id=teamleider.organisation_id, name="Kerstvakantie",
                                 first_day=closes_on, last_day=closes_on))
    with refused(Move.PUBLISH, Obstacle.IN_HOLIDAY):
        moves.publish(of(made))


def test_opening_invites_whose_part_was_approved(
    app: Flask, teamleider: Persona, begeleider: Persona, beheerder: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider, beheerder], FULL, state="choosing", opened_days_ago=-5)
    with refused(Move.OPEN, Obstacle.NOBODY_APPROVED):
        moves.open_round(of(made))
    approve(made)
    moves.open_round(of(made))
    assert (of(made).state, of(made).opens_on) == (State.OPEN, today())
    assert (invited(made), invited(made, 1)) == (10, 0)
    with pytest.raises(MoveRefused):
        moves.open_round(of(made))


def test_the_worker_opens_rounds_on_their_day_and_leaves_the_rest(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    due = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=0)
    empty = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=0)
    later = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=-1)
    for made in (due, later):
        approve(made)
    db.session.commit()
    moves.open_due()
    db.session.expire_all()
    assert [of(made).state for made in (due, empty, later)] == ["open", "choosing", "choosing"]


def test_a_round_whose_closing_has_passed_does_not_open(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=29)
    approve(made)
    with refused(Move.OPEN, Obstacle.CLOSING_PASSED):
        moves.open_round(of(made))


def test_extending_goes_to_a_later_day_that_is_no_holiday(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], FULL)
    planned = of(made)
    day = planned.closes_on
    db.session.add(SchoolHoliday(organisation_id=teamleider.organisation_id, name="Mei",
                                 first_day=day + dt.timedelta(days=2), last_day=day + dt.timedelta(days=3)))
    with refused(Move.EXTEND, Obstacle.NOT_LATER):
        moves.extend(planned, day, by=teamleider.id)
    with refused(Move.EXTEND, Obstacle.IN_HOLIDAY):
        moves.extend(planned, day + dt.timedelta(days=3), by=teamleider.id)
    with refused(Move.EXTEND, Obstacle.TOO_LONG):
        moves.extend(planned, day + dt.timedelta(days=60), by=teamleider.id)
    moves.extend(planned, day + dt.timedelta(days=7), by=teamleider.id)
    assert planned.closes_on == day + dt.timedelta(days=7)


def test_aborting_withdraws_letters_and_tells_whoever_keeps_answers(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=0)
    approve(made)
    moves.open_round(of(made))
    heard: list[int] = []

    def hear(planned: Round) -> None:
        heard.append(planned.id)

    with moves.round_aborted.connected_to(hear):
        moves.abort(of(made))
    assert heard == [made.round_id]
    assert of(made).state == State.ABORTED
    waiting = db.session.scalars(select(Message).where(Message.due_at.is_not(None), Message.template.like("ask%")))
    assert waiting.all() == []
    assert set(db.session.scalars(select(Invitation.answered))) == {None}
    with pytest.raises(MoveRefused):
        moves.abort(of(made))


def test_closing_waits_for_the_day_after_the_last(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider], FULL)
    planned = of(made)
    with refused(Move.CLOSE, Obstacle.TOO_EARLY):
        moves.close(planned)
    with as_if(now() + dt.timedelta(days=26)):
        moves.close(planned)
        assert (planned.state, planned.closed_at) == (State.CLOSED, now())


def test_releasing_the_last_part_releases_the_round(
    app: Flask, teamleider: Persona, begeleider: Persona, beheerder: Persona, stranger: Persona, context: None
) -> None:
    made = make_round(app, teamleider, [begeleider, teamleider, beheerder], FULL, state="closed", opened_days_ago=29)
    measured = [make_measurement(app, person, "focus") for person in (begeleider, teamleider)]
    with refused(Move.RELEASE, Obstacle.STILL_CLOSING, Obstacle.NO_MEASUREMENT):
        moves.release(part_of(made))
    for invitation in db.session.scalars(select(Invitation)):
        invitation.answered = None
    for number, measurement_id in enumerate(measured):
        part_of(made, number).measurement_id = measurement_id
    db.session.flush()
    with refused(Move.RELEASE, Obstacle.NO_MEASUREMENT):
        moves.release(part_of(made, 2))
    moves.release(part_of(made))
    assert of(made).state == State.CLOSED
    with refused(Move.RELEASE, Obstacle.RELEASED_BEFORE):
        moves.release(part_of(made))
    moves.release(part_of(made, 1))
    assert of(made).state == State.RELEASED


def test_a_concept_can_be_thrown_away_and_nothing_else(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    concept = make_round(app, teamleider, [begeleider], FULL, state="concept")
    choosing = make_round(app, teamleider, [begeleider], state="choosing")
    moves.drop(of(concept))
    assert db.session.get(Round, concept.round_id) is None
    with pytest.raises(MoveRefused):
        moves.drop(of(choosing))


def test_the_same_people_half_a_year_too_soon_are_held_back_where_few_differ(
    app: Flask, teamleider: Persona, begeleider: Persona, context: None
) -> None:
    make_round(app, teamleider, [begeleider], FULL, state="released", opened_days_ago=60)
    same = make_round(app, teamleider, [begeleider], FULL, state="choosing", opened_days_ago=0)
    one_more = make_round(app, teamleider, [begeleider], FULL | {"school": 7}, state="choosing", opened_days_ago=0)
    for made in (same, one_more):
        approve(made)
    assert moves.spacing_obstacles(part_of(same)) == ()
    (found,) = moves.spacing_obstacles(part_of(one_more))
    assert (found.reason, found.group, found.added, found.dropped) == (Reason.CHANGED, "school", 1, 0)
    with refused(Move.OPEN, Obstacle.TOO_CLOSE):
        moves.open_round(of(one_more))
    assert invited(one_more) == 0
    with as_if(dt.datetime.combine(found.wait_until, dt.time(9), dt.UTC)):
        of(one_more).closes_on = today() + dt.timedelta(days=28)
        db.session.flush()
        moves.open_round(of(one_more), Who.DATE)
    assert invited(one_more) == 11


def test_of_two_people_only_the_one_who_differs_is_held_back(
    app: Flask, teamleider: Persona, begeleider: Persona, beheerder: Persona, context: None
) -> None:
    make_round(app, teamleider, [begeleider], FULL, state="closed", opened_days_ago=60)
    made = make_round(app, teamleider, [begeleider, beheerder], {"collega": 5}, state="choosing", opened_days_ago=0)
    approve(made)
    approve(made, 1)
    moves.open_round(of(made))
    assert (invited(made), invited(made, 1)) == (0, 5)
