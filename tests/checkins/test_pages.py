"""The page of a tussenstand: making it, showing it, reacting, confirming; who sees what, and every refusal."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import selectinload

from app.checkins.models import CheckIn, Tile
from app.db import db
from app.development.models import Goal, Plan
from app.development.plan_lifecycle import PlanState
from app.people.models import Membership
from app.web.formats import today
from tests.support.at_once import together
from tests.support.builders import Persona, make_organisation, make_person
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import MadeGoal, make_check_in, make_goal
from tests.support.statements import statements


def told(data: bytes) -> str:
    return text_of(next(tree_of(data).iter("main")))


def begun(jet: CheckedClient, plan_id: int) -> str:
    """The address of a tussenstand that she begins."""
    answer = jet.send(f"/ontwikkelplan/van/{plan_id}/tussenstand")
    assert answer.status_code == 303, answer.status_code
    return str(answer.location)


def shown(jet: CheckedClient, plan_id: int, goal: MadeGoal, **more: str) -> str:
    """The address of one that she wrote and showed."""
    address = begun(jet, plan_id)
    fields = {f"tile-{goal.goal_id}": "gaat-goed", "went_well": "Twee startgesprekken.", **more}
    assert jet.submit(jet.get(address), fields, press="show").status_code == 303
    return address


def stored(app: Flask, address: str) -> CheckIn:
    with app.app_context():
        return db.session.scalars(
            select(CheckIn).where(CheckIn.id == int(address.rsplit("/", 1)[1])).options(selectinload(CheckIn.goals))
        ).one()


def change_plan(app: Flask, plan_id: int, **values: Any) -> None:
    with app.app_context():
        db.session.execute(update(Plan).where(Plan.id == plan_id).values(**values))
        db.session.commit()


# --- making one ------------------------------------------------------------------------------------------------------


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
    assert refused.status_code == 422 and "Kies een van de vier tegels." in told(refused.data)
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
    assert tom.submit(tom.get(address), {"reaction": "Mooi."}, press="confirm").status_code == 303
    assert stored(app, address).partner_id == teamleider.id         # who confirms is who agreed


def test_who_is_accompanied_by_nobody_hears_so(app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.leads).values(leads=False))
        db.session.commit()
    page = jet.get(address)
    assert "Er is nog niemand aan wie je dit kunt laten zien." in told(page.data)
    sent = jet.send(address, {"revision": "0", "went_well": "Iets.", "show": "ja", f"tile-{goal.goal_id}": "klaar"})
    assert sent.status_code == 422 and stored(app, address).went_well == "Iets."


# --- two windows, two people -----------------------------------------------------------------------------------------


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


# --- what is refused -------------------------------------------------------------------------------------------------


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


def test_it_is_confirmed_after_it_was_shown(app: Flask, plan_id: int, jet: CheckedClient) -> None:
    address = begun(jet, plan_id)
    refused = jet.send(address, {"revision": "0", "went_well": "Iets.", "confirm": "ja"})
    assert refused.status_code == 409 and "Laat je tussenstand eerst zien." in told(refused.data)
    assert stored(app, address).went_well == "Iets."


# --- who sees what ---------------------------------------------------------------------------------------------------


def test_for_everybody_else_it_does_not_exist(
    app: Flask, plan_id: int, goal: MadeGoal, organisation_id: int, team_id: int, jet: CheckedClient
) -> None:
    address = shown(jet, plan_id, goal)
    elsewhere = make_organisation(app, "Dienst Zuid")
    others = [make_person(app, organisation_id, works_in=[team_id]),
              make_person(app, organisation_id, roles=["hr", "beheerder"]),
              make_person(app, organisation_id, roles=["teamleider"]),
              make_person(app, elsewhere, roles=["begeleider", "teamleider", "hr", "beheerder"])]
    for person in others:
        client = browser_of(app, person)
        assert client.get(address).status_code == 404
        assert client.send(f"{address}/reactie", {"reaction": "x"}).status_code == 404
        assert client.send(address, {"went_well": "x"}).status_code == 404
        assert client.send(f"/ontwikkelplan/van/{plan_id}/tussenstand").status_code in (403, 404)
    assert jet.send(f"{address}/reactie", {"reaction": "Ikzelf."}).status_code == 404
    assert stored(app, address).reaction == ""


def test_a_gesprekspartner_reads_it_and_who_leads_her_no_longer_does_not(
    app: Flask, organisation_id: int, goal: MadeGoal, begeleider: Persona, plan_id: int, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    address = shown(jet, plan_id, goal)
    assert tom.get(address).status_code == 200
    with app.app_context():
        db.session.execute(update(Membership).where(Membership.leads).values(leads=False))
        db.session.commit()
    assert tom.get(address).status_code == 404
    assert "Er is nog niemand" not in told(jet.get(address).data)


# --- beside it -------------------------------------------------------------------------------------------------------


def test_the_plan_names_the_next_one_and_those_that_were(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    began = today() - dt.timedelta(weeks=24)
    change_plan(app, plan_id, started_at=dt.datetime.combine(began, dt.time(12), dt.UTC),
                begins_on=began, ends_on=today() + dt.timedelta(weeks=20))
    make_check_in(app, begeleider, teamleider, plan_id, fixed=True, tiles={goal.goal_id: Tile.WELL}, days_ago=77)
    read = told(jet.get("/ontwikkelplan").data)
    assert "Tijd voor een tussenstand, uiterlijk" in read and "Tussenstand 1" in read and "Vastgelegd op" in read
    theirs = told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    assert "De volgende tussenstand: vanaf" in theirs and "Tussenstand 1" in theirs
    address = begun(jet, plan_id)
    assert "Tussenstand 2" not in told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    jet.submit(jet.get(address), {f"tile-{goal.goal_id}": "klaar"}, press="show")
    assert "Tussenstand 2" in told(tom.get(f"/ontwikkelplan/van/{plan_id}").data)
    assert "Gaat goed" in told(jet.get(f"/ontwikkelplan/doelen/{goal.goal_id}").data)


def test_the_start_page_announces_it_and_names_what_waits(
    app: Flask, plan_id: int, goal: MadeGoal, jet: CheckedClient, tom: CheckedClient
) -> None:
    change_plan(app, plan_id, started_at=dt.datetime.combine(today() - dt.timedelta(weeks=11), dt.time(12), dt.UTC),
                ends_on=today() + dt.timedelta(weeks=30))
    start = jet.get("/start")
    assert "Het is 11 weken na je start. Kijk in tien minuten hoe het met je doelen gaat." in told(start.data)
    address = jet.submit(start, to=f"/ontwikkelplan/van/{plan_id}/tussenstand").location
    assert "Je begon aan een tussenstand." in told(jet.get("/start").data)
    assert "tussenstand" not in told(tom.get("/start").data)
    jet.submit(jet.get(address), {f"tile-{goal.goal_id}": "klaar"}, press="show")
    waits = tom.get("/start")
    assert "Eén tussenstand wacht op jou." in told(waits.data) and f'href="{address}"' in waits.text
    tom.submit(tom.get(address), press="confirm")
    assert "wacht op jou" not in told(tom.get("/start").data)
    assert "Je tussenstand is bevestigd door wie hem las." in told(jet.get("/start").data)


def test_a_page_asks_as_much_whatever_it_holds(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient,
    tom: CheckedClient,
) -> None:
    address = shown(jet, plan_id, goal)
    before = []
    for client in (jet, tom):
        with statements(app) as asked:
            client.get(address)
        before.append(len(asked))
    for slug in ("luisteren", "vraag-expliciteren"):
        make_goal(app, begeleider, slug)
    jet.submit(jet.get(address), {"went_well": "Meer."}, press="Bewaar")
    for client, most in zip((jet, tom), before, strict=True):
        with statements(app) as asked:
            client.get(address)
        assert len(asked) <= most <= 12, asked


def test_goals_of_another_plan_stay_out_of_it(app: Flask, plan_id: int, jet: CheckedClient) -> None:
    with app.app_context():
        db.session.execute(update(Goal).values(plan_id=None))
        db.session.commit()
    assert "Er loopt nu geen doel in dit plan." in told(jet.get(begun(jet, plan_id)).data)


@pytest.mark.parametrize("address", ["/start", "/ontwikkelplan"])
def test_the_pages_beside_it_stay_cheap(
    app: Flask, plan_id: int, goal: MadeGoal, begeleider: Persona, teamleider: Persona, jet: CheckedClient, address: str
) -> None:
    for number in (1, 2, 3):
        make_check_in(app, begeleider, teamleider, plan_id, number=number, fixed=number < 3,
                      tiles={goal.goal_id: Tile.WELL}, days_ago=300 - 75 * number)
    with statements(app) as asked:
        jet.get(address)
    assert len(asked) <= 12, asked
