"""Who is asked as a maatje says ja or nee, and who asked sees it: on the page, and by mail."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import update

from app.db import db
from app.development.buddies import services as buddies
from app.development.models import Goal, GoalAction
from app.people.models import Person
from tests.development.buddies.support import MOMENT, arrived, choose, offer, outbox
from tests.development.support import PLAN, actor_of, goal_in, make_goal, measure, read
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.statements import statements

ANSWER = "/maatjes/antwoord"


@pytest.fixture
def ans(app: Flask, organisation_id: int) -> Persona:
    return make_person(app, organisation_id, works_in=[make_team(app, organisation_id, "Team West")], name="Ans Bos")


@pytest.fixture
def action_id(app: Flask, begeleider: Persona, ans: Persona) -> int:
    """An action of Jet's, for which she asked Ans to come and watch."""
    goal_id = make_goal(app, begeleider)
    action_id = goal_in(app, goal_id).actions[0].id
    offer(app, ans)
    choose(browser_of(app, begeleider), action_id, ans)
    return action_id


def said(app: Flask, action_id: int) -> bool | None:
    with app.app_context():
        return db.session.get_one(GoalAction, action_id).with_answer


def answer(client: CheckedClient, action_id: int, what: str = "ja") -> str:
    """Where she is led to, as it reads."""
    sent = client.send(ANSWER, {"action": action_id, "answer": what})
    assert sent.status_code == 303
    return told(client.get(sent.location).data)


@pytest.mark.parametrize("page", ["/start", "/maatjes"])
def test_she_sees_who_asks_for_what_and_nothing_else(app: Flask, begeleider: Persona, ans: Persona, action_id: int,
                                                      page: str) -> None:
    measure(app, begeleider, {"VM1": 2.7})
    with app.app_context():
        db.session.execute(update(Goal).values(behaviour="Iets geheims", level_now=2, level_target=3))
        db.session.commit()
    shown = read(browser_of(app, ans), page)
    assert "Jet de Vries" in shown and "Team Oost" in shown
    assert "Wil graag een keer met je meekijken bij ‘verwachtingen en wensen ophalen’." in shown
    assert "Ja, graag" in shown and "Nu even niet" in shown and "Je hoeft niet te zeggen waarom." in shown
    for secret in ("geheims", "2,7", "niveau 2", "startgesprek"):
        assert secret not in shown


@pytest.mark.parametrize(("what", "hers", "asker", "subject"), [
    ("ja", "Je zei ja. Spreek samen af wanneer.", "Ans Bos zei ja. Spreek samen af wanneer.", "Ans Bos zegt ja"),
    ("nee", "Je zei nee. Dat is goed.", "Ans Bos kan nu niet. Vraag gerust een ander", "Ans Bos kan nu niet"),
])
def test_the_answer_reaches_who_asked(app: Flask, begeleider: Persona, ans: Persona, action_id: int, what: str,
                                      hers: str, asker: str, subject: str) -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        asked, her = browser_of(app, ans), browser_of(app, begeleider)
        assert "Er is nog geen antwoord." in read(her, f"{PLAN}/acties/{action_id}")
        assert hers in answer(asked, action_id, what)
        assert said(app, action_id) is (what == "ja")
        assert "vraagt je als maatje" not in read(asked, "/start")
        assert asker in read(her, f"{PLAN}/acties/{action_id}")
        assert f"je maatje {'zei ja' if what == 'ja' else 'kan nu niet'}" in read(her)
        clock.shift(dt.timedelta(minutes=6))
        assert arrived(app) == [(begeleider.email, subject)], "and she is not asked by mail any more"


def test_she_can_say_otherwise(app: Flask, begeleider: Persona, ans: Persona, action_id: int) -> None:
    with time_machine.travel(MOMENT, tick=False) as clock:
        asked = browser_of(app, ans)
        for what in ("ja", "nee", "nee"):
            answer(asked, action_id, what)
        assert said(app, action_id) is False
        clock.shift(dt.timedelta(minutes=6))
        assert arrived(app) == [(begeleider.email, "Ans Bos kan nu niet")]


