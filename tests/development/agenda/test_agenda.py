"""Days in a calendar: one action, and everything at a secret address."""

from __future__ import annotations

import datetime as dt
import logging
import re
from functools import partial
from typing import Any

import pytest
from flask import Flask
from icalendar import Calendar, Event
from sqlalchemy import event, select, update

from app.db import db
from app.development import neighbours
from app.development.agenda import addresses
from app.development.agenda.calendar import Day
from app.development.goals.lifecycle import Step
from app.development.models import Goal, GoalAction, PlanWishes
from app.people.models import Person
from app.web.formats import now, today
from tests.development.support import actor_of, goal_in, make_goal, measure
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient

SETTINGS = "/ontwikkelplan/agenda"
SOON = dt.timedelta(days=10)


@pytest.fixture(autouse=True)
def fresh_counts(app: Flask) -> None:
    app.extensions.pop("calendar-limits", None)


def plan_day(app: Flask, action_id: int, day: dt.date | None, title: str | None = None) -> None:
    with app.app_context():
        action = db.session.get_one(GoalAction, action_id)
        action.due_on, action.title = day, title or action.title
        db.session.commit()


def dated(app: Flask, person: Persona, **said: Any) -> int:
    """An action with a date of an open goal."""
    action_id = goal_in(app, make_goal(app, person, **said)).actions[0].id
    plan_day(app, action_id, today() + SOON)
    return action_id


def address_of(client: CheckedClient) -> str:
    found = re.search(r"http://[^<\s]*(/agenda/[^<\s]*\.ics)", client.get(SETTINGS).text)
    assert found
    return found[1]


def begin(client: CheckedClient, person: Persona) -> str:
    log_in(client, person)
    client.send(f"{SETTINGS}/adres")
    return address_of(client)


def read(data: bytes) -> list[Event]:
    calendar = Calendar.from_ical(data)
    assert isinstance(calendar, Calendar)
    assert str(calendar["version"]) == "2.0" and "prodid" in calendar
    assert all(not part.errors for part in calendar.walk())
    events = [part for part in calendar.walk("VEVENT") if isinstance(part, Event)]
    assert len({str(one["uid"]) for one in events}) == len(events)
    return events


