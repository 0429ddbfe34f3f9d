"""Which roles the dienst covers: in words, frozen with the momentopname, of no team and of nobody."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from flask import Flask

from app.db import db
from app.needs.models import Snapshot
from app.people.models import Person
from tests.support.builders import Persona, log_in, make_person, make_team
from tests.support.conversations import agree
from tests.support.needs import measured, take_snapshot
from tests.support.pages import CheckedClient, text_of, tree_of
from tests.support.statements import statements
from tests.support.trainings import make_training

ROLLEN = "/opleidingen/rollen"


def told(client: CheckedClient) -> dict[str, str]:
    """Per role what stands beside it."""
    tree = tree_of(client.get(ROLLEN).data)
    assert {tuple(text_of(one) for one in head.iter("th")) for head in tree.iter("thead")} <= {
        ("Rol", "Hele dienst")}         # one unit
    rows = [row for body in tree.iter("tbody") for row in body.iter("tr")]
    assert all(len(list(row.iter("td"))) == 1 for row in rows)
    return {text_of(next(row.iter("th"))): text_of(next(row.iter("div"))) for row in rows}


def works(app: Flask, organisation_id: int, count: int, team_id: int) -> list[Persona]:
    return [make_person(app, organisation_id, works_in=[team_id]) for _ in range(count)]


def all_agree(app: Flask, people: Iterable[Persona], lead: Persona, level: int, days_ago: float) -> None:
    for person in people:
        agree(app, person, lead, days_ago=days_ago, controller=level)


def take(app: Flask, people: Iterable[Persona], days_ago: float) -> int:
    """A momentopname for which every score is new, so that figures never keep it back."""
    people = list(people)
    measured(app, people[0].organisation_id, {one.id: {"VM1": 3.0} for one in people}, days_ago=round(days_ago) + 1)
    taken = take_snapshot(app, people[0].organisation_id, days_ago=days_ago)
    assert taken is not None
    return taken


@pytest.fixture
def ten(app: Flask, organisation_id: int, team_id: int) -> list[Persona]:
    return works(app, organisation_id, 10, team_id)


@pytest.fixture
def reader(client: CheckedClient, hr: Persona) -> CheckedClient:
    log_in(client, hr)
    return client


def test_without_a_momentopname_it_says_so(
    app: Flask, reader: CheckedClient, teamleider: Persona, ten: list[Persona]
) -> None:
    all_agree(app, ten, teamleider, 4, 5)
    assert told(reader) == {}
    assert "zodra er een momentopname is" in reader.get(ROLLEN).text


def test_a_flip_of_one_does_not_show(
    app: Flask, reader: CheckedClient, teamleider: Persona, ten: list[Persona]
) -> None:
    """Six were discussed and one holds the role; whatever is agreed with one of them next, the word stays."""
    all_agree(app, ten[:5], teamleider, 2, 60)
    agree(app, ten[5], teamleider, days_ago=60, controller=3)
    take(app, ten, 50)
    assert told(reader)["Controller"] == "Kwetsbaar"
    for days_ago, level in ((40, 2), (30, 3), (20, 1)):
        agree(app, ten[5], teamleider, days_ago=days_ago, controller=level)
        take(app, ten, days_ago - 5)
        assert told(reader)["Controller"].startswith("Kwetsbaarwoord van ")
    agree(app, ten[6], teamleider, days_ago=14, controller=5)
    take(app, ten, 10)
    assert told(reader)["Controller"].startswith("Kwetsbaarwoord van ")


def test_five_changes_make_a_new_word(
    app: Flask, reader: CheckedClient, teamleider: Persona, ten: list[Persona]
) -> None:
    all_agree(app, ten[:5], teamleider, 2, 60)
    take(app, ten, 50)
    all_agree(app, ten[:4], teamleider, 4, 40)
    take(app, ten, 30)
    assert told(reader)["Controller"].startswith("Niet gedektwoord van ")
    all_agree(app, ten[4:5], teamleider, 4, 20)
    assert told(reader)["Controller"].startswith("Niet gedektwoord van ")     # not before the next momentopname
    take(app, ten, 10)
    assert told(reader)["Controller"] == "Gedekt"


def test_a_change_is_counted_from_every_word_there_was(
    app: Flask, reader: CheckedClient, teamleider: Persona, organisation_id: int, team_id: int
) -> None:
    """Five leave and come back with a sixth: to the word before that is five, to the first one it is one."""
    people = works(app, organisation_id, 20, team_id)
    all_agree(app, people[:10], teamleider, 2, 60)
    first = take(app, people, 50)
    with app.app_context():
        before = db.session.get_one(Snapshot, first)
        assert len(before.role_members["controller"]) == 10
    deactivate(app, people[5:10], active=False)
    take(app, people[:5] + people[10:], 40)
    assert told(reader)["Controller"] == "Niet gedekt"
    deactivate(app, people[5:10], active=True)
    agree(app, people[10], teamleider, days_ago=30, controller=3)
    take(app, people, 20)
    assert told(reader)["Controller"].startswith("Niet gedektwoord van ")


def deactivate(app: Flask, people: Iterable[Persona], *, active: bool) -> None:
    with app.app_context():
        for one in people:
            db.session.get_one(Person, one.id).active = active
        db.session.commit()


def test_fewer_than_five_is_not_discussed_yet(
    app: Flask, reader: CheckedClient, teamleider: Persona, ten: list[Persona]
) -> None:
    all_agree(app, ten[:4], teamleider, 4, 60)
    taken = take(app, ten, 50)
    assert set(told(reader).values()) == {"Nog niet besproken"} and len(told(reader)) == 18
    with app.app_context():
        assert db.session.get_one(Snapshot, taken).role_members == {}


def test_of_other_roles_the_lowest_aspect_counts(
    app: Flask, reader: CheckedClient, teamleider: Persona, ten: list[Persona]
) -> None:
    for person in ten[:5]:
        agree(app, person, teamleider, days_ago=9, aspects={"verwachtingsmanagement": 4, "acquisitie": 3})
    for person in ten[:4]:
        agree(app, person, teamleider, days_ago=8, aspects={"relatiemanagement": 3})
    take(app, ten, 5)
    found = told(reader)
    assert found["Acquisiteur"] == "Gedekt" and found["Relatiemanager"] == "Nog niet besproken"


def test_from_a_gap_it_leads_to_what_is_on_offer(
    app: Flask, reader: CheckedClient, teamleider: Persona, organisation_id: int, ten: list[Persona]
) -> None:
    """By the role, which the aanbod looks for; from what is covered or was not discussed it leads nowhere."""
    for person in ten:
        agree(app, person, teamleider, days_ago=30, controller=2, marketeer=2, administrateur=4)
    offered = make_training(app, organisation_id, competencies=("AC3",))
    take(app, ten, 20)
    rows = {text_of(next(row.iter("th"))): row for body in tree_of(reader.get(ROLLEN).data).iter("tbody")
            for row in body.iter("tr")}
    links = {name: [one.get("href") for one in row.iter("a")] for name, row in rows.items()}
    assert {name: found for name, found in links.items() if found} == {
        "Controller": ["/opleidingen/aanbod?rol=controller"]}
    assert "hier nog niets voor" in text_of(rows["Marketeer"])
    assert "hier nog niets voor" not in text_of(rows["Administrateur"])
    page = reader.get(links["Controller"][0]).text
    assert f"/opleidingen/aanbod/{offered}" in page and '<option value="controller" selected>' in page
    assert f"/opleidingen/aanbod/{offered}" not in reader.get("/opleidingen/aanbod?rol=marketeer").text


def test_below_ten_people_there_is_nothing(
    app: Flask, reader: CheckedClient, teamleider: Persona, organisation_id: int, team_id: int
) -> None:
    nine = works(app, organisation_id, 9, team_id)
    all_agree(app, nine, teamleider, 4, 60)
    take(app, nine, 50)
    assert told(reader) == {} and "minstens 10 begeleiders" in reader.get(ROLLEN).text


def test_never_a_team_and_never_a_name(
    app: Flask, reader: CheckedClient, teamleider: Persona, organisation_id: int, team_id: int, ten: list[Persona]
) -> None:
    other = make_team(app, organisation_id, "Team Overlap")
    more = works(app, organisation_id, 11, other)
    all_agree(app, (*ten, *more), teamleider, 4, 60)
    take(app, (*ten, *more), 50)
    assert told(reader)["Controller"] == "Gedekt"
    page = text_of(tree_of(reader.get(f"{ROLLEN}?team={other}").data))
    assert "Team Overlap" not in page and not [one.name for one in (*ten, *more) if one.name in page]
    with statements(app) as asked:
        reader.get(ROLLEN)
    assert len(asked) <= 6 and not any("role_members" in str(one) for one in asked), asked


def test_new_words_alone_are_a_momentopname(
    app: Flask, reader: CheckedClient, teamleider: Persona, organisation_id: int, ten: list[Persona]
) -> None:
    all_agree(app, ten[:4], teamleider, 4, 60)
    assert take_snapshot(app, organisation_id, days_ago=50) is None
    all_agree(app, ten[4:5], teamleider, 4, 45)
    assert take_snapshot(app, organisation_id, days_ago=40) is not None
    assert take_snapshot(app, organisation_id, days_ago=30) is None
    assert told(reader)["Controller"] == "Gedekt"


def test_only_hr(client: CheckedClient, teamleider: Persona, beheerder: Persona, begeleider: Persona) -> None:
    for one in (teamleider, beheerder, begeleider):
        log_in(client, one)
        assert client.get(ROLLEN).status_code == 403
