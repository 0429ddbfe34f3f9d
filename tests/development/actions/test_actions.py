"""One action: its steps, its date, how it stands, and what nobody may do with it."""

from __future__ import annotations

import datetime as dt
from functools import partial

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.development.actions import queries as action_queries
from app.development.actions import services as actions
from app.development.actions.lifecycle import ActionState, state_of
from app.development.actions.services import ActionWords
from app.development.goals.lifecycle import Step, StepRefused
from app.development.models import Goal, GoalAction, PlanChange
from app.web.formats import now, today
from tests.development.support import actor_of, goal_in, make_goal
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person
from tests.support.clock import stopped
from tests.support.pages import CheckedClient
from tests.support.records import make_plan

MOMENT = dt.datetime(2026, 5, 4, 10, tzinfo=dt.UTC)
CANVAS = "vm-startgesprek-canvas"
HOSTILE = "\"><script>alert(1)</script>{{ 7*7 }}' OR 1=1 --\u202e\x00 <b>vet</b>"
clock = stopped(MOMENT)


@pytest.fixture
def action_id(app: Flask, begeleider: Persona) -> int:
    """An action of the library, with four steps."""
    return goal_in(app, make_goal(app, begeleider)).actions[0].id


def kept(app: Flask, action_id: int) -> GoalAction:
    with app.app_context():
        return db.session.get_one(GoalAction, action_id)


def address(action_id: int, rest: str = "") -> str:
    return f"/ontwikkelplan/acties/{action_id}{rest}"


def said(**others: object) -> dict[str, object]:
    return {"title": "Voer een startgesprek", "due_on": (today() + dt.timedelta(days=30)).isoformat(), "hours": "2,5",
            "if_then": "Als ik bel, dan vraag ik het.", "steps": "Bel\nVraag", "note": "Op dinsdag."} | others


def inside(app: Flask, person: Persona, action_id: int) -> tuple[Goal, GoalAction]:
    """Inside a context: as a request would load it to change it."""
    goal = action_queries.goal_with_to_change(actor_of(person), action_id)
    assert goal is not None
    return goal, next(action for action in goal.actions if action.id == action_id)


def test_an_action_of_the_library_brings_its_steps_and_its_plan(app: Flask, action_id: int) -> None:
    action = kept(app, action_id)
    assert action.steps[0] == "Kies het traject en plan het startgesprek."
    assert (len(action.steps), action.steps_done) == (4, [])
    assert action.if_then.startswith("Als ik een startgesprek plan, dan ")


def test_one_of_her_own_begins_with_a_title_alone(app: Flask, begeleider: Persona) -> None:
    action = goal_in(app, make_goal(app, begeleider, codes=(), titles=("Oefen",))).actions[0]
    assert (action.title, action.steps, action.steps_done, action.if_then, action.due_on) == ("Oefen", [], [], "", None)


def test_everything_about_it_can_be_changed(app: Flask, client: CheckedClient, begeleider: Persona,
                                            action_id: int) -> None:
    log_in(client, begeleider)
    page = client.get(address(action_id))
    answer = client.submit(page, said(), to=address(action_id))
    assert answer.status_code == 303
    action = kept(app, action_id)
    assert (action.title, action.hours, action.steps, action.note) == (
        "Voer een startgesprek", 2.5, ["Bel", "Vraag"], "Op dinsdag.")
    assert action.due_on == today() + dt.timedelta(days=30)
    shown = client.get(address(action_id)).text
    assert "Op dinsdag." in shown and "2,5" in shown and "0 van 2 gedaan" in shown


def test_an_action_leads_to_the_tool_that_it_names(app: Flask, client: CheckedClient, begeleider: Persona,
                                                   action_id: int) -> None:
    log_in(client, begeleider)
    where = "/praktijk/hulpmiddel/verwachtingengesprek-canvas"
    assert f'href="{where}"' in client.get(address(action_id)).text and client.get(where).status_code == 200
    others = make_goal(app, begeleider, codes=("vm-tussencheck",), titles=("Oefen",),
                       behaviour="Ik vraag het halverwege")
    for action in goal_in(app, others).actions:
        assert "/praktijk/hulpmiddel/" not in client.get(address(action.id)).text, action.title


