"""How somebody comes to stand in a session: the table, the last place, and who leaves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask

from app.access import Role
from app.db import db
from app.people import services as people
from app.people.models import Person
from app.people.services import Details
from app.trainings import enrolling, planning
from app.trainings.enrolling import TooLate
from app.trainings.lifecycle import SEEN_BY_HR, TAKES_A_PLACE, EnrolmentState, Impossible, Move, after, can
from app.trainings.models import TrainingSession
from app.trainings.planning import said_of
from app.trainings.session_queries import session_to_change
from app.web.formats import now
from tests.support.at_once import at_once, together
from tests.support.builders import Persona, make_person
from tests.support.pages import browser_of
from tests.support.sessions import make_session, put, standing

S = EnrolmentState
TABLE = {       # by move: (stands → stands then); everything else is impossible
    Move.PROPOSE: {None: S.PROPOSED},
    Move.TAKE_BACK: {S.PROPOSED: None},
    Move.SIGN_UP: {None: S.ENROLLED, S.PROPOSED: S.ENROLLED, S.DECLINED: S.ENROLLED, S.WITHDRAWN: S.ENROLLED},
    Move.WAIT: {None: S.WAITING, S.PROPOSED: S.WAITING, S.DECLINED: S.WAITING, S.WITHDRAWN: S.WAITING},
    Move.DECLINE: {S.PROPOSED: S.DECLINED},
    Move.WITHDRAW: {S.ENROLLED: S.WITHDRAWN, S.WAITING: S.WITHDRAWN},
    Move.MOVE_UP: {S.WAITING: S.ENROLLED},
    Move.LEAVE: {S.PROPOSED: None, S.ENROLLED: S.WITHDRAWN, S.WAITING: S.WITHDRAWN},
    Move.ATTEND: {S.ENROLLED: S.ATTENDED, S.ABSENT: S.ATTENDED, S.ATTENDED: S.ATTENDED},
    Move.MISS: {S.ENROLLED: S.ABSENT, S.ATTENDED: S.ABSENT, S.ABSENT: S.ABSENT},
}


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", [None, *EnrolmentState])
def test_the_table(state: EnrolmentState | None, move: Move) -> None:
    allowed = state in TABLE[move]
    assert can(state, move) == allowed
    if allowed:
        assert after(state, move) == TABLE[move][state]
    else:
        with pytest.raises(Impossible):
            after(state, move)


def test_what_hr_sees_and_what_takes_a_place() -> None:
    assert {S.ENROLLED, S.ATTENDED, S.ABSENT} == TAKES_A_PLACE
    assert TAKES_A_PLACE | {S.WAITING} == SEEN_BY_HR


@pytest.fixture
def colleagues(app: Flask, organisation_id: int) -> list[Persona]:
    return [make_person(app, organisation_id) for _ in range(4)]


def do(app: Flask, organisation_id: int, session_id: int, act: Callable[[TrainingSession], object]) -> object:
    """With the session held, committed."""
    with app.app_context():
        session = session_to_change(organisation_id, session_id)
        assert session is not None
        done = act(session)
        db.session.commit()
        return done


def states(app: Flask, session_id: int, *people: Persona) -> list[str | None]:
    found = standing(app, session_id)
    return [found[one.id].state if one.id in found else None for one in people]


def sign_up(person: Persona) -> Callable[[TrainingSession], object]:
    return lambda session: enrolling.sign_up(session, person.id)


def withdraw(person: Persona) -> Callable[[TrainingSession], object]:
    return lambda session: enrolling.withdraw(session, person.id)


def test_who_comes_after_the_last_place_waits_and_moves_up_in_order(
    app: Flask, organisation_id: int, colleagues: list[Persona]
) -> None:
    one = make_session(app, organisation_id, 20, places=1)
    act = partial(do, app, organisation_id, one)
    first, second, third, fourth = colleagues
    assert [act(sign_up(person)) for person in (first, second, third)] == [S.ENROLLED, S.WAITING, S.WAITING]
    assert act(sign_up(second)) == S.WAITING, "twice is once"
    act(withdraw(second))
    act(sign_up(second))
    act(withdraw(first))
    assert states(app, one, *colleagues) == [S.WITHDRAWN, S.WAITING, S.ENROLLED, None]
    act(withdraw(first))
    assert act(sign_up(fourth)) == S.WAITING, "who waits goes first"


def test_more_places_take_in_who_waits_and_fewer_put_nobody_out(
    app: Flask, organisation_id: int, colleagues: list[Persona]
) -> None:
    one = make_session(app, organisation_id, 20, places=1)
    act = partial(do, app, organisation_id, one)
    for person in colleagues[:3]:
        act(sign_up(person))

    def with_places(places: int) -> Callable[[TrainingSession], object]:
        def change(session: TrainingSession) -> None:
            said = said_of(session)
            planning.change(session, planning.Planned(said.times, said.place, places, said.cost, said.remark))

        return change

    act(with_places(2))
    assert states(app, one, *colleagues) == [S.ENROLLED, S.ENROLLED, S.WAITING, None]
    with pytest.raises(planning.TooFewPlaces) as told:
        act(with_places(1))
    assert told.value.taken == 2


@pytest.mark.parametrize("tries", [2, 5])
def test_the_last_place_is_given_once(app: Flask, organisation_id: int, tries: int) -> None:
    one = make_session(app, organisation_id, 20, places=3)
    people = [make_person(app, organisation_id) for _ in range(tries + 2)]
    for person in people[:2]:
        put(app, one, person, S.ENROLLED)

    def act(person: Persona) -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        enrolling.sign_up(session, person.id)

    assert at_once(app, *(partial(act, person) for person in people[2:])) == ["done"] * tries
    found = [one.state for one in standing(app, one).values()]
    assert found.count(S.ENROLLED) == 3
    assert found.count(S.WAITING) == tries - 1


def test_the_same_twice_at_once_is_one(app: Flask, organisation_id: int, colleagues: list[Persona]) -> None:
    one = make_session(app, organisation_id, 20)

    def act() -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        enrolling.sign_up(session, colleagues[0].id)

    assert at_once(app, act, act, act) == ["done"] * 3
    assert states(app, one, colleagues[0]) == [S.ENROLLED]


def test_a_place_that_comes_free_while_somebody_signs_up_is_not_given_twice(
    app: Flask, organisation_id: int, colleagues: list[Persona]
) -> None:
    one = make_session(app, organisation_id, 20, places=1)
    first, second, third, _fourth = colleagues
    put(app, one, first, S.ENROLLED)
    put(app, one, second, S.WAITING)

    def act(what: Callable[[TrainingSession], object]) -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        what(session)

    at_once(app, partial(act, withdraw(first)), partial(act, sign_up(third)))
    assert states(app, one, first, second, third) == [S.WITHDRAWN, S.ENROLLED, S.WAITING]


def leave(app: Flask, person: Persona) -> None:
    changed(app, person, Role.BEGELEIDER, active=False)


def changed(app: Flask, person: Persona, role: Role, *, active: bool = True) -> None:
    with app.app_context():
        found = db.session.get(Person, person.id, options=[])
        assert found is not None
        db.session.refresh(found, ["account", "memberships"])
        people.change(found, Details(found.name, person.email, frozenset({role}), active=active))
        db.session.commit()


def test_who_leaves_the_dienst_makes_room(app: Flask, organisation_id: int, colleagues: list[Persona]) -> None:
    first, second, third, _fourth = colleagues
    full, proposed, past = (make_session(app, organisation_id, days, places=1) for days in (20, 30, -3))
    for person, state in ((first, S.ENROLLED), (second, S.WAITING), (third, S.WAITING)):
        put(app, full, person, state)
    put(app, proposed, first, S.PROPOSED)
    put(app, past, first, S.ENROLLED)
    leave(app, second)
    leave(app, first)
    assert states(app, full, first, second, third) == [S.WITHDRAWN, S.WITHDRAWN, S.ENROLLED]
    assert states(app, proposed, first) == [None]
    assert states(app, past, first) == [S.ENROLLED], "whether she was there is still to be said"


def test_who_is_no_begeleider_any_more_makes_room(
    app: Flask, organisation_id: int, colleagues: list[Persona]
) -> None:
    """She could not withdraw: that page is for begeleiders."""
    first, second, *_ = colleagues
    full = make_session(app, organisation_id, 20, places=1)
    for person, state in ((first, S.ENROLLED), (second, S.WAITING)):
        put(app, full, person, state)
    changed(app, first, Role.BEGELEIDER)
    assert states(app, full, first, second) == [S.ENROLLED, S.WAITING]
    changed(app, first, Role.HR)
    assert states(app, full, first, second) == [S.WITHDRAWN, S.ENROLLED]


@pytest.mark.parametrize("stood", [None, S.PROPOSED])
def test_leaving_and_signing_up_at_once(
    app: Flask, organisation_id: int, team_id: int, stood: EnrolmentState | None
) -> None:
    for _ in range(4):
        person = make_person(app, organisation_id, works_in=[team_id])
        one = make_session(app, organisation_id, 20)
        if stood:
            put(app, one, person, stood)
        browser = browser_of(app, person)
        browser.csrf_token()
        together(partial(leave, app, person), partial(browser.send, f"/opleidingen/bijeenkomst/{one}/aanmelden"))
        assert states(app, one, person)[0] in (None, S.WITHDRAWN)


def test_leaving_and_withdrawing_at_once(app: Flask, organisation_id: int, colleagues: list[Persona]) -> None:
    first, second, third, fourth = colleagues
    one = make_session(app, organisation_id, 20, places=2)
    for person, state in ((first, S.ENROLLED), (second, S.ENROLLED), (third, S.WAITING), (fourth, S.WAITING)):
        put(app, one, person, state, waits_since=now() + dt.timedelta(seconds=person.id))

    def off() -> None:
        session = session_to_change(organisation_id, one)
        assert session is not None
        enrolling.withdraw(session, second.id)

    def gone() -> None:
        found = db.session.get_one(Person, first.id)
        db.session.refresh(found, ["account", "memberships"])
        people.change(found, Details(found.name, first.email, frozenset({Role.BEGELEIDER}), active=False))

    assert at_once(app, off, gone) == ["done", "done"]
    assert states(app, one, *colleagues) == [S.WITHDRAWN, S.WITHDRAWN, S.ENROLLED, S.ENROLLED]


@pytest.mark.parametrize("days", [(-1,), (-1, 6)])
def test_what_began_takes_nobody_and_lets_nobody_go(
    app: Flask, organisation_id: int, colleagues: list[Persona], days: tuple[int, ...]
) -> None:
    one = make_session(app, organisation_id, *days)
    put(app, one, colleagues[0], S.ENROLLED)
    for act in (withdraw(colleagues[0]), sign_up(colleagues[1])):
        with pytest.raises(TooLate):
            do(app, organisation_id, one, act)


def test_without_a_day_one_can_sign_up(app: Flask, organisation_id: int, colleagues: list[Persona]) -> None:
    one = make_session(app, organisation_id)
    assert do(app, organisation_id, one, sign_up(colleagues[0])) == S.ENROLLED
