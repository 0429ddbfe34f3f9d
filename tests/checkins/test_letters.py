"""Mails about a tussenstand: the reminder, showing, reacting and confirming; and its day in a calendar."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update

from app import jobs
from app.checkins import reminding
from app.checkins.models import CheckInReminder
from app.checkins.rhythm import FIRST, LAST
from app.db import db
from app.development import neighbours
from app.development.agenda import addresses
from app.development.models import Plan
from app.development.plans.lifecycle import PlanState
from app.messages.models import Message
from app.people.models import Membership, Person
from app.web.formats import today
from tests.support.builders import Persona
from tests.support.check_ins import begun, shown
from tests.support.clock import stopped
from tests.support.mail import Post, mail_server, mailing
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import MadeGoal, actor_of, make_goal, make_plan

START = dt.datetime(2026, 9, 7, 8, tzinfo=dt.UTC)
DAY, SOON = dt.timedelta(days=1), dt.timedelta(minutes=6)
clock = stopped(START)


@pytest.fixture
def goal(app: Flask, begeleider: Persona, clock: time_machine.Traveller) -> MadeGoal:
    return make_goal(app, begeleider)


@pytest.fixture
def plan_id(app: Flask, begeleider: Persona, teamleider: Persona, goal: MadeGoal) -> int:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    with app.app_context():
        db.session.execute(Message.__table__.delete())
        db.session.commit()
    return plan_id


def arrived(app: Flask) -> list[EmailMessage]:
    """What the mail server gets when the worker looks now."""
    post = Post()
    with mail_server(post) as settings, mailing(app, settings), app.app_context():
        jobs.deliver_mail()
    return post.arrived


def subjects(app: Flask, clock: time_machine.Traveller) -> list[tuple[str, str]]:
    """What arrives once whoever wrote can no longer correct it: to whom, and the subject."""
    clock.shift(SOON)
    return [(str(mail["To"]), str(mail["Subject"])) for mail in arrived(app)]


def wants_none(app: Flask, person: Persona) -> None:
    with app.app_context():
        addresses.set_mails(actor_of(person), False)
        db.session.commit()


def put(app: Flask) -> int:
    with app.app_context():
        return reminding.remind_due()


def to_week(clock: time_machine.Traveller, weeks: int) -> None:
    clock.move_to(START + dt.timedelta(weeks=weeks))


def test_one_reminder_a_week_before_it_is_overdue(app: Flask, plan_id: int, begeleider: Persona,
                                                  clock: time_machine.Traveller) -> None:
    told = []
    to_week(clock, 9)
    for _ in range(50):
        with app.app_context():
            jobs.remind_of_check_ins()
        clock.shift(dt.timedelta(hours=6))
        told += [(today(), str(mail["To"]), str(mail["Subject"])) for mail in arrived(app)]
        clock.shift(dt.timedelta(hours=18))
    assert told == [(START.date() + LAST - dt.timedelta(weeks=1), begeleider.email, "Tijd voor een tussenstand")]


def test_the_reminder_waits_for_the_morning_and_says_what_there_is_to_do(
    app: Flask, plan_id: int, clock: time_machine.Traveller
) -> None:
    to_week(clock, 12)
    assert (put(app), put(app)) == (1, 0)
    assert arrived(app) == []
    clock.shift(dt.timedelta(hours=5))
    (mail,) = arrived(app)
    body = mail.get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\r", "")
    assert "Het is 12 weken na je start." in text and "maandag 7 december" in text
    assert "/ontwikkelplan\n" in text and "/ontwikkelplan/agenda\n" in text


def test_the_closing_one_is_named(app: Flask, plan_id: int, clock: time_machine.Traveller) -> None:
    with app.app_context():
        db.session.execute(update(Plan).values(ends_on=START.date() + dt.timedelta(weeks=11)))
        db.session.commit()
    to_week(clock, 10)
    assert put(app) == 1
    clock.shift(dt.timedelta(hours=5))
    assert [str(mail["Subject"]) for mail in arrived(app)] == ["De laatste tussenstand van deze periode"]


def test_who_is_no_begeleider_any_more_is_not_reminded(app: Flask, plan_id: int, begeleider: Persona,
                                                       clock: time_machine.Traveller) -> None:
    to_week(clock, 12)
    assert put(app) == 1
    with app.app_context():
        db.session.execute(update(Person).where(Person.id == begeleider.id).values(roles=frozenset({"teamleider"})))
        db.session.commit()
    clock.shift(dt.timedelta(hours=5))
    assert arrived(app) == []
    with app.app_context():
        db.session.execute(CheckInReminder.__table__.delete())
        db.session.commit()
    assert put(app) == 0


def test_who_began_is_not_reminded(app: Flask, plan_id: int, begeleider: Persona,
                                   clock: time_machine.Traveller) -> None:
    to_week(clock, 12)
    assert put(app) == 1
    begun(browser_of(app, begeleider), plan_id)
    with app.app_context():
        assert db.session.scalars(select(Message.id)).all() == []
    assert put(app) == 0


@pytest.mark.parametrize("what", ["wants none", "left", "the plan rests", "asks for none before it goes"])
def test_nobody_is_reminded_for_nothing(app: Flask, plan_id: int, begeleider: Persona, what: str,
                                        clock: time_machine.Traveller) -> None:
    to_week(clock, 12)
    if what == "asks for none before it goes":
        assert put(app) == 1
        wants_none(app, begeleider)
        clock.shift(DAY)
        assert arrived(app) == []
        return
    if what == "wants none":
        wants_none(app, begeleider)
    with app.app_context():
        if what == "left":
            db.session.execute(update(Person).where(Person.id == begeleider.id).values(active=False))
        if what == "the plan rests":
            db.session.execute(update(Plan).values(state=PlanState.DISCUSSED))
        db.session.commit()
    assert put(app) == 0


def test_showing_reacting_and_confirming_are_told(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient, clock: time_machine.Traveller,
) -> None:
    address = shown(jet, plan_id, goal)
    assert arrived(app) == []       # she can still correct it
    assert subjects(app, clock) == [(teamleider.email, "Jet de Vries laat je een tussenstand zien")]
    tom.submit(tom.get(address), {"reaction": "Goed bezig."}, press="Bewaar")
    assert subjects(app, clock) == [(begeleider.email, "Tom Bakker reageert op je tussenstand")]
    jet.submit(jet.get(address), press="confirm")
    assert subjects(app, clock) == [(teamleider.email, "Jet de Vries heeft de tussenstand bevestigd")]
    tom.submit(tom.get(address), press="confirm")
    assert subjects(app, clock) == [(begeleider.email, "De tussenstand met Tom Bakker ligt vast")]
    with app.app_context():
        assert db.session.scalars(select(Message.id)).all() == []


def test_only_the_last_word_is_sent(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient, clock: time_machine.Traveller,
) -> None:
    address = shown(jet, plan_id, goal)
    tom.submit(tom.get(address), {"reaction": "Goed bezig."}, press="confirm")
    assert subjects(app, clock) == [(begeleider.email, "Tom Bakker heeft de tussenstand bevestigd")]
    jet.submit(jet.get(address), {"better": "Toch nog iets."}, press="Bewaar")       # his confirmation is gone
    assert subjects(app, clock) == [(teamleider.email, "Jet de Vries laat je een tussenstand zien")]


def test_what_is_not_so_any_more_is_not_sent(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, clock: time_machine.Traveller
) -> None:
    shown(jet, plan_id, goal)
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.leads).values(leads=False))
        db.session.commit()
    assert subjects(app, clock) == []


def test_who_wants_no_mails_gets_none(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient, clock: time_machine.Traveller,
) -> None:
    for person in (begeleider, teamleider):
        wants_none(app, person)
    address = shown(jet, plan_id, goal)
    tom.submit(tom.get(address), {"reaction": "Goed bezig."}, press="confirm")
    assert subjects(app, clock) == []


def test_her_calendar_holds_the_next_one(app: Flask, plan_id: int, begeleider: Persona, jet: CheckedClient) -> None:
    def days() -> list[tuple[str, str, dt.date]]:
        with app.test_request_context():
            found = neighbours.days_of_others(begeleider.id, begeleider.organisation_id, "dienst.example")
            return [(day.key, day.title, day.on) for day in found if day.key.startswith("tussenstand")]

    assert days() == [(f"tussenstand-{plan_id}-1@dienst.example", "Tussenstand van je ontwikkelplan",
                       START.date() + FIRST)]
    begun(jet, plan_id)
    assert days() == []


def test_what_she_adds_at_once_does_not_keep_the_letter_back(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient, clock: time_machine.Traveller,
) -> None:
    address = shown(jet, plan_id, goal)
    jet.submit(jet.get(address), {"better": "Nog een zin."}, press="Bewaar")
    assert subjects(app, clock) == [(teamleider.email, "Jet de Vries laat je een tussenstand zien")]
    tom.submit(tom.get(address), {"reaction": "Goed bezig."}, press="Bewaar")
    jet.submit(jet.get(address), {"better": "En nog een."}, press="Bewaar")
    assert subjects(app, clock) == [(begeleider.email, "Tom Bakker reageert op je tussenstand")]
