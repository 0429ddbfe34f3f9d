"""What the page's script keeps of the reaction to a tussenstand; nobody confirms by it what she did not read."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.messages.models import Message
from tests.checkins.test_keeping import keep
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal


def test_the_reaction_is_kept_as_it_is_typed(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                             tom: CheckedClient, begeleider: Persona) -> None:
    address = shown(jet, plan_id, goal)
    page = tom.get(address).text
    assert "js/check_in" in page and f"{address}/reactie/veld" in page
    seen = stored(app, address).revision
    done = keep(tom, f"{address}/reactie", {"reaction": "Mooi.\r\nIk zie"}, seen).get_json()
    assert (done["revision"], "page" in done) == (seen + 1, False)
    done = keep(tom, f"{address}/reactie", {"reaction": "Mooi.\r\nIk zie rust."}, seen + 1).get_json()
    assert done["revision"] == seen + 2
    assert stored(app, address).reaction == "Mooi.\nIk zie rust."
    assert "Ik zie rust." in told(jet.get(address).data)
    with app.app_context():
        put = db.session.scalars(select(Message).where(Message.template == "check_in_reacted")).all()
        assert [message.recipient for message in put] == [begeleider.email], "one letter, when he has stopped typing"


def test_after_signing_in_again_the_page_gets_a_new_token(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = f"{shown(jet, plan_id, goal)}/reactie/veld"
    wanted = {"page": "tussenstand", "answers": {"reaction": "Mooi."}}
    stale = tom.post(address, json=wanted, headers={"Accept": "application/json", "X-CSRFToken": "of the old session"})
    assert (stale.status_code, stale.json) == (400, {"error": "stale"})
    token = tom.get("/zelfbeeld/formulier", headers={"Accept": "application/json"})
    assert token.status_code == 200 and token.json
    again = {"Accept": "application/json", "X-CSRFToken": token.json["token"]}
    assert tom.post(address, json=wanted, headers=again).status_code == 200


def test_nobody_confirms_behind_the_script_what_she_did_not_read(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    """The other wrote meanwhile: the page that goes on keeping stays the older one."""
    address = shown(jet, plan_id, goal)
    seen = stored(app, address).revision
    of_tom, of_jet = tom.get(address), jet.get(address)
    keep(jet, address, {"better": "Te snel begonnen."}, seen)
    for text in ("Mooi", "Mooi zo"):
        behind = keep(tom, f"{address}/reactie", {"reaction": text}, seen).get_json()
        assert behind["page"] == {"answers": {"reaction": text}}
        assert "revision" not in behind
    refused = tom.submit(of_tom, {"reaction": "Mooi zo"}, press="confirm")
    assert refused.status_code == 409
    assert "Te snel begonnen." in told(refused.data) and "Mooi zo" in refused.text
    behind = keep(jet, address, {"better": "Veel te snel."}, seen + 1).get_json()
    assert "revision" not in behind
    refused = jet.submit(of_jet, {"better": "Veel te snel."}, press="confirm")
    assert refused.status_code == 409 and "Mooi zo" in told(refused.data)
    keep(tom, f"{address}/reactie", {"reaction": "Mooi zo, echt"}, seen)
    assert tom.submit(of_tom, {"reaction": "Mooi zo, echt"}, press="Bewaar").status_code == 303
    assert tom.submit(tom.get(address), press="confirm").status_code == 303
    assert stored(app, address).reaction == "Mooi zo, echt"


def test_it_never_takes_a_confirmation_back(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                            tom: CheckedClient) -> None:
    address = shown(jet, plan_id, goal)
    jet.submit(jet.get(address), press="confirm")
    assert "js/check_in" not in tom.get(address).text
    refused = keep(tom, f"{address}/reactie", {"reaction": "Nog iets."}, stored(app, address).revision)
    assert refused.status_code == 409 and "intussen bevestigd" in refused.get_json()["message"]
    found = stored(app, address)
    assert found.reaction == "" and found.person_confirmed_at is not None


@pytest.mark.parametrize("answers", [{"went_well": "x"}, {"partner_id": "1"}, {"reaction": None}, {"reaction": 3}, []])
def test_what_is_not_of_the_reaction_is_refused(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                                tom: CheckedClient, answers: Any) -> None:
    address = shown(jet, plan_id, goal)
    refused = keep(tom, f"{address}/reactie", answers, 1)
    assert refused.status_code == 422 and "Er is niets veranderd." in refused.get_json()["message"]
    long = keep(tom, f"{address}/reactie", {"reaction": "a" * 4001}, 1)
    assert long.status_code == 422 and "er passen 4000 tekens in" in long.get_json()["message"]
    assert stored(app, address).reaction == ""


def test_it_is_for_the_other_of_the_two(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient,
                                        tom: CheckedClient, organisation_id: int, team_id: int) -> None:
    address = begun(jet, plan_id)
    assert keep(tom, f"{address}/reactie", {"reaction": "x"}).status_code == 404, "she has not shown it"
    jet.submit(jet.get(address), {f"tile-{goal.goal_id}": "gaat-goed"}, press="show")
    lead = make_person(app, organisation_id, roles=["begeleider", "teamleider"], leads=[team_id])
    for other in (jet, browser_of(app, lead), browser_of(app, make_person(app, organisation_id, works_in=[team_id]))):
        assert keep(other, f"{address}/reactie", {"reaction": "x"}).status_code == 404
    assert stored(app, address).reaction == ""
