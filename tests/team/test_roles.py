"""Which roles a team and the dienst cover: by whom, what closes a gap, who leaves, and what hr reads."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from xml.etree.ElementTree import Element

from flask import Flask

from app.conversations.models import AgreedLevel
from app.db import db
from app.measurement.coverage import RoleAsked
from app.team.securing import NEVER, roles_asked, units_for_hr
from app.web.formats import now
from tests.support.builders import Persona, make_organisation, make_person, make_team
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient, browser_of, text_of, tree_of
from tests.support.records import make_goal, make_plan
from tests.support.statements import statements
from tests.support.teams import CATALOG, NAMES, MadeTeam, make_measured_team

ACQUIRING = next(one.slug for one in CATALOG.competencies if one.main_role == "acquisiteur")


def agree(app: Flask, person: Persona, lead: Persona, *, days_ago: int = 5, aspects: Mapping[str, int] | None = None,
          **roles: int) -> None:
    """Niveaus that both confirmed."""
    made = make_conversation(app, person, lead, levels=aspects, fixed_at=now() - dt.timedelta(days=days_ago))
    with app.app_context():
        db.session.add_all(AgreedLevel(organisation_id=person.organisation_id, conversation_id=made, kind="role",
                                       code=code, level=level) for code, level in roles.items())
        db.session.commit()


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
                                    "Amira El Idrissi: nog één niveau, en een doel dat erbij hoort"]


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


def dienst(app: Flask, *teams: int) -> tuple[int, list[list[Persona]], Persona]:
    """A dienst with teams of so many people, and its hr."""
    here = make_organisation(app)
    made = []
    for count in teams:
        team_id = make_team(app, here)
        made.append([make_person(app, here, works_in=[team_id]) for _ in range(count)])
    return here, made, make_person(app, here, roles=["hr"])


def test_hr_reads_words_and_no_names(app: Flask) -> None:
    here, (first, second), hr = dienst(app, 10, 10)
    lead = make_person(app, here, roles=["teamleider"])
    for person in (first[0], second[0]):
        agree(app, person, lead, controller=4)
    client = browser_of(app, hr)
    found = told(client, "/opleidingen/rollen")
    assert found["Controller"] == ["Gedekt", "Kwetsbaar", "Kwetsbaar"]
    page = text_of(tree_of(client.get("/opleidingen/rollen").data))
    assert not [one.name for one in (*first, *second) if one.name in page]
    assert not [name for name in NAMES if name in page]
    with statements(app) as asked:
        client.get("/opleidingen/rollen")
    assert len(asked) <= 6, asked


def test_hr_reads_nothing_of_fewer_than_ten(app: Flask) -> None:
    _, _, hr = dienst(app, 9)
    page = text_of(tree_of(browser_of(app, hr).get("/opleidingen/rollen").data))
    assert "zodra er minstens 10 begeleiders" in page and "Controller" not in page


def test_hr_reads_no_team_that_leaves_fewer_than_ten_beside_it(app: Flask) -> None:
    """Else the dienst less its large teams would speak of a few people."""
    _, _, hr = dienst(app, 12, 4)
    assert {len(one) for one in told(browser_of(app, hr), "/opleidingen/rollen").values()} == {1}


def test_the_units_for_hr() -> None:
    people = frozenset(range(30))
    ten, eleven, four = frozenset(range(10)), frozenset(range(10, 21)), frozenset(range(26, 30))
    assert units_for_hr({1: ten, 2: eleven, 3: four}, people) == ()          # nine are left
    assert units_for_hr({1: ten}, people) == (1,)
    assert units_for_hr({1: ten, 2: people - ten}, people) == (1, 2)
    assert units_for_hr({}, people) == ()
