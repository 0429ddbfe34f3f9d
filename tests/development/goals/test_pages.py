"""The page of one goal: changing it, its actions, and the steps that it takes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from flask import Flask

from app.development.goals.lifecycle import GoalState, Step
from app.web.formats import date, today
from tests.development.support import (
    IF_THEN,
    PLAN,
    fill_places,
    form_data,
    goal_in,
    make_goal,
    measure,
    words_of,
)
from tests.support.builders import Persona
from tests.support.pages import CheckedClient

FULL = "Je hebt al drie doelen. Rond er eerst een af of zet er een stil."


def test_a_goal_is_changed_and_keeps_its_start(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    measure(app, begeleider, {"VM1": 2.9})
    goal_id = make_goal(app, begeleider)
    page = jet.get(f"{PLAN}/doelen/{goal_id}")
    answer = jet.submit(page, {"behaviour": "Ik doe het\nanders", "level_target": "4"}, to=f"{PLAN}/doelen/{goal_id}")
    assert (answer.status_code, answer.location) == (303, f"{PLAN}#doel-{goal_id}")
    goal = goal_in(app, goal_id)
    assert (goal.behaviour, goal.level_target, goal.start_score) == ("Ik doe het anders", 4, 2.9)


def test_a_change_that_is_wrong_is_told_and_changes_nothing(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    goal_id = make_goal(app, begeleider)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}", form_data(if_then="Zomaar iets", reason="Nieuwe reden"))
    assert answer.status_code == 422
    assert "Nieuwe reden" in answer.text and "Zomaar iets" in answer.text
    assert goal_in(app, goal_id).if_then == IF_THEN


def test_an_end_date_that_passed_may_stay_but_not_be_chosen(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    passed = today() - dt.timedelta(days=20)
    goal_id = make_goal(app, begeleider, end_date=passed)
    assert jet.send(f"{PLAN}/doelen/{goal_id}", form_data(end_date=passed.isoformat())).status_code == 303
    other = (passed + dt.timedelta(days=1)).isoformat()
    assert jet.send(f"{PLAN}/doelen/{goal_id}", form_data(end_date=other)).status_code == 422


def test_actions_are_added_ticked_and_removed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    address = f"{PLAN}/doelen/{goal_id}"
    answer = jet.send(f"{address}/acties", {"library": ["vm-meekijken"], "own": "Oefen"})
    assert (answer.status_code, answer.location) == (303, f"{address}#acties")
    first, second, _own = goal_in(app, goal_id).actions

    for _ in range(2):
        answer = jet.send(f"{address}/acties/{first.id}/gedaan")
        assert (answer.status_code, answer.location) == (303, f"{PLAN}#actie-{first.id}")
    assert goal_in(app, goal_id).actions[0].done_at is not None
    with app.test_request_context():
        assert f"Gedaan op {date(today())}" in words_of(jet.get(PLAN))
    assert "1 van 3 gedaan" in words_of(jet.get(PLAN))

    answer = jet.send(f"{address}/acties/{first.id}/niet-gedaan", {"page": "goal"})
    assert answer.location == f"{address}#actie-{first.id}"
    assert goal_in(app, goal_id).actions[0].done_at is None

    assert jet.send(f"{address}/acties/{second.id}/weg").status_code == 303
    assert jet.send(f"{address}/acties/{second.id}/weg").status_code == 404
    assert len(goal_in(app, goal_id).actions) == 2


@pytest.mark.parametrize(("data", "message"), [
    ({}, "Kies ten minste één actie"),
    ({"library": ["rm-netwerkkaart"]}, "Kies acties uit de lijst."),
    ({"library": ["vm-startgesprek-canvas"]}, "Kies acties uit de lijst."),
    ({"own": "\n".join(str(number) for number in range(12))}, "hooguit 12 acties"),
])
def test_actions_that_cannot_be_added_are_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, data: dict[str, Any], message: str
) -> None:
    goal_id = make_goal(app, begeleider)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/acties", data)
    assert answer.status_code == 422
    assert message in words_of(answer)
    assert len(goal_in(app, goal_id).actions) == 1


def test_the_last_action_cannot_be_removed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    [action] = goal_in(app, goal_id).actions
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/acties/{action.id}/weg")
    assert answer.status_code == 409
    assert "Een doel heeft ten minste één actie." in words_of(answer)
    assert "Haal weg" not in words_of(answer)
    assert len(goal_in(app, goal_id).actions) == 1


def test_the_steps_of_a_goal_are_buttons(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider)
    address = f"{PLAN}/doelen/{goal_id}"
    for step, state, told in (
        (Step.PAUSE, GoalState.PAUSED, "Het doel staat stil."),
        (Step.RESUME, GoalState.OPEN, "weer met dit doel bezig"),
        (Step.FINISH, GoalState.DONE, "Het doel is afgerond."),
        (Step.REOPEN, GoalState.OPEN, "Het doel is weer open."),
    ):
        answer = jet.submit(jet.get(address), to=f"{address}/{step}")
        assert (answer.status_code, answer.location) == (303, f"{PLAN}#doel-{goal_id}")
        assert goal_in(app, goal_id).state == state
        assert told in words_of(jet.get(PLAN))


def test_an_idea_is_begun_when_there_is_a_place_or_thrown_away(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    first, *_ = fill_places(app, begeleider)
    begun = make_goal(app, begeleider, behaviour="Idee om te beginnen")
    dropped = make_goal(app, begeleider, behaviour="Idee om weg te gooien")
    answer = jet.send(f"{PLAN}/doelen/{begun}/begin")
    assert answer.status_code == 409
    assert FULL in words_of(answer)
    assert jet.send(f"{PLAN}/doelen/{first}/zet-stil").status_code == 303
    assert jet.submit(jet.get(PLAN), to=f"{PLAN}/doelen/{begun}/begin").status_code == 303
    assert goal_in(app, begun).place == 1
    address = f"{PLAN}/doelen/{dropped}"
    assert jet.submit(jet.get(address), to=f"{address}/gooi-weg").location == PLAN
    assert jet.get(address).status_code == 404
    assert "Idee om weg te gooien" not in words_of(jet.get(PLAN))


@pytest.mark.parametrize(("steps", "refused", "message"), [
    ((), "pak-op", "Met dit doel ben je al bezig."),
    ((), "gooi-weg", "Met dit doel ben je al bezig."),
    ((Step.PAUSE,), "zet-stil", "Dit doel staat stil."),
    ((Step.FINISH,), "rond-af", "Dit doel is afgerond."),
])
def test_a_step_that_does_not_exist_is_told(
    app: Flask, jet: CheckedClient, begeleider: Persona, steps: tuple[Step, ...], refused: str, message: str
) -> None:
    goal_id = make_goal(app, begeleider, steps=steps)
    before = goal_in(app, goal_id)
    answer = jet.send(f"{PLAN}/doelen/{goal_id}/{refused}")
    assert answer.status_code == 409
    assert message in words_of(answer)
    after = goal_in(app, goal_id)
    assert (after.state, after.changed_at) == (before.state, before.changed_at)


def test_a_finished_goal_is_read_and_not_changed(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider, titles=("Oefen",), steps=(Step.FINISH,))
    address = f"{PLAN}/doelen/{goal_id}"
    read = words_of(jet.get(address))
    for words in ("Afgerond op", "Scholen weten vooraf niet wat ze krijgen.", "De school kan zeggen wat we doen.",
                  "Heropen dit doel"):
        assert words in read
    assert "Bewaar mijn doel" not in read
    action = goal_in(app, goal_id).actions[0]
    for path, data in (("", form_data()), ("/acties", {"own": "Nog iets"}), (f"/acties/{action.id}/gedaan", {}),
                       (f"/acties/{action.id}/weg", {})):
        answer = jet.send(address + path, data)
        assert answer.status_code == 409, path
        assert "Dit doel is afgerond." in words_of(answer)
    goal = goal_in(app, goal_id)
    assert [a.done_at for a in goal.actions] == [None, None]