def test_steps_that_stay_the_same_stay_done(app: Flask, begeleider: Persona, action_id: int) -> None:
    with app.app_context():
        goal, action = inside(app, begeleider, action_id)
        words = partial(ActionWords, title="T", if_then="", hours=None, due_on=None, note="")
        actions.change(goal, action, words(steps=("Bel", "Vraag", "Bel")))
        actions.tick(goal, action, 0, done=True)
        actions.tick(goal, action, 1, done=True)
        actions.change(goal, action, words(steps=("Eerst nadenken", "Vraag", "Bel", "Bel")))
        assert action.steps_done == [1, 2]
        actions.change(goal, action, words(steps=()))
        assert action.steps_done == []


def test_ticking_is_the_same_twice_and_begins_the_action(app: Flask, client: CheckedClient, begeleider: Persona,
                                                         action_id: int) -> None:
    log_in(client, begeleider)
    for _ in range(2):
        assert client.send(address(action_id, "/stappen/2/gedaan")).status_code == 303
    action = kept(app, action_id)
    assert action.steps_done == [1] and action.begun_at is not None and action.done_at is None
    assert "1 van 4 gedaan" in client.get(address(action_id)).text
    client.send(address(action_id, "/stappen/2/niet-gedaan"))
    assert kept(app, action_id).steps_done == []
    assert client.send(address(action_id, "/stappen/5/gedaan")).status_code == 404


def test_many_steps_ticked_at_the_same_moment_are_all_kept(app: Flask, begeleider: Persona, action_id: int) -> None:
    def tick(number: int) -> None:
        with app.app_context():
            goal, action = inside(app, begeleider, action_id)
            actions.tick(goal, action, number, done=True)
            db.session.commit()

    together(*(partial(tick, number) for number in range(4)))
    assert kept(app, action_id).steps_done == [0, 1, 2, 3]


def test_every_state_follows_on_every_other(app: Flask, begeleider: Persona, action_id: int,
                                            clock: time_machine.Traveller) -> None:
    with app.app_context():
        goal, action = inside(app, begeleider, action_id)
        for before in ActionState:
            for after in ActionState:
                actions.move(goal, action, before)
                actions.move(goal, action, after)
                assert state_of(action.begun_at, action.done_at) == after
        actions.move(goal, action, ActionState.DONE)
        done = action.done_at
        clock.shift(dt.timedelta(days=1))
        actions.move(goal, action, ActionState.DONE)
        assert action.done_at == done, "done twice is done once"


def test_done_here_is_done_in_the_plan(app: Flask, client: CheckedClient, begeleider: Persona, action_id: int) -> None:
    log_in(client, begeleider)
    assert client.send(address(action_id, "/gedaan")).status_code == 303
    assert "1 van 1 gedaan" in client.get("/ontwikkelplan").text
    assert client.send(address(action_id, "/onzin")).status_code == 404


@pytest.mark.parametrize(("field", "value", "told"), [
    ("title", "", "Schrijf op wat je gaat doen."),
    ("title", "x" * 10_000, "er passen 200 tekens in"),
    ("note", "x" * 10_000, "er passen 4000 tekens in"),
    ("if_then", "x" * 10_000, "er passen 500 tekens in"),
    ("if_then", "Morgen beginnen", "Maak er één zin van"),
    ("steps", "\n".join("x" for _ in range(16)), "Houd het bij 15 stappen"),
    ("steps", "x" * 10_000, "langer dan 300 tekens"),
    ("due_on", "2026-05-03", "Deze dag is al geweest"),
    ("due_on", "2099-01-01", "Kies een dag binnen twee jaar"),
    ("due_on", "0000-00-00", "Schrijf de datum als"),
    ("due_on", "9" * 300, "Schrijf de datum als"),
    ("hours", "1000", "van 0 tot en met 200"),
    ("hours", "-3", "van 0 tot en met 200"),
    ("hours", "nan", "een getal"),
    ("hours", "1e309", "een getal"),
])
def test_what_cannot_be_is_told_and_nothing_is_lost(app: Flask, client: CheckedClient, begeleider: Persona,
                                                    action_id: int, clock: time_machine.Traveller, field: str,
                                                    value: str, told: str) -> None:
    log_in(client, begeleider)
    before = kept(app, action_id).title
    answer = client.send(address(action_id), said(**{field: value, "support": "Vraag Amira"}))
    assert answer.status_code == 422
    assert told in answer.text
    assert "Op dinsdag." in answer.text or field == "note", "what else was typed stands there still"
    assert value[:200] in answer.text
    assert kept(app, action_id).title == before