def test_who_said_no_is_not_told_that_it_is_off(app: Flask, begeleider: Persona, ans: Persona,
                                                action_id: int) -> None:
    answer(browser_of(app, ans), action_id, "nee")
    browser_of(app, begeleider).send(f"{PLAN}/acties/{action_id}/maatje/weg")
    assert outbox(app) == [] and said(app, action_id) is None


def test_who_said_yes_is_told_that_it_is_off(app: Flask, begeleider: Persona, ans: Persona, action_id: int) -> None:
    answer(browser_of(app, ans), action_id)
    browser_of(app, begeleider).send(f"{PLAN}/acties/{action_id}/maatje/weg")
    assert outbox(app) == [("buddy_off", ans.email)]


def test_another_colleague_is_asked_anew(app: Flask, begeleider: Persona, ans: Persona, action_id: int) -> None:
    bob = make_person(app, begeleider.organisation_id, name="Bob Smit")
    offer(app, bob)
    answer(browser_of(app, ans), action_id, "nee")
    choose(browser_of(app, begeleider), action_id, bob)
    assert said(app, action_id) is None
    assert "Deze vraag is er niet meer." in answer(browser_of(app, ans), action_id)
    assert "Jet de Vries" in read(browser_of(app, bob), "/start")


@pytest.mark.parametrize("who", ["begeleider", "stranger"])
def test_nobody_answers_for_another(app: Flask, request: pytest.FixtureRequest, action_id: int, who: str) -> None:
    assert "Deze vraag is er niet meer." in answer(browser_of(app, request.getfixturevalue(who)), action_id)
    assert said(app, action_id) is None


@pytest.mark.parametrize("gone", ["done", "closed", "left"])
def test_what_is_over_asks_nothing(app: Flask, begeleider: Persona, ans: Persona, action_id: int, gone: str) -> None:
    with app.app_context():
        action = db.session.get_one(GoalAction, action_id)
        if gone == "left":
            db.session.get_one(Person, begeleider.id).active = False
        elif gone == "done":
            action.done_at = MOMENT
        else:
            goal = db.session.get_one(Goal, action.goal_id)
            goal.state, goal.place = "paused", None
        db.session.commit()
    asked = browser_of(app, ans)
    assert "Jet de Vries" not in read(asked, "/start") + read(asked, "/maatjes")
    assert "Deze vraag is er niet meer." in answer(asked, action_id)


@pytest.mark.parametrize("data", [{}, {"action": "1"}, {"action": "1", "answer": "misschien"}])
def test_what_is_no_answer(app: Flask, client: CheckedClient, ans: Persona, data: dict[str, str]) -> None:
    log_in(client, ans)
    assert client.send(ANSWER, data).status_code == 404


@pytest.mark.parametrize("number", ["", "-1", "x" * 10_000, "\x00", "9" * 30])
def test_what_is_no_action(app: Flask, client: CheckedClient, ans: Persona, number: str) -> None:
    log_in(client, ans)
    assert client.send(ANSWER, {"action": number, "answer": "ja"}).status_code == 303


def test_an_answer_and_another_choice_at_the_same_moment(app: Flask, begeleider: Persona, ans: Persona,
                                                         action_id: int) -> None:
    """Whoever comes first: a yes to Jet never becomes a yes of Bob."""
    bob = make_person(app, begeleider.organisation_id, name="Bob Smit")
    offer(app, bob)

    def say() -> None:
        with app.app_context():
            buddies.answer(actor_of(ans), action_id, yes=True)
            db.session.commit()

    together(say, partial(choose, browser_of(app, begeleider), action_id, bob))
    assert said(app, action_id) is None


def test_many_who_ask_cost_the_start_page_one_statement(app: Flask, organisation_id: int, ans: Persona,
                                                        action_id: int) -> None:
    asked = browser_of(app, ans)
    asked.get("/start")
    with statements(app) as few:
        asked.get("/start")
    for _ in range(3):
        another = make_person(app, organisation_id, works_in=[make_team(app, organisation_id)])
        choose(browser_of(app, another), goal_in(app, make_goal(app, another)).actions[0].id, ans)
    with statements(app) as many:
        page = asked.get("/start").text
    assert page.count("Ja, graag") == 4 and len(many) == len(few) <= 12, "\n".join(many)
