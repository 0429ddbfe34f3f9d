"""Who sees evidence: she herself, and who accompanies her when she shows it. Nobody else, and no file either."""

from __future__ import annotations

import pytest
from flask import Flask

from app.db import db
from app.dossier.models import EvidenceKind
from app.people.models import Person
from tests.dossier.acts import typed
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.pages import CheckedClient
from tests.support.records import make_evidence, make_goal, make_plan


@pytest.fixture
def people(app: Flask, organisation_id: int, team_id: int, teamleider: Persona, hr: Persona, beheerder: Persona,
           stranger: Persona) -> dict[str, Persona]:
    partner = make_person(app, organisation_id, name="Petra Partner")
    other_team = make_team(app, organisation_id)
    return {
        "herself": make_person(app, organisation_id, works_in=[team_id], discussion_partner_id=partner.id),
        "her teamleider": teamleider,
        "her gesprekspartner": partner,
        "a colleague": make_person(app, organisation_id, works_in=[team_id]),
        "another teamleider": make_person(app, organisation_id, roles=["teamleider"], leads=[other_team]),
        "hr": hr,
        "beheerder": beheerder,
        "a stranger": stranger,
    }


ALL = ["herself", "her teamleider", "her gesprekspartner", "a colleague", "another teamleider", "hr", "beheerder",
       "a stranger"]
ACCOMPANY = {"her teamleider", "her gesprekspartner"}


@pytest.mark.parametrize("who", ALL)
@pytest.mark.parametrize("shown", [False, True])
def test_each_sees_what_is_hers_to_see(
    app: Flask, client: CheckedClient, people: dict[str, Persona], who: str, shown: bool
) -> None:
    one = make_evidence(app, people["herself"], EvidenceKind.FILE, title="Het verslag", shown=shown)
    log_in(client, people[who])
    sees = who == "herself" or (shown and who in ACCOMPANY)
    for address in (f"/dossier/bewijs/{one}", f"/dossier/bewijs/{one}/bestand"):
        assert client.get(address).status_code == (200 if sees else 404)
        assert client.head(address).status_code == (200 if sees else 404)
    page = client.get(f"/dossier/van/{people['herself'].id}")
    assert page.status_code == (200 if who in ACCOMPANY else 404)
    assert ("Het verslag" in page.text) is (shown and who in ACCOMPANY)


@pytest.mark.parametrize("who", ALL[1:])
def test_nobody_else_changes_it(app: Flask, client: CheckedClient, people: dict[str, Persona], who: str) -> None:
    one = make_evidence(app, people["herself"], title="Het verslag", shown=True)
    log_in(client, people[who])
    for way in ("bewerken", "weg"):
        address = f"/dossier/bewijs/{one}/{way}"
        assert client.get(address).status_code in (403, 404)
        assert client.send(address, typed(app, text="x")).status_code in (403, 404)
    log_in(client, people["herself"])
    assert "Het verslag" in client.get(f"/dossier/bewijs/{one}").text


def test_what_is_shown_to_others_offers_nothing_to_change(
    app: Flask, client: CheckedClient, people: dict[str, Persona]
) -> None:
    one = make_evidence(app, people["herself"], shown=True)
    log_in(client, people["her teamleider"])
    page = client.get(f"/dossier/bewijs/{one}")
    assert "bewerken" not in page.text
    assert "/weg" not in page.text
    assert f"/dossier/van/{people['herself'].id}" in page.text


def test_who_leads_her_no_longer_sees_it_no_longer(
    app: Flask, client: CheckedClient, people: dict[str, Persona]
) -> None:
    one = make_evidence(app, people["herself"], shown=True)
    log_in(client, people["her gesprekspartner"])
    assert client.get(f"/dossier/bewijs/{one}").status_code == 200
    with app.app_context():
        db.session.get_one(Person, people["herself"].id).discussion_partner_id = None
        db.session.commit()
    assert client.get(f"/dossier/bewijs/{one}").status_code == 404


def test_taking_it_back_closes_it(app: Flask, client: CheckedClient, people: dict[str, Persona]) -> None:
    one = make_evidence(app, people["herself"], EvidenceKind.FILE, shown=True)
    log_in(client, people["herself"])
    client.submit(client.get(f"/dossier/bewijs/{one}/bewerken"), {"seen_by": "ik"})
    log_in(client, people["her teamleider"])
    for address in (f"/dossier/bewijs/{one}", f"/dossier/bewijs/{one}/bestand"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize("shown", [False, True])
def test_a_goal_of_a_plan_that_is_hers_alone_is_not_told(
    app: Flask, client: CheckedClient, people: dict[str, Persona], shown: bool
) -> None:
    jet, tom = people["herself"], people["her teamleider"]
    goal = make_goal(app, jet)
    make_plan(app, jet, tom, shown=shown)
    one = make_evidence(app, jet, goal_id=goal.goal_id, shown=True)
    make_evidence(app, jet, title="Nog een", goal_id=goal.goal_id, shown=True)
    log_in(client, tom)
    for address in (f"/dossier/bewijs/{one}", f"/dossier/van/{jet.id}", f"/dossier/van/{jet.id}?doel={goal.goal_id}"):
        assert ("Ik vraag het in het eerste gesprek." in client.get(address).text) is shown
    log_in(client, jet)
    for address in (f"/dossier/bewijs/{one}", "/dossier"):
        assert "Ik vraag het in het eerste gesprek." in client.get(address).text