def test_an_action_goes_into_a_calendar(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    action_id = dated(app, begeleider)
    log_in(client, begeleider)
    file = client.get(f"/ontwikkelplan/acties/{action_id}/agenda.ics")
    assert file.mimetype == "text/calendar" and "attachment" in file.headers["Content-Disposition"]
    (day,) = read(file.data)
    assert day.decoded("dtstart") == today() + SOON, "a whole day"
    assert day.decoded("dtend") == today() + SOON + dt.timedelta(days=1)
    assert str(day["summary"]) == "Voer een startgesprek met het verwachtingencanvas"
    assert str(day["url"]).endswith(f"/ontwikkelplan/acties/{action_id}")
    with app.app_context():
        plan = db.session.get_one(GoalAction, action_id).if_then
    assert plan and str(day["description"]) == f"{plan}\n\n{day['url']}"
    assert not day.walk("VALARM")
    plan_day(app, action_id, None)
    assert client.get(f"/ontwikkelplan/acties/{action_id}/agenda.ics").status_code == 404


def test_somebody_elses_action_goes_into_nobodys(app: Flask, client: CheckedClient, begeleider: Persona,
                                                 team_id: int) -> None:
    action_id = dated(app, begeleider)
    log_in(client, make_person(app, begeleider.organisation_id, works_in=[team_id]))
    assert client.get(f"/ontwikkelplan/acties/{action_id}/agenda.ics").status_code == 404


def test_her_calendar_holds_what_is_to_come_and_nothing_else(
    app: Flask, client: CheckedClient, begeleider: Persona, teamleider: Persona, team_id: int
) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    wanted = dated(app, begeleider, behaviour="Loopt")
    done = dated(app, begeleider, behaviour="Gedaan")
    paused = dated(app, begeleider, behaviour="Staat stil")
    dated(app, make_person(app, begeleider.organisation_id, works_in=[team_id]))
    talk = make_conversation(app, begeleider, teamleider)
    with app.app_context():
        db.session.get_one(GoalAction, done).done_at = now()
        goal = db.session.get_one(Goal, db.session.get_one(GoalAction, paused).goal_id)
        goal.state, goal.place = "paused", None
        db.session.commit()
    address = begin(client, begeleider)
    answer = app.test_client().get(address)
    assert answer.status_code == 200 and answer.mimetype == "text/calendar"
    keys = sorted(str(one["uid"]).split("@")[0] for one in read(answer.data))
    assert keys == [f"actie-{wanted}", f"gesprek-{talk}"]
    assert "2.9" not in answer.text and "Scholen weten vooraf" not in answer.text
    assert "Set-Cookie" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store" and answer.headers["Referrer-Policy"] == "no-referrer"


def test_an_empty_calendar_is_one_too(client: CheckedClient, begeleider: Persona) -> None:
    assert read(client.get(begin(client, begeleider)).data) == []


def test_a_moved_day_keeps_its_key(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    action_id = dated(app, begeleider)
    address = begin(client, begeleider)
    (before,) = read(client.get(address).data)
    plan_day(app, action_id, today() + 2 * SOON, "Anders; met, tekens\\n en ⛵ en een heel lange regel " + "x" * 150)
    (after,) = read(client.get(address).data)
    assert after["uid"] == before["uid"] and after.decoded("dtstart") == today() + 2 * SOON
    assert str(after["summary"]).startswith("Anders; met, tekens")


def test_what_other_rooms_have_stands_in_it(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    def days(person_id: int, organisation_id: int, host: str) -> list[Day]:
        return [Day(f"iets-{person_id}@{host}", "Tussenstand", today(), "http://x.example/", now())]

    kept = app.extensions.get("days of a plan")
    neighbours.hand_in_days(app, days)
    try:
        (found,) = [one for one in read(client.get(begin(client, begeleider)).data) if one["summary"] == "Tussenstand"]
    finally:
        app.extensions["days of a plan"].pop()
    assert (app.extensions.get("days of a plan") or None) == (kept or None)
    assert str(found["uid"]).startswith(f"iets-{begeleider.id}@")


def test_renewing_kills_the_old_address(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    old = begin(client, begeleider)
    page = client.get(SETTINGS)
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    assert seen
    for _ in range(2):      # a double click renews once
        assert client.send(f"{SETTINGS}/adres", {"seen": seen[1]}).status_code == 303
    new = address_of(client)
    assert new != old
    assert client.get(old).status_code == 404
    assert client.get(new).status_code == 200
    with app.app_context():
        assert db.session.get_one(PlanWishes, begeleider.id).renewal == 2
    client.send(f"{SETTINGS}/adres/weg")
    assert client.get(new).status_code == 404
    assert "Maak mijn agenda-adres" in client.get(SETTINGS).text


def test_begun_at_the_same_moment_there_is_one_address(app: Flask, begeleider: Persona) -> None:
    def begin_once() -> str:
        with app.app_context():
            addresses.begin(actor_of(begeleider))
            db.session.commit()
            return str(addresses.token_of(addresses.wishes_of(actor_of(begeleider))))

    found: list[str] = []
    together(*(partial(lambda: found.append(begin_once())) for _ in range(4)))
    assert len(set(found)) == 1


def test_who_left_has_no_calendar(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    address = begin(client, begeleider)
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == begeleider.id).values(active=False))
        db.session.commit()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "a" * 22 + "." + "b" * 43, "%00", "..%2f..", "é" * 66, "1.1"])
def test_what_nobody_gave_out_is_nobodys(app: Flask, client: CheckedClient, token: str) -> None:
    assert client.get(f"/agenda/{token}.ics").status_code == 404


def test_another_proof_does_not_open_it(client: CheckedClient, begeleider: Persona) -> None:
    address = begin(client, begeleider)
    last = address[-5]
    assert client.get(f"{address[:-5]}{'A' if last != 'A' else 'B'}.ics").status_code == 404


def test_it_cannot_be_asked_for_all_the_time(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    address = begin(client, begeleider)
    for _ in range(addresses.USE):
        assert client.get(address).status_code == 200
    refused = client.get(address)
    assert refused.status_code == 429 and 0 < int(refused.headers["Retry-After"]) <= 60
    for _ in range(addresses.GUESS):
        assert client.get("/agenda/x.ics").status_code == 404
    assert client.get("/agenda/x.ics").status_code == 429


def test_no_log_holds_an_address(app: Flask, client: CheckedClient, begeleider: Persona,
                                 monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    address = begin(client, begeleider)
    client.get(address)
    client.get(address[:-6] + "x.ics")
    monkeypatch.setitem(app.config, "TESTING", False)

    def fail(*_: object) -> None:
        raise OSError("the disk is full")

    with app.app_context():
        event.listen(db.sessionmaker, "do_orm_execute", fail)
        try:
            answer = app.test_client().get(address)
        finally:
            event.remove(db.sessionmaker, "do_orm_execute", fail)
    assert answer.status_code == 500
    assert "the disk is full" in caplog.text
    assert address[8:30] not in caplog.text


def test_the_address_itself_is_not_stored(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    proof = begin(client, begeleider).partition(".")[2].removesuffix(".ics")
    with app.app_context():
        assert proof not in str(db.session.execute(select(PlanWishes.__table__)).all())


def test_a_goal_that_was_dropped_leaves_the_calendar(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, steps=(Step.FINISH,))
    plan_day(app, goal_in(app, goal_id).actions[0].id, today() + SOON)
    assert read(client.get(begin(client, begeleider)).data) == []
