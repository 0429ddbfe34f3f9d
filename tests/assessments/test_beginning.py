"""Choosing a set, one at a time, thrown away only when asked twice; and the list of what was made."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from flask import Flask

from app.access import Role
from app.assessments.models import SelfAnswer, SelfAssessment, SelfNote
from tests.assessments import acts
from tests.support.at_once import together
from tests.support.builders import Persona, log_in, make_person
from tests.support.pages import CheckedClient, browser_of
from tests.support.statements import statements


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def test_nothing_was_made_yet(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/metingen").text
    assert "nog geen zelfbeeld gemaakt" in page and "Begin met mijn zelfbeeld" in page


def test_she_is_told_who_sees_it_before_she_begins(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/zelfbeeld").text
    assert page.index("Dit is alleen voor jou") < page.index(">Begin<")
    assert "cijfers over groepen" not in page, "nothing counts groups yet"
    for told in ("21 onderwerpen · ongeveer 12 minuten", "12 onderwerpen · ongeveer 8", "36 onderwerpen · ongeveer 20"):
        assert told in page


def test_every_choice_is_explained(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/zelfbeeld").text
    for name, explained in {
        "Tweede professionaliteit": "hoe je je opstelt, communiceert en op jezelf terugkijkt",
        "De vier focusgebieden": "Verwachtingsmanagement, acquisitie, onderhandelen en relatiemanagement",
        "Alle onderwerpen": "Ook je vakmanschap (de eerste professionaliteit)",
    }.items():
        assert name in page and explained in page
    assert "Een zelfbeeld helpt je te zien" in page and "HR niet" in page
    assert "Dan komen de scores van je laatste zelfbeeld naast wat anderen zagen" in page
    assert "nergens in mee" not in page


@pytest.mark.parametrize(("code", "name"), [("focus", "De vier focusgebieden"), ("volledig", "Alle onderwerpen"),
                                            ("tweede", "Tweede professionaliteit")])
def test_a_list_has_one_name_on_every_page(client: CheckedClient, jet: Persona, code: str, name: str) -> None:
    assessment_id = acts.begin(client, code)
    for address in ("/zelfbeeld", "/metingen", "/start"):
        assert name in client.get(address).text, address
    acts.kept(client, assessment_id, _1=4, _2=3)
    acts.finish(client, assessment_id)
    for address in ("/metingen", "/start", "/profiel", f"/zelfbeeld/{assessment_id}"):
        page = client.get(address)
        if page.status_code == 302:
            page = client.get(page.location)
        assert name in page.text, address
        assert "Focusmeting" not in page.text and "Volledige zelfmeting" not in page.text, address


@pytest.mark.parametrize(("today", "told"), [("2026-11-21", True), ("2027-05-04", True), ("2027-05-06", False)])
def test_a_second_one_within_half_a_year(client: CheckedClient, jet: Persona, today: str, told: bool) -> None:
    assert "Je vorige zelfbeeld" not in client.get("/zelfbeeld").text
    with time_machine.travel("2026-11-04 10:00:00+00:00", tick=False):
        log_in(client, jet)
        acts.finished_one(client)
    with time_machine.travel(f"{today} 10:00:00+00:00", tick=False):
        log_in(client, jet)
        page = client.get("/zelfbeeld").text
    assert ("Je vorige zelfbeeld is van 4 november. Na ongeveer een halfjaar zegt een verschil meer." in page) == told


def test_what_is_said_of_saving_is_true_without_a_script(client: CheckedClient, jet: Persona) -> None:
    page = client.get("/zelfbeeld").text
    assert ">Je antwoorden worden bewaard als je verdergaat.<" in page
    assert ">Elk antwoord wordt meteen bewaard" not in page


def test_the_second_professionaliteit_is_proposed(app: Flask, client: CheckedClient, jet: Persona) -> None:
    response = client.submit(client.get("/zelfbeeld"))
    assessment_id = int(response.location.rsplit("/", 1)[1])
    assert acts.stored(app, assessment_id).question_set == "tweede"
    assert client.get(response.location).location == f"/zelfbeeld/{assessment_id}/verwachtingen-ophalen"


def test_what_is_measured_with_never_changes_any_more(app: Flask, client: CheckedClient, jet: Persona) -> None:
    assert not acts.pinned(app)
    acts.begin(client)
    assert acts.pinned(app)


@pytest.mark.parametrize("chosen", ["", "kern", "beleving", "bestaat-niet", "tweede\x00"])
def test_a_set_that_is_not_offered(app: Flask, client: CheckedClient, jet: Persona, chosen: str) -> None:
    response = client.send("/zelfbeeld", {"lijst": chosen})
    assert response.status_code == 422 and "Kies eerst welke lijst" in response.text
    assert acts.how_many(app, SelfAssessment) == 0 and not acts.pinned(app)


def test_one_runs_at_a_time(app: Flask, client: CheckedClient, jet: Persona) -> None:
    first = acts.begin(client)
    assert acts.begin(client, "focus") == first
    assert acts.stored(app, first).question_set == "tweede"
    assert "Je was al bezig" in client.get("/zelfbeeld").text
    assert "Maak dat eerst af, of begin opnieuw" in client.get("/zelfbeeld").text


def test_a_double_click_begins_one(app: Flask, jet: Persona) -> None:
    begun = together(*(partial(acts.begin, browser_of(app, jet)) for _ in range(4)))
    assert len(set(begun)) == 1 and acts.how_many(app, SelfAssessment) == 1


def test_two_people_each_have_their_own(app: Flask, client: CheckedClient, jet: Persona) -> None:
    mine = acts.begin(client)
    colleague = make_person(app, jet.organisation_id)
    log_in(client, colleague)
    assert acts.begin(client) != mine


def test_she_sees_where_she_stopped(client: CheckedClient, jet: Persona) -> None:
    assessment_id = acts.begin(client)
    acts.kept(client, assessment_id, _1=3, _2=3, _3=3, _4=3)
    for address in ("/metingen", "/zelfbeeld"):
        page = client.get(address).text
        assert "Je was gebleven bij Hulpvraag verhelderen" in page and "Nog ongeveer 12 minuten" in page
    assert client.get(f"/zelfbeeld/{assessment_id}").location.endswith("/vraag-expliciteren")


def test_throwing_away_is_asked_first(app: Flask, client: CheckedClient, jet: Persona) -> None:
    assessment_id = acts.begin(client)
    acts.kept(client, assessment_id, _1=3)
    asked = client.get(f"/zelfbeeld/{assessment_id}/opnieuw")
    assert "Dat kan niet meer terug" in asked.text and acts.how_many(app, SelfAnswer) == 1
    assert client.submit(asked).location == "/zelfbeeld"
    assert [acts.how_many(app, table) for table in (SelfAssessment, SelfAnswer, SelfNote)] == [0, 0, 0]
    assert client.get(f"/zelfbeeld/{assessment_id}").status_code == 404
    assert acts.begin(client, "focus")


def test_what_is_finished_is_not_thrown_away(app: Flask, client: CheckedClient, jet: Persona) -> None:
    assessment_id = acts.finished_one(client)
    before = acts.stored(app, assessment_id)
    assert client.get(f"/zelfbeeld/{assessment_id}/opnieuw").location == f"/zelfbeeld/{assessment_id}"
    response = client.send(f"/zelfbeeld/{assessment_id}/opnieuw")
    assert response.status_code == 409 and "al afgerond" in response.text
    assert acts.stored(app, assessment_id) == before


def test_earlier_ones_are_listed_and_stay_readable(client: CheckedClient, jet: Persona) -> None:
    with time_machine.travel("2025-09-03 10:00:00+00:00", tick=False):
        log_in(client, jet)
        old = acts.finished_one(client)
    with time_machine.travel("2026-03-12 10:00:00+00:00", tick=False):
        log_in(client, jet)
        new = acts.finished_one(client, "tweede")
        page = client.get("/metingen").text
    assert page.index("12 maart 2026") < page.index("3 september 2025")
    assert "De vier focusgebieden · één onderwerp gemeten" in page
    log_in(client, jet)
    for assessment_id in (old, new):
        assert "Bijna altijd" in client.get(f"/zelfbeeld/{assessment_id}").text


def test_the_list_costs_the_same_however_long_it_is(app: Flask, client: CheckedClient, jet: Persona) -> None:
    acts.finished_one(client)
    acts.begin(client)
    with statements(app) as few:
        client.get("/metingen")
    acts.kept(client, acts.begin(client), _1=4, _2=3, _3=5, _4=4)
    acts.finish(client, acts.begin(client))
    for _ in range(3):
        acts.finished_one(client)
    acts.begin(client)
    with statements(app) as many:
        client.get("/metingen")
    assert len(few) == len(many) <= 8, "\n".join(many)


@pytest.mark.parametrize("address", ["", "/opnieuw", "/overzicht", "/verwachtingen-ophalen"])
def test_somebody_elses_does_not_exist(client: CheckedClient, app: Flask, jet: Persona, stranger: Persona,
                                       address: str) -> None:
    assessment_id = acts.begin(client)
    acts.kept(client, assessment_id, _1=3)
    before = acts.stored(app, assessment_id)
    colleague = make_person(app, jet.organisation_id)
    everything = make_person(app, jet.organisation_id, roles=list(Role))
    for other in (stranger, colleague, everything):
        log_in(client, other)
        assert client.get(f"/zelfbeeld/{assessment_id}{address}").status_code == 404
        assert client.send(f"/zelfbeeld/{assessment_id}/verwachtingen-ophalen", {"a-VM1.1": "5"}).status_code == 404
        assert client.send(f"/zelfbeeld/{assessment_id}/afronden").status_code == 404
        assert client.send(f"/zelfbeeld/{assessment_id}/opnieuw").status_code == 404
        assert acts.save(client, assessment_id, answers={"VM1.1": 5}).status_code == 404
    assert acts.stored(app, assessment_id) == before


@pytest.mark.parametrize("number", ["0", "999", "2147483647", "2147483648", "9" * 40, "x"])
def test_a_number_that_is_nobodys(client: CheckedClient, jet: Persona, number: str) -> None:
    assert client.get(f"/zelfbeeld/{number}").status_code == 404
    assert client.get(f"/zelfbeeld/{number}/overzicht").status_code == 404
    assert client.send(f"/zelfbeeld/{number}/antwoord", json={}).status_code == 404


def test_only_begeleiders_have_a_self_assessment(client: CheckedClient, hr: Persona) -> None:
    log_in(client, hr)
    assert client.get("/metingen").status_code == client.send("/zelfbeeld", {"lijst": "tweede"}).status_code == 403
