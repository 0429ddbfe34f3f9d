"""What a tussenstand refuses: nothing of it is lost."""

from __future__ import annotations

import pytest
from flask import Flask

from app.checkins.models import Tile
from app.development.plans.lifecycle import PlanState
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, change_plan, shown, stored
from tests.support.pages import CheckedClient, told
from tests.support.records import MadeGoal, make_check_in, make_goal


def test_what_is_fixed_does_not_change(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    made = make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.WELL})
    address = f"/tussenstand/{made}"
    mine = jet.send(address, {"better": "Te laat.", "revision": "1"})
    theirs = tom.send(f"{address}/reactie", {"reaction": "Ook te laat.", "revision": "1", "confirm": "ja"})
    for answer, text in ((mine, "Te laat."), (theirs, "Ook te laat.")):
        assert answer.status_code == 409
        assert "intussen vastgelegd" in told(answer.data) and f"Dit typte je nog: {text}" in told(answer.data)
    found = stored(app, address)
    assert (found.better, found.reaction, found.revision) == ("", "", 1)


@pytest.mark.parametrize(("state", "words"), [(PlanState.FINISHED, "Dit plan is afgerond"),
                                              (PlanState.DISCUSSED, "Dit plan is nu niet vastgesteld")])
def test_a_plan_that_rests(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient, state: PlanState, words: str
) -> None:
    address = shown(jet, plan_id, goal)
    change_plan(app, plan_id, state=state)
    for client, of, field in ((jet, "", "better"), (tom, "/reactie", "reaction")):
        page = client.get(address)
        assert page.status_code == 200 and words in told(page.data) and "Bewaar" not in told(page.data)
        refused = client.send(address + of, {field: "Wat ik nog typte.", "confirm": "ja"})
        assert refused.status_code == 409
        assert words in told(refused.data) and "Wat ik nog typte." in told(refused.data)
    assert stored(app, address).better == stored(app, address).reaction == ""
    refused = jet.send(f"/ontwikkelplan/van/{plan_id}/tussenstand")
    assert refused.status_code == 409 and "Een tussenstand" in told(refused.data)


BAD = {
    "a tile that is none": ({"tile": "fantastisch"}, "Kies een van de vier tegels."),
    "a tile of another kind": ({"tile": "OP-GANG"}, "Kies een van de vier tegels."),
    "ten thousand characters": ({"went_well": "a" * 10_000}, "er passen 4000 tekens in"),
    "ten thousand of a change": ({"change": "b" * 10_000}, "er passen 4000 tekens in"),
}


@pytest.mark.parametrize(("fields", "words"), BAD.values(), ids=BAD.keys())
def test_bad_input_keeps_what_was_typed(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, fields: dict[str, str], words: str
) -> None:
    address = begun(jet, plan_id)
    named = {f"{name}-{goal.goal_id}" if name in ("tile", "change") else name: value for name, value in fields.items()}
    refused = jet.send(address, {"revision": "0", "next_up": "Dit blijft.", **named})
    assert refused.status_code == 422 and words in told(refused.data)
    assert "Dit blijft." in refused.text
    if "tile" not in fields:
        assert next(iter(fields.values())) in refused.text
    found = stored(app, address)
    assert (found.next_up, found.went_well, found.goals, found.revision) == ("", "", [], 0)


def test_a_long_reaction(plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient) -> None:
    address = shown(jet, plan_id, goal)
    refused = tom.send(f"{address}/reactie", {"reaction": "a" * 10_000, "revision": "1"})
    assert refused.status_code == 422 and "a" * 10_000 in refused.text


def test_a_goal_that_is_not_in_this_plan(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, organisation_id: int, team_id: int
) -> None:
    of_ans = make_goal(app, make_person(app, organisation_id, works_in=[team_id]))
    address = begun(jet, plan_id)
    for other in (of_ans.goal_id, 987_654_321, int("9" * 18)):
        refused = jet.send(address, {"revision": "0", f"tile-{other}": "klaar", "went_well": "Dit blijft."})
        assert refused.status_code == 422 and "een doel bij dat niet in dit plan staat" in told(refused.data)
        assert "Dit blijft." in refused.text
    assert stored(app, address).goals == []


@pytest.mark.parametrize("revision", ["", "x", "-1", "9" * 40, "١"])
def test_a_revision_that_is_none_is_an_old_one(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, revision: str
) -> None:
    address = shown(jet, plan_id, goal)
    assert jet.send(address, {"revision": revision, "confirm": "ja"}).status_code == 409
    assert not stored(app, address).person_confirmed_at


def test_an_older_page_shows_only_what_stands_on_it(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient
) -> None:
    address = begun(jet, plan_id)
    older, tile = jet.get(address), {f"tile-{goal.goal_id}": "klaar"}
    jet.submit(older, {"went_well": "Twee starts.", **tile}, press="Bewaar")
    refused = jet.submit(older, {"better": "Rust.", **tile}, press="show")
    assert refused.status_code == 409 and "Er is intussen iets veranderd." in told(refused.data)
    assert not stored(app, address).shown
    assert jet.submit(older, {"went_well": "Twee starts.", **tile}, press="show").status_code == 303
    assert stored(app, address).shown


def test_it_is_confirmed_after_it_was_shown(app: Flask, plan_id: int, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    refused = jet.send(address, {"revision": "0", "went_well": "Iets.", "confirm": "ja"})
    assert refused.status_code == 409 and "Laat je tussenstand eerst zien." in told(refused.data)
    assert stored(app, address).went_well == "Iets."
