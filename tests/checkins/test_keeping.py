"""What the page's script keeps of a tussenstand, one change at a time."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.checkins.models import Tile
from app.development.plans.lifecycle import PlanState
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, change_plan, shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal, make_check_in, make_goal


def keep(client: CheckedClient, address: str, answers: Any, revision: int | None = None) -> TestResponse:
    body = {"page": "tussenstand", "answers": answers} | ({} if revision is None else {"revision": revision})
    return client.send(f"{address}/veld", data=json.dumps(body), content_type="application/json")


def test_each_field_is_kept_as_it_is_filled_in(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    assert keep(jet, address, {"went_well": "Twee starts.\r\nRustig."}, 0).get_json()["revision"] == 1
    done = keep(jet, address, {f"tile-{goal.goal_id}": "zit-vast", f"change-{goal.goal_id}": "Eerder vragen."}, 1)
    assert done.status_code == 200
    assert done.get_json()["saved"]
    assert "page" not in done.get_json()
    found = stored(app, address)
    assert (found.went_well, found.better, found.revision) == ("Twee starts.\nRustig.", "", 2)
    assert [(row.tile, row.change) for row in found.goals] == [("zit-vast", "Eerder vragen.")]
    again = keep(jet, address, {"went_well": "Twee starts.\nRustig."}, 2).get_json()
    assert again["revision"] == 2, "nothing changed"


def test_what_another_window_wrote_is_told(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    keep(jet, address, {"went_well": "Hier."}, 0)
    behind = keep(jet, address, {"better": "Daar."}, 0).get_json()
    assert behind["page"]["answers"]["went_well"] == "Hier."
    assert behind["page"]["answers"]["better"] == "Daar."
    assert keep(jet, address, {"reached": "Zonder stand."}).status_code == 200


def test_the_button_of_an_older_page_loses_nothing(app: Flask, plan_id: int, goal: MadeGoal,
                                                   jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    page = jet.get(address)
    keep(jet, address, {"went_well": "Onderweg op de telefoon."}, 0)
    assert jet.submit(page, {"better": "Op kantoor."}, press="Bewaar").status_code == 303
    found = stored(app, address)
    assert (found.went_well, found.better) == ("Onderweg op de telefoon.", "Op kantoor.")


def test_it_never_takes_a_confirmation_back(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                            tom: CheckedClient) -> None:
    address = shown(jet, plan_id, goal)
    assert "js/check_in" in jet.get(address).text
    tom.submit(tom.get(address), press="confirm")
    refused = keep(jet, address, {"better": "Nog iets."}, stored(app, address).revision)
    assert refused.status_code == 409
    assert "intussen bevestigd" in refused.get_json()["message"]
    found = stored(app, address)
    assert found.better == ""
    assert found.partner_confirmed_at is not None
    page = jet.get(address)
    assert "js/check_in" not in page.text
    jet.submit(page, {"better": "Nog iets."}, press="Bewaar")
    assert stored(app, address).partner_confirmed_at is None


def test_nothing_is_kept_of_what_is_fixed_or_rests(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient
) -> None:
    fixed = make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.WELL})
    refused = keep(jet, f"/tussenstand/{fixed}", {"better": "Te laat."})
    assert refused.status_code == 409
    assert "intussen vastgelegd" in refused.get_json()["message"]
    address = begun(jet, plan_id)
    change_plan(app, plan_id, state=PlanState.DISCUSSED)
    refused = keep(jet, address, {"better": "Nu niet."})
    assert refused.status_code == 409
    assert "niet vastgesteld" in refused.get_json()["message"]
    assert stored(app, address).better == ""


@pytest.mark.parametrize("answers", [
    {"reaction": "x"}, {"partner_id": "1"}, {"fixed_at": "x"}, {"tile-0": "klaar"}, {"went_well": None},
    {"went_well": 3}, {"went_well": ["x"]}, ["went_well"], "went_well", None,
])
def test_what_is_not_of_this_page_is_refused(app: Flask, plan_id: int, jet: CheckedClient, answers: Any) -> None:
    address = begun(jet, plan_id)
    refused = keep(jet, address, answers, 0)
    assert refused.status_code == 422
    assert "Er is niets veranderd." in refused.get_json()["message"]
    assert stored(app, address).revision == 0


def test_bad_values_are_refused_in_words(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                         organisation_id: int) -> None:
    address = begun(jet, plan_id)
    long = keep(jet, address, {"went_well": "a" * 4001}, 0)
    assert long.status_code == 422
    assert "er passen 4000 tekens in" in long.get_json()["message"]
    tile = keep(jet, address, {f"tile-{goal.goal_id}": "fantastisch"}, 0)
    assert tile.status_code == 422
    assert "Kies een van de vier tegels." in tile.get_json()["message"]
    of_ans = make_goal(app, make_person(app, organisation_id))
    assert keep(jet, address, {f"tile-{of_ans.goal_id}": "klaar"}, 0).status_code == 422
    for body in (b"", b"{", b"[]", b'{"page": "x"}', b"\xff"):
        assert jet.send(f"{address}/veld", data=body, content_type="application/json").status_code == 422
    assert stored(app, address).revision == 0


def test_it_is_hers_alone(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, organisation_id: int,
                          team_id: int) -> None:
    address = shown(jet, plan_id, goal)
    lead = make_person(app, organisation_id, roles=["begeleider", "teamleider"], leads=[team_id])
    for other in (lead, make_person(app, organisation_id, works_in=[team_id])):
        assert keep(browser_of(app, other), address, {"better": "x"}).status_code == 404
    assert stored(app, address).better == ""
    assert "x" not in told(jet.get(address).data).split()
