"""Mails about actions: a week ahead and on the day, each once, and none that is not wanted any more."""

from __future__ import annotations

import datetime as dt
import email.policy
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app import jobs
from app.db import db
from app.development.actions import queries as action_queries
from app.development.actions import reminding
from app.development.actions import services as actions
from app.development.actions.lifecycle import ActionState
from app.development.actions.services import ActionWords
from app.development.agenda import addresses
from app.messages.models import Message
from app.people.models import Person
from app.web.formats import today
from tests.development.support import actor_of, goal_in, make_goal
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.clock import stopped
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient

MONDAY = dt.datetime(2026, 5, 4, 8, tzinfo=dt.UTC)
WEEK, DAY = dt.timedelta(days=7), dt.timedelta(days=1)
clock = stopped(MONDAY)


@pytest.fixture
def action_id(app: Flask, begeleider: Persona, clock: time_machine.Traveller) -> int:
    """An action for in twenty days."""
    found = goal_in(app, make_goal(app, begeleider)).actions[0].id
    plan_for(app, begeleider, found, today() + dt.timedelta(days=20))
    return found


def plan_for(app: Flask, person: Persona, action_id: int, day: dt.date | None, title: str = "Bel de school") -> None:
    with app.app_context():
        goal = action_queries.goal_with_to_change(actor_of(person), action_id)
        assert goal is not None
        action = next(one for one in goal.actions if one.id == action_id)
        actions.change(goal, action, ActionWords(title, "", (), None, day, ""))
        db.session.commit()


def mark(app: Flask, person: Persona, action_id: int, state: ActionState) -> None:
    with app.app_context():
        goal = action_queries.goal_with_to_change(actor_of(person), action_id)
        assert goal is not None
        actions.move(goal, next(one for one in goal.actions if one.id == action_id), state)
        db.session.commit()


def put(app: Flask) -> int:
    with app.app_context():
        return reminding.remind_due()


def arrived(app: Flask) -> list[email.message.EmailMessage]:
    """What the mail server gets when the worker looks now."""
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    return post.arrived


def waiting(app: Flask) -> int:
    with app.app_context():
        return len(db.session.scalars(select(Message.id)).all())


def test_a_week_ahead_and_on_the_day_and_each_once(app: Flask, begeleider: Persona, action_id: int,
                                                   clock: time_machine.Traveller) -> None:
    told = []
    for _ in range(25):
        for _again in range(2):
            put(app)
        told += [(today(), str(mail["Subject"]), str(mail["To"])) for mail in arrived(app)]
        clock.shift(DAY)
    assert told == [
        (dt.date(2026, 5, 17), "Op zondag 24 mei: Bel de school", begeleider.email),
        (dt.date(2026, 5, 24), "Vandaag: Bel de school", begeleider.email),
    ]
    assert waiting(app) == 0, "nothing tells afterwards who was reminded of what"


def test_the_letter_leads_to_the_action_and_to_where_it_is_switched_off(
    app: Flask, client: CheckedClient, begeleider: Persona, action_id: int, clock: time_machine.Traveller
) -> None:
    clock.shift(13 * DAY)
    assert put(app) == 1
    (mail,) = arrived(app)
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r", "")
    assert f"/ontwikkelplan/acties/{action_id}\n" in text and "/ontwikkelplan/agenda\n" in text
    log_in(client, begeleider)
    client.submit(client.get("/ontwikkelplan/agenda"), to="/ontwikkelplan/agenda")
    assert "Je krijgt geen mails over je acties" in client.get("/ontwikkelplan/agenda").text
    clock.shift(WEEK)
    assert put(app) == 0
    log_in(client, begeleider)
    client.submit(client.get("/ontwikkelplan/agenda"), to="/ontwikkelplan/agenda")
    assert put(app) == 1


def test_all_of_a_day_come_in_one_letter(app: Flask, begeleider: Persona, clock: time_machine.Traveller) -> None:
    goal = goal_in(app, make_goal(app, begeleider, codes=(), titles=("Een", "Twee", "Drie")))
    for action, days in zip(goal.actions, (10, 11, 30), strict=True):
        plan_for(app, begeleider, action.id, today() + days * DAY, action.title)
    clock.shift(4 * DAY)
    assert put(app) == 1
    (mail,) = arrived(app)
    assert mail["Subject"] == "2 acties uit je ontwikkelplan"
    text = str(mail.get_body(("plain",)).get_content())     # type: ignore[union-attr]
    assert "Een" in text and "Twee" in text and "Drie" not in text


