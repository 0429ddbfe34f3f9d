"""Which roles a team covers: by whom, what closes a gap, and who leaves."""

from __future__ import annotations

from xml.etree.ElementTree import Element

from flask import Flask

from app.access import Role
from app.db import db
from app.measurement.coverage import RoleAsked
from app.people.models import Person
from app.team.securing import NEVER, roles_asked
from app.trainings import services
from app.trainings.queries import training_of
from tests.support.builders import make_organisation, make_person
from tests.support.conversations import agree
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import make_goal, make_plan
from tests.support.teams import CATALOG, MadeTeam, make_measured_team
from tests.support.trainings import make_training

ACQUIRING = next(one.slug for one in CATALOG.competencies if one.main_role == "acquisiteur")


def told(client: CheckedClient, address: str) -> dict[str, list[str]]:
    """Per role what stands in its row."""
    answer = client.get(address)
    assert answer.status_code == 200
    return {text_of(next(row.iter("th"))): [text_of(one) for one in row.iter("td")] for row in rows_of(answer.data)}


def rows_of(page: bytes) -> list[Element]:
    return [row for body in tree_of(page).iter("tbody") for row in body.iter("tr")]


def bare_team(app: Flask, people: int) -> MadeTeam:
    return make_measured_team(app, people, waves=(), work=False)


def test_the_roles_that_are_asked() -> None:
    asked = {one.code: one for one in roles_asked(CATALOG)}
    assert len(asked) == 18
    assert asked["controller"] == RoleAsked("controller", "derde")
    assert asked["acquisiteur"].aspects == ("acquisitie",)
    assert asked["relatiemanager"].aspects == ("verwachtingsmanagement", "relatiemanagement")
    assert asked["expert"].aspects == (NEVER,)


def test_who_is_no_begeleider_is_not_on_the_pages_of_her_team(app: Flask) -> None:
    """She can still work there: then nobody waits for a round about her, and a role that she held is open."""
    team = bare_team(app, 2)
    amira, bas = team.people
    make_person(app, team.organisation_id, roles=["hr"], works_in=[team.id], name="Hilde Regelt")
    agree(app, amira, team.lead, controller=3)
    agree(app, bas, team.lead, controller=4)
    with app.app_context():
        db.session.get_one(Person, bas.id).roles = frozenset({Role.BEHEERDER})
        db.session.commit()
    browser = browser_of(app, team.lead)
    assert told(browser, team.at("/rollen"))["Controller"][:2] == ["Kwetsbaar", "Amira El Idrissi"]
    page = browser.get(team.at()).text
    assert "Hilde" not in page and "Bas" not in page and "Amira" in page


def test_the_words_with_the_names_behind_them(app: Flask) -> None:
    team = bare_team(app, 4)
    amira, bas, carla, daan = team.people
    agree(app, amira, team.lead, controller=3, marketeer=4, administrateur=2)
    agree(app, bas, team.lead, controller=4, aspects={"acquisitie": 3})
    agree(app, carla, team.lead, days_ago=40, controller=5)
    agree(app, carla, team.lead, controller=2)          # what was agreed last holds
    agree(app, daan, make_person(app, team.organisation_id), marketeer=2)
    found = told(browser_of(app, team.lead), team.at("/rollen"))
    assert next(iter(found)) == "Administrateur" and len(found) == 18
    assert found["Controller"][:2] == ["Gedekt", "Amira El Idrissi, Bas Hoekstra"]
    assert found["Marketeer"][:2] == ["Kwetsbaar", "Amira El Idrissi"]
    assert found["Administrateur"][:2] == ["Niet gedekt", "niemand"]
    assert found["Kwaliteitsbewaker"][0] == "Nog niet besproken"
    assert found["Acquisiteur"][:2] == ["Kwetsbaar", "Bas Hoekstra"]
    assert found["Expert"][:2] == ["Nog niet besproken", "over deze rol spreek je geen niveau af"]


def test_who_could_close_a_gap(app: Flask) -> None:
    team = bare_team(app, 3)
    amira, bas, carla = team.people
    for person in (amira, bas, carla):
        agree(app, person, team.lead, aspects={"acquisitie": 2})
    for person in (amira, bas):
        make_goal(app, person, ACQUIRING)
    make_plan(app, amira, team.lead, running=True)
    make_plan(app, bas, team.lead, shown=False)         # hers alone: nobody is told what she works at
    found = told(browser_of(app, team.lead), team.at("/rollen"))
    assert found["Acquisiteur"] == ["Niet gedekt", "niemand",
                                    "Amira El Idrissi: heeft nog één niveau te gaan, en al een doel dat erbij hoort"]


def test_where_nobody_can_close_a_gap_it_leads_to_the_aanbod(app: Flask) -> None:
    """Where anything is on offer for the role; to no training that was retired or that another dienst offers."""
    team = bare_team(app, 2)
    agree(app, team.people[0], team.lead, controller=2, marketeer=2)
    lead = browser_of(app, team.lead)
    nothing = "niemandin het aanbod is hier nog niets voor"
    make_training(app, make_organisation(app), competencies=("AC1", "AC3"))
    offered = make_training(app, team.organisation_id, competencies=("AC3",))
    with app.app_context():
        retired = training_of(team.organisation_id, make_training(app, team.organisation_id, code="",
                                                                  competencies=("AC1",)))
        assert retired is not None
        services.retire(retired)
        db.session.commit()
    found = told(lead, team.at("/rollen"))
    assert found["Marketeer"][2] == nothing
    assert found["Controller"][2] == "niemandOpleidingen voor deze rol: Controller"
    assert found["Expert"][2] == "niet nodig"
    address = "/opleidingen?rol=controller"
    links = [one.get("href") for row in rows_of(lead.get(team.at("/rollen")).data) for one in row.iter("a")]
    assert address in links and "/opleidingen?rol=marketeer" not in links
    assert f'href="/opleidingen/{offered}"' in lead.get(address).text


def test_what_if_somebody_leaves(app: Flask) -> None:
    team = bare_team(app, 3)
    amira, bas, carla = team.people
    agree(app, amira, team.lead, controller=3, marketeer=3)
    agree(app, bas, team.lead, controller=3, marketeer=2)
    lead = browser_of(app, team.lead)
    found = told(lead, team.at(f"/rollen?vertrekt={amira.id}"))
    assert found["Controller"][3] == "Kwetsbaar" and found["Marketeer"][3] == "Niet gedekt"
    assert found["Administrateur"][3] == "hetzelfde"
    page = text_of(tree_of(lead.get(team.at(f"/rollen?vertrekt={amira.id}")).data))
    assert "Als Amira El Idrissi vertrekt, veranderen er 2 rollen." in page
    page = text_of(tree_of(lead.get(team.at(f"/rollen?vertrekt={carla.id}")).data))
    assert "blijft elke rol zoals hij is" in page
    elsewhere = make_person(app, team.organisation_id)
    for wrong in (elsewhere.id, 0, "x", "1 or 1"):
        assert lead.get(team.at("/rollen"), query_string={"vertrekt": wrong}).status_code == 404
