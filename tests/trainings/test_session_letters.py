"""What people are mailed about a session, and the file for their calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from flask import Flask
from icalendar import Calendar
from sqlalchemy import select

from app.db import db
from app.development.agenda import addresses
from app.messages import delivery
from app.messages.letters import Letter, letter
from app.messages.models import Message
from app.people.models import Person
from app.trainings import enrolling, planning
from app.trainings.enrolment_queries import enrolment_of
from app.trainings.letters import SENT_TO
from app.trainings.lifecycle import EnrolmentState as S
from app.trainings.models import TrainingSession
from app.trainings.planning import Planned, said_of
from app.trainings.session_queries import session_to_change
from app.web.formats import AMSTERDAM, as_if, now, today
from tests.support.builders import Persona, make_person
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import actor_of
from tests.support.sessions import held, make_session, put, times
from tests.support.trainings import ENTRY

ADDRESS = "/opleidingen/bijeenkomst/{}".format
WEEK = dt.timedelta(days=7)


def do(app: Flask, organisation_id: int, session_id: int, act: Callable[[TrainingSession], object]) -> None:
    with app.app_context():
        session = session_to_change(organisation_id, session_id)
        assert session is not None
        act(session)
        db.session.commit()


def letters(app: Flask) -> dict[str, list[Letter | None]]:
    """What waits, as it would be written now, by template."""
    with app.app_context():
        found: dict[str, list[Letter | None]] = {}
        for message in db.session.scalars(select(Message).order_by(Message.id)):
            found.setdefault(message.template, []).append(letter(message))
        return found


def one(app: Flask, template: str) -> Letter:
    (found,) = letters(app)[template]
    assert found is not None
    return found


def to_days(*in_days: int, place: str | None = None) -> Callable[[TrainingSession], object]:
    def change(session: TrainingSession) -> None:
        said = said_of(session)
        planning.change(session, Planned(times(*in_days), said.place if place is None else place, said.places,
                                         said.cost, said.remark))

    return change


@pytest.fixture
def session_id(app: Flask, organisation_id: int) -> int:
    return make_session(app, organisation_id, 20, 27, places=1)


def test_signing_up_waiting_and_moving_up(app: Flask, organisation_id: int, session_id: int,
                                          begeleider: Persona) -> None:
    other = make_person(app, organisation_id)
    for person in (begeleider, other):
        do(app, organisation_id, session_id, lambda session, person=person: enrolling.sign_up(session, person.id))
    told = one(app, "training_enrolled")
    assert told.recipient == begeleider.email and told.subject == f"Je bent ingeschreven: {ENTRY.title}"
    assert "van 09.30 tot 16.30 uur" in told.text and "Zaal 2, Utrecht" in told.text
    assert f"{ADDRESS(session_id)}/agenda.ics" in told.text
    do(app, organisation_id, session_id, lambda session: enrolling.withdraw(session, begeleider.id))
    assert letters(app)["training_enrolled"] == [None], "not so any more"
    assert one(app, "training_moved_up").recipient == other.email


def test_a_change_of_days_or_place_is_told_once(app: Flask, organisation_id: int, session_id: int,
                                                begeleider: Persona) -> None:
    waits = make_person(app, organisation_id)
    for person, state in ((begeleider, S.ENROLLED), (waits, S.WAITING)):
        put(app, session_id, person, state)
    for state in (S.PROPOSED, S.DECLINED, S.WITHDRAWN):
        put(app, session_id, make_person(app, organisation_id), state)
    do(app, organisation_id, session_id, to_days(20, 27))
    assert letters(app) == {}, "nothing changed"
    do(app, organisation_id, session_id, to_days(21, 27))
    do(app, organisation_id, session_id, to_days(22, place="Online"))
    found = letters(app)["training_changed"]
    assert [told and told.recipient for told in found] == [begeleider.email, waits.email]
    hers, theirs = found
    assert hers and "Online" in hers.text and "agenda" in hers.text
    assert theirs and "wachtlijst" in theirs.text and "agenda.ics" not in theirs.text
    with as_if(now() + dt.timedelta(days=30)):
        assert set(letters(app)["training_changed"]) == {None}, "its days have passed"


def test_calling_off_and_a_file_that_takes_it_out(app: Flask, organisation_id: int, session_id: int,
                                                  begeleider: Persona) -> None:
    put(app, session_id, begeleider, S.ENROLLED)
    do(app, organisation_id, session_id, planning.call_off)
    assert "gaat niet door" in one(app, "training_off").text
    found = Calendar.from_ical(browser_of(app, begeleider).get(f"{ADDRESS(session_id)}/agenda.ics").data)
    assert found["method"] == "CANCEL"
    assert [event["status"] for event in found.walk("VEVENT")] == ["CANCELLED"] * 2


def test_a_proposal_says_who_and_goes_when_it_is_taken_back(
    app: Flask, organisation_id: int, session_id: int, begeleider: Persona, teamleider: Persona
) -> None:
    def propose(session: TrainingSession) -> None:
        enrolling.propose(session, [db.session.get_one(Person, begeleider.id)], actor_of(teamleider))

    do(app, organisation_id, session_id, propose)
    told = one(app, "training_proposed")
    assert told.recipient == begeleider.email and teamleider.name in told.subject
    do(app, organisation_id, session_id, lambda session: enrolling.decline(session, begeleider.id))
    assert letters(app)["training_proposed"] == [None]


def test_what_is_told_again_before_it_was_sent_is_told_once(
    app: Flask, organisation_id: int, begeleider: Persona, teamleider: Persona
) -> None:
    """Proposed, taken back and proposed within minutes; signed up, off and up again while no mail leaves."""
    session_id = make_session(app, organisation_id, 20)
    other = make_person(app, organisation_id)

    def propose(session: TrainingSession) -> None:
        enrolling.propose(session, [db.session.get_one(Person, one.id) for one in (begeleider, other)],
                          actor_of(teamleider))

    def take_back(session: TrainingSession) -> None:
        found = enrolment_of(session, begeleider.id)
        assert found is not None
        enrolling.take_back(found)

    for act in (propose, take_back, propose):
        do(app, organisation_id, session_id, act)
    told = [one and one.recipient for one in letters(app)["training_proposed"]]
    assert told == [other.email, begeleider.email]
    for move in (enrolling.sign_up, enrolling.withdraw, enrolling.sign_up):
        do(app, organisation_id, session_id, lambda session, move=move: move(session, begeleider.id))
    assert one(app, "training_enrolled").recipient == begeleider.email


def test_who_was_there_is_asked_what_she_thought(app: Flask, organisation_id: int, begeleider: Persona) -> None:
    session_id = held(app, organisation_id, [begeleider], absent=[make_person(app, organisation_id)])
    told = one(app, "training_evaluate")
    assert told.recipient == begeleider.email and f"{ADDRESS(session_id)}/evaluatie" in told.text
    with as_if(now() + WEEK):
        assert letters(app)["training_evaluate"] == [None], "too late"


def test_nobody_who_left_gets_a_letter(app: Flask, organisation_id: int, session_id: int) -> None:
    gone = make_person(app, organisation_id, active=False)
    put(app, session_id, gone, S.ENROLLED)
    do(app, organisation_id, session_id, planning.call_off)
    assert letters(app) == {}


def test_a_letter_arrives_and_is_forgotten(app: Flask, organisation_id: int, session_id: int,
                                           begeleider: Persona) -> None:
    do(app, organisation_id, session_id, lambda session: enrolling.sign_up(session, begeleider.id))
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        assert delivery.deliver_due() == 1
    (arrived,) = post.arrived
    assert str(arrived["To"]) == begeleider.email and ENTRY.title in str(arrived["Subject"])
    assert letters(app) == {}


def test_every_letter_is_known(app: Flask) -> None:
    templates = {name.removesuffix(".txt").removeprefix("messages/") for name in app.jinja_env.list_templates()
                 if name.startswith("messages/training_")}
    assert templates == set(SENT_TO)


# --- calendars --------------------------------------------------------------------------------------------------------


def test_the_file_has_each_day_from_begin_to_end(app: Flask, organisation_id: int, session_id: int,
                                                 jet: CheckedClient) -> None:
    found = Calendar.from_ical(jet.get(f"{ADDRESS(session_id)}/agenda.ics").data)
    first, second = found.walk("VEVENT")
    day = today() + dt.timedelta(days=20)
    assert found["method"] == "PUBLISH"
    assert first.start == dt.datetime.combine(day, dt.time(9, 30), AMSTERDAM)
    assert first.end == dt.datetime.combine(day, dt.time(16, 30), AMSTERDAM)
    assert str(first["summary"]) == f"{ENTRY.title} (dag 1 van 2)" and str(first["location"]) == "Zaal 2, Utrecht"
    assert first["uid"] != second["uid"] and first["sequence"] == 0
    do(app, organisation_id, session_id, to_days(21, 28))
    again = Calendar.from_ical(jet.get(f"{ADDRESS(session_id)}/agenda.ics").data).walk("VEVENT")
    assert [event["uid"] for event in again] == [first["uid"], second["uid"]], "so that a calendar moves it"
    assert {event["sequence"] for event in again} == {1}


def test_without_days_there_is_no_file(app: Flask, organisation_id: int, jet: CheckedClient) -> None:
    assert jet.get(f"{ADDRESS(make_session(app, organisation_id))}/agenda.ics").status_code == 404


@pytest.mark.parametrize(("state", "there"), [
    (S.ENROLLED, True), (S.WAITING, False), (S.PROPOSED, False), (S.DECLINED, False), (S.WITHDRAWN, False),
])  # fmt: skip
def test_her_own_calendar_has_the_days_of_what_she_goes_to(app: Flask, session_id: int, begeleider: Persona,
                                                           state: S, there: bool) -> None:
    put(app, session_id, begeleider, state)
    with app.app_context():
        addresses.begin(actor_of(begeleider))
        token = addresses.token_of(addresses.wishes_of(actor_of(begeleider)))
        db.session.commit()
    events = Calendar.from_ical(browser_of(app).get(f"/agenda/{token}.ics").data).walk("VEVENT")
    assert [str(event["summary"]) for event in events] == (
        [f"{ENTRY.title} (dag 1 van 2)", f"{ENTRY.title} (dag 2 van 2)"] if there else [])
