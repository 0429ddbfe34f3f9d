"""A button pressed again, since its answer was lost on the way: what was done once is said to be done."""

from __future__ import annotations

from flask import Flask

from tests.support.check_ins import shown, stored
from tests.support.pages import CheckedClient, told
from tests.support.records import MadeGoal


def test_she_confirms_again(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address = shown(jet, plan_id, goal)
    page = jet.get(address)
    for _ in range(2):
        assert jet.submit(page, {"better": "Rust."}, press="confirm").status_code == 303
    assert stored(app, address).person_confirmed_at and stored(app, address).better == "Rust."


def test_the_other_confirms_again(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    page = tom.get(address)
    for _ in range(2):
        assert tom.submit(page, {"reaction": "Mooi."}, press="confirm", to=f"{address}/reactie").status_code == 303
    assert stored(app, address).partner_confirmed_at and stored(app, address).reaction == "Mooi."


def test_the_last_confirmation_again(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    jet.submit(jet.get(address), press="confirm")
    page = tom.get(address)
    for _ in range(2):
        assert tom.submit(page, press="confirm", to=f"{address}/reactie").status_code == 303
    assert stored(app, address).fixed


def test_a_change_of_the_other_is_still_read_first(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    page = jet.get(address)
    jet.submit(page, press="confirm")
    tom.submit(tom.get(address), {"reaction": "Mooi."}, to=f"{address}/reactie")
    assert jet.submit(page, press="confirm").status_code == 409
    assert not stored(app, address).person_confirmed_at


def test_what_stood_on_an_older_page_was_not_typed(
    plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    older = jet.get(address)
    jet.submit(jet.get(address), {"went_well": "Drie startgesprekken."}, press="confirm")
    tom.submit(tom.get(address), press="confirm", to=f"{address}/reactie")
    refused = jet.submit(older, {"next_up": "Nog één ding."})
    assert refused.status_code == 409 and "Nog één ding." in told(refused.data)
    assert "Twee startgesprekken." not in told(refused.data)


def test_a_reaction_to_what_was_emptied_is_kept(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    jet.send(address, {"revision": "2", "went_well": "", f"tile-{goal.goal_id}": ""})
    refused = tom.submit(tom.get(address), {"reaction": "Vul het maar in."}, press="confirm", to=f"{address}/reactie")
    assert refused.status_code == 422 and "Er staat niets in om vast te leggen." in told(refused.data)
    assert stored(app, address).reaction == "Vul het maar in."
    assert tom.submit(refused, {"reaction": "Vul het in."}, to=f"{address}/reactie").status_code == 303
    assert stored(app, address).reaction == "Vul het in."
