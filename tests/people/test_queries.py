import itertools

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from app.access import Role, can_see_person
from app.db import db
from app.people import queries
from app.people.models import Person
from app.people.queries import Joined
from tests.support.builders import Persona, log_in, make_organisation, make_person, make_team
from tests.support.pages import CheckedClient
from tests.support.statements import statements


def populate(app: Flask) -> None:
    """Two organisations with every combination that a rule can see."""
    for _ in range(2):
        organisation_id = make_organisation(app)
        first, second, empty = (make_team(app, organisation_id) for _ in range(3))
        for works_in in ([], [first], [second], [first, second]):
            make_person(app, organisation_id, works_in=works_in)
        make_person(app, organisation_id, works_in=[first], active=False)
        make_person(app, organisation_id, roles=["teamleider"], leads=[first])
        make_person(app, organisation_id, roles=["teamleider"], leads=[first, second, empty])
        make_person(app, organisation_id, roles=["teamleider", "begeleider"], leads=[first], works_in=[second])
        make_person(app, organisation_id, roles=["teamleider"])
        for role in Role:
            make_person(app, organisation_id, roles=[role], works_in=[first])
        make_person(app, organisation_id, roles=list(Role), leads=[second])


def test_the_scope_of_lists_and_the_rule_agree_for_every_pair(app: Flask) -> None:
    populate(app)
    with app.app_context():
        everybody = db.session.scalars(select(Person).options(selectinload(Person.memberships))).all()
        seen = {(one.id, found.id) for one in everybody for found in queries.people_visible_to(one.actor)}
        allowed = {(one.id, other.id) for one, other in itertools.product(everybody, repeat=2)
                   if can_see_person(one.actor, other)}
    assert len(everybody) == 28
    assert seen == allowed
    assert 28 < len(seen) < 28 * 28 / 2         # neither nothing nor everything


def test_whoever_is_signed_in_is_found_in_one_statement(app: Flask, client: CheckedClient, teamleider: Persona) -> None:
    with app.app_context():
        person = queries.load_signed_in(teamleider.session_key)
        assert person is not None
        with statements(app) as seen:
            assert person.actor.leads
            assert person.account.email == teamleider.email
            assert person.get_id() == teamleider.session_key
        assert not seen
        assert db.session.info["organisation_id"] == teamleider.organisation_id
    with app.app_context(), statements(app) as seen:
        queries.load_signed_in(teamleider.session_key)
    assert len(seen) == 1


def test_a_session_from_before_a_new_password_is_nobodys(app: Flask, begeleider: Persona) -> None:
    with app.app_context():
        assert queries.load_signed_in(f"{begeleider.account_id}.2") is None
        assert queries.load_signed_in(f"{begeleider.account_id}.1") is not None


def rows(app: Flask, persona: Persona, search: str = "") -> list[queries.PersonRow]:
    with app.app_context():
        person = queries.load_signed_in(persona.session_key)
        assert person is not None
        return queries.overview(person.actor, search)


def test_the_list_says_where_everybody_stands(app: Flask, beheerder: Persona, teamleider: Persona,
                                              begeleider: Persona, organisation_id: int, stranger: Persona) -> None:
    make_person(app, organisation_id, name="Émile Zoë", invited_only=True)
    make_person(app, organisation_id, name="Aad Weg", active=False)
    found = rows(app, beheerder)
    assert [row.name for row in found] == ["Bea Jansen", "Émile Zoë", "Jet de Vries", "Tom Bakker", "Aad Weg"]
    by_name = {row.name: row for row in found}
    assert by_name["Jet de Vries"].teams == ("Team Oost",)
    assert by_name["Tom Bakker"].leads == ("Team Oost",)
    assert by_name["Bea Jansen"].joined is Joined.YES
    assert by_name["Émile Zoë"].joined is Joined.EXPIRED
    assert by_name["Aad Weg"].joined is Joined.INACTIVE


@pytest.mark.parametrize(("search", "names"), [
    ("emile", ["Émile Zoë"]),
    ("ÉMILE", ["Émile Zoë"]),
    ("zoe", ["Émile Zoë"]),
    ("  jet 1 ", ["Jet 100% Vries"]),
    ("%", ["Jet 100% Vries"]),
    ("_", []),
    ("emile@", ["Émile Zoë"]),
    ("niemand", []),
])
def test_searching(app: Flask, beheerder: Persona, organisation_id: int, search: str, names: list[str]) -> None:
    make_person(app, organisation_id, name="Émile Zoë", email="emile@school.example")
    make_person(app, organisation_id, name="Jet 100% Vries", email="vries@school.example")
    assert [row.name for row in rows(app, beheerder, search)] == names


def test_the_list_costs_the_same_for_five_and_for_fifty(app: Flask, client: CheckedClient, beheerder: Persona,
                                                        organisation_id: int) -> None:
    log_in(client, beheerder)
    counts = []
    for more in (4, 45):
        for _ in range(more):
            make_person(app, organisation_id, works_in=[make_team(app, organisation_id)])
        with statements(app) as seen:
            client.get("/beheer/mensen")
        counts.append(len(seen))
    assert counts[0] == counts[1] <= 5, "\n".join(seen)
