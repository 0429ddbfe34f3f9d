"""Making a tussenstand: from the beginning to fixed."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from app.checkins.models import CheckIn, Tile
from app.db import db
from app.people.models import Membership
from tests.support.at_once import together
from tests.support.builders import Persona, make_person
from tests.support.check_ins import begun, shown, stored
from tests.support.pages import CheckedClient, browser_of, told
from tests.support.records import MadeGoal, make_check_in


def test_from_the_beginning_to_fixed(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    address = begun(jet, plan_id)
    page = jet.get(address)
    read = told(page.data)
    for words in ("Tussenstand 1", "Alleen jij ziet dit nog", "Hoe gaat het met dit doel?", "Op gang", "Gaat goed",
                  "Zit vast", "Klaar", "Wat verandert er?", "Wat ging goed?", "Wat kan beter?",
                  "Welke doelen heb ik bereikt en welke niet?",
                  "Wat heeft het leerlingen, ouders, leraren en school opgeleverd?", "Wat is het vervolg?"):
        assert words in read, words
    assert tom.get(address).status_code == 404
    half = jet.submit(page, {"better": "Eerder vragen.\r\nElke keer."}, press="Bewaar")
    assert half.status_code == 303
    page = jet.get(address)
    assert "Eerder vragen.\nElke keer." in page.text
    jet.submit(page, {f"tile-{goal.goal_id}": "zit-vast", f"change-{goal.goal_id}": "Ik vraag hulp."}, press="show")
    assert "Tom Bakker kan dit lezen sinds" in told(jet.get(address).data)
    page = tom.get(address)
    for words in ("Zit vast", "Ik vraag hulp.", "Eerder vragen. Elke keer.", "Wat vind jij ervan?"):
        assert words in told(page.data), words
    assert tom.submit(page, {"reaction": "Ik kijk een keer mee."}, press="confirm").status_code == 303
    page = jet.get(address)
    assert "Tom heeft bevestigd. Nu jij nog." in told(page.data) and "Ik kijk een keer mee." in told(page.data)
    assert jet.submit(page, press="confirm").status_code == 303
    for client in (jet, tom):
        read = told(client.get(address).data)
        assert "Vastgelegd op" in read and "en Tom Bakker." in read and "Ik kijk een keer mee." in read
        assert "Bewaar" not in read
    found = stored(app, address)
    assert found.fixed and [(row.tile, row.change) for row in found.goals] == [("zit-vast", "Ik vraag hulp.")]


def test_beginning_twice_is_once(app: Flask, plan_id: int, jet: CheckedClient, begeleider: Persona) -> None:
    assert begun(jet, plan_id) == begun(jet, plan_id)
    both = [browser_of(app, begeleider), browser_of(app, begeleider)]
    assert len({answer.location for answer in together(*(partial(begun_at_once, one, plan_id) for one in both))}) == 1
    with app.app_context():
        assert len(db.session.scalars(select(CheckIn.id)).all()) == 1


def begun_at_once(client: CheckedClient, plan_id: int) -> Any:
    return client.send(f"/ontwikkelplan/van/{plan_id}/tussenstand")


def test_the_next_one_tells_how_it_went_before(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, begeleider: Persona, teamleider: Persona
) -> None:
    make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.STARTED}, days_ago=80)
    address = begun(jet, plan_id)
    assert stored(app, address).number == 2
    assert "Vorige keer: Op gang." in told(jet.get(address).data)


def test_a_tile_offers_what_helps(plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    page = jet.get(begun(jet, plan_id))
    for link in ("/gesprekken", "/maatjes", f"/ontwikkelplan/doelen/{goal.goal_id}#acties",
                 f"/ontwikkelplan/doelen/{goal.goal_id}#stand"):
        assert f'href="{link}"' in page.text


def test_nothing_is_shown_without_a_tile_for_each_goal_and_nothing_is_lost(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient
) -> None:
    address = begun(jet, plan_id)
    refused = jet.submit(jet.get(address), {"went_well": "Twee gesprekken."}, press="show")
    assert refused.status_code == 422 and "Kies een van de vier tegels bij ‘" in told(refused.data)
    found = stored(app, address)
    assert (found.went_well, found.shared_at) == ("Twee gesprekken.", None)
    again = jet.submit(refused, {f"tile-{goal.goal_id}": "klaar"}, press="show")
    assert again.status_code == 303 and stored(app, address).shown


def test_a_goal_that_was_finished_meanwhile_keeps_its_words(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient
) -> None:
    address = begun(jet, plan_id)
    page = jet.get(address)
    assert jet.send(f"/ontwikkelplan/doelen/{goal.goal_id}/rond-af").status_code == 303
    jet.submit(page, {f"tile-{goal.goal_id}": "klaar", f"change-{goal.goal_id}": "Niets meer."}, press="Bewaar")
    assert [(row.tile, row.change) for row in stored(app, address).goals] == [("klaar", "Niets meer.")]
    assert "Niets meer." in jet.get(address).text


def test_whom_she_shows_it_to_is_chosen_when_there_are_two(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, organisation_id: int,
    team_id: int, jet: CheckedClient, tom: CheckedClient,
) -> None:
    ans = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Ans Mol")
    address = begun(jet, plan_id)
    fields = {f"tile-{goal.goal_id}": "op-gang"}
    refused = jet.submit(jet.get(address), fields, press="show")
    assert refused.status_code == 422 and "Kies aan wie je het laat zien." in told(refused.data)
    for wrong in ("0", "x", str(begeleider.id)):
        page = jet.get(address)
        assert jet.submit(page, {**fields, "partner": wrong}, press="show").status_code == 422
    assert jet.submit(jet.get(address), {**fields, "partner": str(ans.id)}, press="show").status_code == 303
    assert stored(app, address).partner_id == ans.id
    page = tom.get(address)
    assert "Jij begeleidt Jet ook, en kunt het lezen." in told(page.data) and "/reactie" not in page.text
    assert tom.send(f"{address}/reactie", {"reaction": "Mooi.", "confirm": "ja"}).status_code == 404
    assert stored(app, address).partner_id == ans.id and not stored(app, address).reaction


def test_what_somebody_wrote_stays_when_another_takes_over(
    app: Flask, plan_id: int, goal: MadeGoal, organisation_id: int, team_id: int, teamleider: Persona,
    jet: CheckedClient, tom: CheckedClient,
) -> None:
    address = shown(jet, plan_id, goal)
    tom.submit(tom.get(address), {"reaction": "Mooi, zei Tom."}, press="Bewaar")
    ans = make_person(app, organisation_id, roles=["teamleider"], leads=[team_id], name="Ans Mol")
    hers = browser_of(app, ans)
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.person_id == teamleider.id).values(leads=False))
        db.session.commit()
    page = hers.get(address)        # nobody else accompanies her now
    assert "Mooi, zei Tom." in told(page.data)
    assert hers.submit(page, {"reaction": "Ga zo door, zegt Ans."}, press="Bewaar").status_code == 303
    found = stored(app, address)
    assert (found.partner_id, found.reaction) == (ans.id, "Ga zo door, zegt Ans.")
    read = told(jet.get(address).data)
    assert "Mooi, zei Tom." in read and "Ga zo door, zegt Ans." in read and "Eerdere reactie van Tom" in read
    assert jet.send(f"{address}/weggooien").status_code == 409


def test_who_is_accompanied_by_nobody_hears_so(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.leads).values(leads=False))
        db.session.commit()
    page = jet.get(address)
    assert "Er is nog niemand aan wie je dit kunt laten zien." in told(page.data)
    sent = jet.send(address, {"revision": "0", "went_well": "Iets.", "show": "ja", f"tile-{goal.goal_id}": "klaar"})
    assert sent.status_code == 422 and stored(app, address).went_well == "Iets."
