"""Two windows of one person, and two people, at one tussenstand: nothing is lost, nothing is confirmed unread."""

from __future__ import annotations

from functools import partial

from flask import Flask

from tests.support.at_once import together
from tests.support.builders import Persona
from tests.support.check_ins import begun, shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal


def test_two_windows_of_hers_keep_both(app: Flask, plan_id: int, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    one, two = jet.get(address), jet.get(address)
    jet.submit(one, {"went_well": "Het een."}, press="Bewaar")
    assert jet.submit(two, {"better": "Het ander."}, press="Bewaar").status_code == 303
    found = stored(app, address)
    assert (found.went_well, found.better) == ("Het een.", "Het ander.")
    torn = jet.submit(two, {"went_well": "Toch anders."}, press="Bewaar")
    assert torn.status_code == 409
    assert "Het een." in told(torn.data) and "Toch anders." in torn.text and "Er is niets kwijt" in told(torn.data)
    assert jet.submit(torn, {"went_well": "Allebei."}, press="Bewaar").status_code == 303
    assert stored(app, address).went_well == "Allebei."


def test_two_windows_that_choose_another_tile(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address, tile = begun(jet, plan_id), f"tile-{goal.goal_id}"
    one, two = jet.get(address), jet.get(address)
    jet.submit(one, {tile: "op-gang"}, press="Bewaar")
    torn = jet.submit(two, {tile: "zit-vast"}, press="Bewaar")
    assert torn.status_code == 409 and "Dit staat er nu: Op gang" in told(torn.data)


def test_who_changes_something_takes_both_confirmations_back(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    jet.submit(jet.get(address), press="confirm")
    assert stored(app, address).person_confirmed_at
    tom.submit(tom.get(address), {"reaction": "En nu?"}, press="Bewaar")
    found = stored(app, address)
    assert (found.person_confirmed_at, found.partner_confirmed_at, found.reaction) == (None, None, "En nu?")
    tom.submit(tom.get(address), press="confirm")
    assert stored(app, address).partner_confirmed_at
    jet.submit(jet.get(address), {"next_up": "Verder."}, press="Bewaar")
    assert stored(app, address).partner_confirmed_at is None
    tom.submit(tom.get(address), press="Bewaar")        # nothing changed
    jet.submit(jet.get(address), press="confirm")
    tom.submit(tom.get(address), press="Bewaar")
    assert stored(app, address).person_confirmed_at


def test_nobody_confirms_what_she_did_not_read(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    of_tom = tom.get(address)
    jet.submit(jet.get(address), {"better": "Nog iets."}, press="Bewaar")
    refused = tom.submit(of_tom, {"reaction": "Goed zo."}, press="confirm")
    assert refused.status_code == 409
    assert "Nog iets." in told(refused.data) and "Goed zo." in refused.text
    assert tom.submit(refused, press="confirm").status_code == 303
    of_jet = jet.get(address)
    tom.submit(tom.get(address), {"reaction": "Heel goed zo."}, press="Bewaar")
    assert jet.submit(of_jet, press="confirm").status_code == 409
    assert not stored(app, address).fixed


def test_two_windows_of_the_other_keep_both_texts(
    plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    one, two = tom.get(address), tom.get(address)
    tom.submit(one, {"reaction": "Het een."}, press="Bewaar")
    torn = tom.submit(two, {"reaction": "Het ander."}, press="Bewaar")
    assert torn.status_code == 409 and "Dit staat er nu: Het een." in told(torn.data) and "Het ander." in torn.text


def test_two_people_who_confirm_at_once(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    clients = [browser_of(app, begeleider), browser_of(app, teamleider)]
    pages = [client.get(address) for client in clients]
    answers = together(*(partial(client.submit, page, press="confirm")
                         for client, page in zip(clients, pages, strict=True)))
    assert [answer.status_code for answer in answers] == [303, 303]
    found = stored(app, address)
    assert found.fixed and found.person_confirmed_at and found.partner_confirmed_at


def test_one_confirms_while_the_other_writes(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient
) -> None:
    """Whichever comes first: what is fixed is what both read, and what was typed is kept or shown again."""
    address = shown(jet, plan_id, goal)
    mine, theirs = browser_of(app, begeleider), browser_of(app, teamleider)
    mine.submit(mine.get(address), press="confirm")
    pages = [mine.get(address), theirs.get(address)]
    written, confirmed = together(
        lambda: mine.submit(pages[0], {"better": "Op de valreep."}, press="Bewaar"),
        lambda: theirs.submit(pages[1], press="confirm"))
    found = stored(app, address)
    if found.fixed:
        assert (written.status_code, confirmed.status_code, found.better) == (409, 303, "")
        assert "Dit typte je nog: Op de valreep." in told(written.data)
    else:
        assert (written.status_code, confirmed.status_code, found.better) == (303, 409, "Op de valreep.")