@pytest.mark.parametrize("meanwhile", ["done", "moved", "no-date", "switched-off", "left", "goal-paused"])
def test_what_is_not_so_any_more_never_leaves(app: Flask, begeleider: Persona, action_id: int,
                                              clock: time_machine.Traveller, meanwhile: str) -> None:
    clock.shift(13 * DAY)
    assert put(app) == 1
    if meanwhile == "done":
        mark(app, begeleider, action_id, ActionState.DONE)
    elif meanwhile == "moved":
        plan_for(app, begeleider, action_id, today() + 40 * DAY)
    elif meanwhile == "no-date":
        plan_for(app, begeleider, action_id, None)
    with app.app_context():
        if meanwhile == "switched-off":
            addresses.set_mails(actor_of(begeleider), False)
        elif meanwhile == "left":
            db.session.execute(update(Person).where(Person.id == begeleider.id).values(active=False))
        elif meanwhile == "goal-paused":
            goal = action_queries.goal_with(actor_of(begeleider), action_id)
            assert goal is not None
            goal.state, goal.place = "paused", None
        db.session.commit()
    assert arrived(app) == []
    assert waiting(app) == 0


def test_who_is_no_begeleider_any_more_is_not_mailed(app: Flask, begeleider: Persona, action_id: int,
                                                     clock: time_machine.Traveller) -> None:
    clock.shift(13 * DAY)
    assert put(app) == 1
    becomes_teamleider(app, begeleider)
    assert arrived(app) == []
    clock.shift(WEEK)
    assert put(app) == 0


def becomes_teamleider(app: Flask, person: Persona) -> None:
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == person.id).values(roles=frozenset({"teamleider"})))
        db.session.commit()


def test_another_day_is_told_anew(app: Flask, begeleider: Persona, action_id: int,
                                  clock: time_machine.Traveller) -> None:
    clock.shift(13 * DAY)
    put(app)
    assert len(arrived(app)) == 1
    plan_for(app, begeleider, action_id, today() + 20 * DAY)
    clock.shift(13 * DAY)
    assert put(app) == 1


def test_who_chose_a_day_of_this_week_is_told_on_the_day_alone(app: Flask, begeleider: Persona, action_id: int,
                                                               clock: time_machine.Traveller) -> None:
    plan_for(app, begeleider, action_id, today() + 3 * DAY)
    assert put(app) == 0
    clock.shift(3 * DAY)
    assert put(app) == 1


def test_a_day_on_which_nobody_was_there_is_made_up_for(app: Flask, begeleider: Persona, action_id: int,
                                                        clock: time_machine.Traveller) -> None:
    clock.shift(15 * DAY)
    assert put(app) == 1
    assert arrived(app)[0]["Subject"] == "Op zondag 24 mei: Bel de school"
    clock.shift(10 * DAY)
    assert put(app) == 0, "what was due in the past is no news"


def test_two_workers_put_it_once(app: Flask, begeleider: Persona, action_id: int,
                                 clock: time_machine.Traveller) -> None:
    clock.shift(13 * DAY)
    together(*(partial(put, app) for _ in range(4)))
    assert waiting(app) == 1


def test_what_she_typed_cannot_pass_for_ours(app: Flask, begeleider: Persona, action_id: int,
                                             clock: time_machine.Traveller) -> None:
    plan_for(app, begeleider, action_id, today() + 20 * DAY, "Bel\r\nBcc: x@evil.example\n\n<b>Klik</b> \x01hier\x02")
    clock.shift(13 * DAY)
    put(app)
    (mail,) = arrived(app)
    assert "Bcc" not in mail and "\n" not in str(mail["Subject"])
    html = mail.get_body(("html",))
    assert html is not None and "<b>Klik" not in html.get_content()


def test_nothing_of_the_demo_leaves(app: Flask, clock: time_machine.Traveller) -> None:
    demo = make_organisation(app, "Demodienst", demo=True)
    person = make_person(app, demo, works_in=[make_team(app, demo)])
    found = goal_in(app, make_goal(app, person)).actions[0].id
    plan_for(app, person, found, today() + 20 * DAY)
    clock.shift(13 * DAY)
    assert put(app) == 1
    assert arrived(app) == []


@pytest.mark.parametrize(("hour", "awake"), [(3, 0), (6, 1)])
def test_nobody_is_woken(app: Flask, begeleider: Persona, action_id: int, clock: time_machine.Traveller, hour: int,
                         awake: int) -> None:
    clock.move_to(dt.datetime(2026, 5, 17, hour, tzinfo=dt.UTC))
    with app.app_context():
        jobs.remind_of_actions()
    assert waiting(app) == awake
