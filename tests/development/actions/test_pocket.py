"""The zakkaart as it comes from the server; that it opens without a line is shown in a browser."""

from __future__ import annotations

import datetime as dt

import pytest
from flask import Flask

from app.db import db
from app.development.goals.lifecycle import Step
from app.development.models import GoalAction
from app.practice import queries as practice
from app.web.formats import now, today
from tests.development.support import goal_in, make_goal
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient


def change(app: Flask, action_id: int, **values: object) -> None:
    with app.app_context():
        action = db.session.get_one(GoalAction, action_id)
        for name, value in values.items():
            setattr(action, name, value)
        db.session.commit()


def test_what_is_due_first_is_taken_along(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    goal = goal_in(app, make_goal(app, begeleider, titles=("Oefen",)))
    canvas, own = (action.id for action in goal.actions)
    log_in(client, begeleider)
    assert "Ik spreek bij elke start de opbrengst af</h1>" in client.get("/zakkaart").text, "the goal, without a date"
    change(app, canvas, due_on=today() + dt.timedelta(days=9))
    change(app, own, due_on=today())
    shown = client.get("/zakkaart").text
    assert "Oefen</h1>" in shown
    assert f"Zakkaart · {today().day} " in shown and "vandaag" not in shown      # it is read on other days too
    change(app, own, done_at=now())
    assert "Voer een startgesprek met het verwachtingencanvas</h1>" in client.get("/zakkaart").text


def test_the_questions_are_those_of_its_tool(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    goal = goal_in(app, make_goal(app, begeleider))
    log_in(client, begeleider)
    shown = client.get(f"/zakkaart?actie={goal.actions[0].id}").text
    with app.app_context():
        found = practice.tool("verwachtingengesprek-canvas")
    assert found is not None and len(found.tool.pocket_questions) == 3
    assert all(question in shown for question in (found.tool.name, *found.tool.pocket_questions))
    assert "Volgende stap:</b> Kies het traject" in shown
    for code in ("luisteren", "netwerken"):
        other = make_goal(app, begeleider, code, behaviour=f"Over {code}")
        assert client.get(f"/zakkaart?doel={other}").text.count("<li>") >= 3


def test_without_a_plan_of_its_own_it_has_that_of_the_goal(app: Flask, client: CheckedClient,
                                                           begeleider: Persona) -> None:
    goal = goal_in(app, make_goal(app, begeleider, codes=(), titles=("Oefen",)))
    log_in(client, begeleider)
    assert "een week van tevoren" in client.get(f"/zakkaart?actie={goal.actions[0].id}").text
    change(app, goal.actions[0].id, if_then="Als ik binnenkom, dan vraag ik het eerst.")
    assert "vraag ik het eerst." in client.get(f"/zakkaart?actie={goal.actions[0].id}").text


@pytest.mark.parametrize("query", ["actie=0", "actie=x", "actie=-1", "actie=99999999999", "doel=12345", "actie=12345",
                                   "actie=%00", "actie=", "doel=1e3", "actie=٣"])
def test_what_is_not_hers_is_no_card(app: Flask, client: CheckedClient, begeleider: Persona, query: str) -> None:
    make_goal(app, begeleider)
    log_in(client, begeleider)
    assert client.get(f"/zakkaart?{query}").status_code == 404


def test_somebody_elses_card_does_not_exist(app: Flask, client: CheckedClient, begeleider: Persona, stranger: Persona,
                                            team_id: int) -> None:
    goal = goal_in(app, make_goal(app, begeleider))
    for other in (make_person(app, begeleider.organisation_id, works_in=[team_id]), stranger):
        log_in(client, other)
        assert client.get(f"/zakkaart?actie={goal.actions[0].id}").status_code == 404
        assert client.get(f"/zakkaart?doel={goal.id}").status_code == 404
        assert "Maak een doel" in client.get("/zakkaart").text


def test_what_is_done_is_no_card(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, steps=(Step.FINISH,))
    log_in(client, begeleider)
    assert client.get(f"/zakkaart?doel={goal_id}").status_code == 404


def test_the_keeper_is_for_this_address_alone_and_holds_nothing_of_anybody(app: Flask, client: CheckedClient,
                                                                           begeleider: Persona) -> None:
    log_in(client, begeleider)
    answers = [client.get("/zakkaart/bewaarder.js"), app.test_client().get("/zakkaart/bewaarder.js")]
    assert answers[0].data == answers[1].data
    for answer in answers:
        assert answer.headers["Service-Worker-Allowed"] == "/zakkaart"
        assert answer.headers["Cache-Control"] == "no-cache"
        assert answer.mimetype == "text/javascript"
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