def test_a_date_that_has_passed_may_stay(app: Flask, client: CheckedClient, begeleider: Persona, action_id: int,
                                         clock: time_machine.Traveller) -> None:
    log_in(client, begeleider)
    soon = today() + dt.timedelta(days=2)
    client.send(address(action_id), said(due_on=soon.isoformat()))
    clock.shift(dt.timedelta(days=5))
    log_in(client, begeleider)
    assert "De dag was" in client.get(address(action_id)).text
    assert client.send(address(action_id), said(due_on=soon.isoformat(), note="Nog eens")).status_code == 303
    assert kept(app, action_id).note == "Nog eens"


def test_hostile_words_are_words(app: Flask, client: CheckedClient, begeleider: Persona, action_id: int) -> None:
    log_in(client, begeleider)
    everywhere = said(title=HOSTILE, note=HOSTILE, steps=HOSTILE, if_then=f"Als {HOSTILE}, dan {HOSTILE}")
    assert client.send(address(action_id), everywhere).status_code == 303
    for page in (address(action_id), "/ontwikkelplan"):
        shown = client.get(page).text
        assert "<script>alert" not in shown and "&lt;script&gt;" in shown and "{{ 7*7 }}" in shown


@pytest.mark.parametrize("rest", ["", "/gedaan", "/stappen/1/gedaan", "/maatje", "/maatje/weg"])
def test_an_action_of_somebody_else_does_not_exist(app: Flask, client: CheckedClient, begeleider: Persona,
                                                   stranger: Persona, team_id: int, action_id: int,
                                                   rest: str) -> None:
    colleague = make_person(app, begeleider.organisation_id, works_in=[team_id])
    for other in (colleague, stranger):
        log_in(client, other)
        assert client.send(address(action_id, rest), said()).status_code == 404
        assert client.get(address(action_id)).status_code == 404
    assert kept(app, action_id).begun_at is None


def test_a_finished_goal_keeps_its_actions_as_they_were(app: Flask, client: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, steps=(Step.FINISH,))
    action_id = goal_in(app, goal_id).actions[0].id
    log_in(client, begeleider)
    page = client.get(address(action_id))
    assert page.status_code == 200 and "Bewaar deze actie" not in page.text
    for rest in ("", "/gedaan", "/stappen/1/gedaan", "/maatje/weg"):
        answer = client.send(address(action_id, rest), said())
        assert answer.status_code == 409 and "Dit doel is afgerond" in answer.text
    assert kept(app, action_id).title != "Voer een startgesprek"
    with app.app_context():
        goal, action = inside(app, begeleider, action_id)
        with pytest.raises(StepRefused):
            actions.do_alone(goal, action)


def test_another_day_is_a_change_of_what_both_agreed_on(app: Flask, client: CheckedClient, begeleider: Persona,
                                                        teamleider: Persona, action_id: int) -> None:
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    log_in(client, begeleider)
    client.send(address(action_id), said(note="Alleen van mij."))
    client.send(address(action_id), said(note="Nog steeds alleen van mij."))
    client.send(address(action_id), said(due_on="", title="Bel de school"))
    with app.app_context():
        changes = [one for one in db.session.scalars(select(PlanChange)) if one.kind == "action-day"]
        told = [(one.before, one.after) for one in changes]
    day = today() + dt.timedelta(days=30)
    assert told == [("- Voer een startgesprek met het verwachtingencanvas", f"{day} Voer een startgesprek"),
                    (f"{day} Voer een startgesprek", "- Bel de school")]
    for who, page in ((begeleider, "/ontwikkelplan"), (teamleider, f"/ontwikkelplan/van/{plan_id}")):
        log_in(client, who)
        shown = client.get(page).text
        assert "De dag van een actie" in shown and "Bel de school: geen dag" in shown
        assert "alleen van mij" not in shown.lower()


def test_who_chooses_a_day_of_this_week_needs_no_mail_that_says_so(app: Flask, begeleider: Persona, action_id: int,
                                                                   clock: time_machine.Traveller) -> None:
    with app.app_context():
        goal, action = inside(app, begeleider, action_id)
        words = partial(ActionWords, "T", "", (), None, note="")
        actions.change(goal, action, words(due_on=today() + dt.timedelta(days=8)))
        assert action.reminded_on is None
        actions.change(goal, action, words(due_on=today() + dt.timedelta(days=7)))
        assert action.reminded_on == today()
        actions.change(goal, action, words(due_on=None))
        assert action.reminded_on is None
        assert goal.changed_at == now()
