"""The pages of the aanbod: HR keeps it, begeleiders and teamleiders choose from it."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.db import db
from app.trainings import services
from app.trainings.queries import training_of
from app.trainings.rows import entry_of
from tests.support.at_once import together
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import actor_of, make_goal
from tests.support.statements import statements
from tests.support.trainings import ENTRY, make_training, trainings_of

HR_LIST, LIST = "/opleidingen/aanbod", "/opleidingen"
NEW = f"{HR_LIST}/nieuw"
STORED = replace(ENTRY, code="doorvragen-zonder-verhoor")


def typed(**others: Any) -> dict[str, Any]:
    """What a browser sends for ENTRY."""
    return {
        "title": ENTRY.title, "form": ENTRY.form, "provider": ENTRY.provider,
        "description": "Je oefent doorvragen.\r\nMet een acteur.", "afterwards": ENTRY.afterwards, "hours": "12",
        "cost_group": "€ 2.400", "cost_person": "450,00", "places_min": "6", "places_max": "12", "level_from": "2",
        "level_to": "4", "competencies": ["V4", "VM2"],
    } | others  # fmt: skip


def edit_address(training_id: int) -> str:
    return f"{HR_LIST}/{training_id}/bewerken"


def test_an_empty_aanbod_says_what_could_be_there(hilde: CheckedClient, jet: CheckedClient) -> None:
    page = hilde.get(HR_LIST).text
    assert "Hier komt wat jullie mensen kunnen kiezen" in page and f'href="{NEW}"' in page
    assert "Er worden nog geen opleidingen aangeboden." in jet.get(LIST).text


def test_adding_changing_retiring_bringing_back(app: Flask, organisation_id: int, hilde: CheckedClient,
                                                jet: CheckedClient) -> None:
    hilde.get(NEW)
    for _ in range(2):      # a double click
        made = hilde.send(NEW, typed())
        assert made.status_code == 303
    assert trainings_of(app, organisation_id) == [STORED]
    one = made.location
    shown = hilde.get(one).text
    for said in (ENTRY.title, "Bureau Noord", "€ 2.400 per groep", "€ 450 per persoon".replace(" 450", "\u00a0450"),
                 "6 tot 12", "12 uur", "Vraag een collega"):
        assert said.replace("€ 2", "€\u00a02") in shown
    assert hilde.submit(hilde.get(f"{one}/bewerken"), {"hours": "16"}, to=f"{one}/bewerken").status_code == 303
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=16)]
    theirs = one.replace("/aanbod", "")
    assert ENTRY.title in jet.get(LIST).text and "Pas aan" not in jet.get(theirs).text
    assert hilde.send(f"{one}/weg").status_code == 303
    assert "Niet meer aangeboden" in hilde.get(HR_LIST).text
    assert ENTRY.title not in jet.get(LIST).text
    assert "wordt niet meer aangeboden" in jet.get(theirs).text
    assert trainings_of(app, organisation_id)[0].retired
    assert hilde.send(f"{one}/terug").status_code == 303
    assert ENTRY.title in jet.get(LIST).text


@pytest.mark.parametrize(("field", "value", "told"), [
    ("title", "", "Geef de opleiding een titel."),
    ("title", " \u200b ", "Geef de opleiding een titel."),
    ("title", "x" * 201, "er passen 200 tekens in"),
    ("description", "x" * 10_000, "er passen 2000 tekens in"),
    ("competencies", [], "Kies ten minste één onderwerp."),
    ("competencies", ["XX9"], "‘XX9’ staat niet in het raamwerk"),
    ("competencies", ["<script>"], "staat niet in het raamwerk"),
    ("form", "", "Kies een vorm."),
    ("form", "zwemmen", "De vorm ‘zwemmen’ kennen we niet."),
    ("hours", "", "Schrijf hier een getal."),
    ("hours", "0", "Schrijf een getal van 1 tot en met 400."),
    ("hours", "401", "Schrijf een getal van 1 tot en met 400."),
    ("hours", "twaalf", "‘twaalf’ is geen heel getal."),
    ("hours", "1,5", "‘1,5’ is geen heel getal."),
    ("hours", "9" * 400, "is geen heel getal"),
    ("cost_group", "-1", "Schrijf een getal van 0 tot en met 1.000.000."),
    ("cost_group", "1000001", "Schrijf een getal van 0 tot en met 1.000.000."),
    ("cost_person", "100.001", "Schrijf een getal van 0 tot en met 100.000."),
    ("cost_person", "12,50", "is geen heel getal"),
    ("places_min", "13", "Dit kan niet minder zijn dan het kleinste aantal plaatsen (13)."),
    ("places_max", "501", "Schrijf een getal van 1 tot en met 500."),
    ("level_from", "5", "Dit kan niet lager zijn dan het niveau waar je begint (5)."),
    ("level_to", "6", "Schrijf een getal van 1 tot en met 5."),
    ("level_to", "", "Schrijf hier een getal."),
])  # fmt: skip
def test_each_refusal_stands_beside_its_field(app: Flask, organisation_id: int, hilde: CheckedClient, field: str,
                                              value: object, told: str) -> None:
    answer = hilde.send(NEW, typed(**{field: value}))
    assert answer.status_code == 422 and told in answer.text
    assert "Met een acteur." in answer.text or field == "description", "nothing typed is lost"
    assert trainings_of(app, organisation_id) == []


def test_a_training_has_a_price_and_it_may_be_nothing(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    assert "ten minste één prijs" in hilde.send(NEW, typed(cost_group="", cost_person="")).text
    assert hilde.send(NEW, typed(cost_group="", cost_person="0")).status_code == 303
    assert trainings_of(app, organisation_id) == [replace(STORED, cost_group=None, cost_person=0)]


def test_a_bare_form_is_told_everything_at_once(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id)
    for address in (NEW, edit_address(one)):
        answer = hilde.send(address, {})
        assert answer.status_code in (409, 422)
    assert trainings_of(app, organisation_id) == [STORED]


# --- two people at the same training ----------------------------------------------------------------------------------


def opened(hilde: CheckedClient, one: int) -> TestResponse:
    return hilde.get(edit_address(one))


def change_meanwhile(app: Flask, organisation_id: int, one: int, **others: Any) -> None:
    with app.app_context():
        training = training_of(organisation_id, one)
        assert training is not None
        services.change(training, replace(entry_of(training), **others))
        db.session.commit()


def test_what_another_changed_elsewhere_in_it_stays(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id)
    page = opened(hilde, one)
    change_meanwhile(app, organisation_id, one, provider="Bureau Zuid", competencies=("V4",))
    assert hilde.submit(page, {"hours": "20"}, to=edit_address(one)).status_code == 303
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=20, provider="Bureau Zuid",
                                                          competencies=("V4",))]


def test_where_both_changed_the_same_nobody_chooses(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id)
    page = opened(hilde, one)
    change_meanwhile(app, organisation_id, one, hours=30, provider="Bureau Zuid")
    answer = hilde.submit(page, {"hours": "20", "title": "Doorvragen"}, to=edit_address(one))
    assert answer.status_code == 409
    assert "paste deze opleiding intussen ook aan" in answer.text and "Dit staat er nu:" in answer.text
    assert 'value="20"' in answer.text and ">30<" in answer.text
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=30, provider="Bureau Zuid")]
    assert hilde.submit(answer, to=edit_address(one)).status_code == 303
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=20, title="Doorvragen", provider="Bureau Zuid")]


def test_together_it_may_not_fit_any_more(app: Flask, organisation_id: int, hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id)
    page = opened(hilde, one)
    change_meanwhile(app, organisation_id, one, places_min=10)
    answer = hilde.submit(page, {"places_max": "8"}, to=edit_address(one))
    assert answer.status_code == 422 and "kleinste aantal plaatsen (10)" in answer.text


def test_added_at_the_same_moment_is_added_once(app: Flask, organisation_id: int, hr: Persona) -> None:
    def add() -> None:
        with app.app_context():
            services.add(actor_of(hr), ENTRY)
            db.session.commit()

    together(*(partial(add) for _ in range(4)))
    assert trainings_of(app, organisation_id) == [STORED]


# --- looking for one --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("asked", "found", "not_found"), [
    ("focus=acquisitie", "Een offerte die de school begrijpt", "Netwerken zonder visitekaartjes"),
    ("onderwerp=AC3", "Een offerte die de school begrijpt", "Acquireren in je eigen stijl"),
    ("rol=marketeer", "Netwerken zonder visitekaartjes", "Het startgesprek"),
    ("niveau=4", "Meerwaarde op bestuursniveau", "Het startgesprek"),
    ("vorm=coaching", "Meerwaarde op bestuursniveau", "Het jaargesprek met de school"),
    ("vorm=training&niveau=3&focus=onderhandelen", "Onderhandelen onder druk", "Nee zeggen en toch samen verder"),
    ("rol=zwemmer&vorm=zwemmen&niveau=x&focus=vakmanschap&onderwerp=%01", "Het startgesprek", "geen opleiding"),
    ("niveau=5", "pas", "Het startgesprek"),
])  # fmt: skip
@pytest.mark.usefixtures("offering")
def test_looking_through_the_address(hilde: CheckedClient, jet: CheckedClient, asked: str, found: str,
                                     not_found: str) -> None:
    for browser, address in ((hilde, HR_LIST), (jet, LIST)):
        page = browser.get(f"{address}?{asked}").text
        assert found in page and not_found not in page


def test_a_training_at_one_level_is_for_who_stands_there(app: Flask, organisation_id: int, jet: CheckedClient) -> None:
    make_training(app, organisation_id, level_from=3, level_to=3)
    assert ENTRY.title in jet.get(f"{LIST}?niveau=3").text
    assert ENTRY.title not in jet.get(f"{LIST}?niveau=2").text


def test_a_goal_leads_to_what_fits_it(app: Flask, offering: int, jet: CheckedClient, begeleider: Persona) -> None:
    goal_id = make_goal(app, begeleider).goal_id
    page = jet.get(f"/ontwikkelplan/doelen/{goal_id}").text
    address = page.split("Bekijk welke opleidingen")[0].rpartition('href="')[2].partition('"')[0].replace("&amp;", "&")
    assert address.startswith(f"{LIST}?onderwerp=")
    assert jet.get(address).status_code == 200


def test_a_teamleider_reads_it_too_and_a_beheerder_does_not(client: CheckedClient, app: Flask, offering: int,
                                                            teamleider: Persona, beheerder: Persona) -> None:
    log_in(client, teamleider)
    assert 'href="/opleidingen"' in client.get("/start").text
    assert "Het startgesprek" in client.get(LIST).text
    for address in (HR_LIST, NEW, f"{HR_LIST}/bestand", f"{HR_LIST}/aanbod.xlsx"):
        assert client.get(address).status_code == 403
    assert browser_of(app, beheerder).get(LIST).status_code == 403


def test_another_organisations_do_not_exist(app: Flask, hilde: CheckedClient, jet: CheckedClient,
                                            stranger: Persona) -> None:
    one = make_training(app, stranger.organisation_id)
    for address in (f"{HR_LIST}/{one}", edit_address(one)):
        assert hilde.get(address).status_code == 404
    for address in (edit_address(one), f"{HR_LIST}/{one}/weg", f"{HR_LIST}/{one}/terug"):
        assert hilde.send(address, typed()).status_code == 404
    assert jet.get(f"{LIST}/{one}").status_code == 404
    assert ENTRY.title not in hilde.get(HR_LIST).text + jet.get(LIST).text


def test_statements_do_not_grow_with_the_aanbod(app: Flask, offering: int, hilde: CheckedClient) -> None:
    def asked() -> int:
        with statements(app) as counted:
            hilde.get(HR_LIST)
        return len(counted)

    before = asked()
    for _ in range(30):
        make_training(app, offering)
    assert asked() == before <= 12


def test_a_code_that_the_framework_lost_is_shown_and_kept(app: Flask, organisation_id: int,
                                                          hilde: CheckedClient) -> None:
    one = make_training(app, organisation_id, competencies=("OUD1", "VM1"))
    assert "OUD1" in hilde.get(f"{HR_LIST}/{one}").text
    assert hilde.submit(hilde.get(edit_address(one)), {"hours": "8"}, to=edit_address(one)).status_code == 303
    assert trainings_of(app, organisation_id) == [replace(STORED, hours=8, competencies=("OUD1", "VM1"))]


def test_a_teamleider_is_led_to_what_her_team_needs(
    client: CheckedClient, teamleider: Persona, begeleider: Persona
) -> None:
    log_in(client, teamleider)
    assert 'href="/opleidingen/behoefte"' in client.get(LIST).text
    log_in(client, begeleider)
    assert 'href="/opleidingen/behoefte"' not in client.get(LIST).text
