import re
from collections.abc import Callable
from functools import partial

import pytest
from flask import Flask
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.competencies.models import FunctionProfile
from app.db import db
from app.organisations import services
from app.organisations.models import Organisation
from app.people.models import Person
from tests.support.at_once import together
from tests.support.builders import make_organisation
from tests.support.pages import CheckedClient

PASSWORD = "lantaarn boven de sloot"
FIELDS = {"organisation": "  Dienst   Noord ", "name": "Bea Jansen", "email": "Bea@Dienst.example",
          "new_password": PASSWORD, "password_again": PASSWORD}


def count(app: Flask, table: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.parametrize("address", ["/", "/start", "/profiel", "/beheer/mensen", "/inloggen", "/wachtwoord-vergeten",
                                     "/wachtwoord/x"])
def test_the_first_visit_leads_to_setting_up(client: CheckedClient, address: str) -> None:
    assert client.get(address, follow_redirects=True).request.path == "/richt-in"


def test_the_first_beheerder_is_signed_in_and_can_begin(client: CheckedClient, app: Flask) -> None:
    response = client.submit(client.get("/richt-in"), FIELDS)
    assert response.location == "/beheer/mensen"
    page = client.get(response.location)
    assert "Je organisatie staat klaar" in page.text
    assert "bea@dienst.example" in page.text
    with app.app_context():
        (organisation,) = db.session.scalars(select(Organisation))
        (person,) = db.session.scalars(select(Person))
        assert (organisation.name, organisation.demo) == ("Dienst Noord", False)
        assert person.roles == {"beheerder"}
        assert db.session.scalars(select(FunctionProfile)).one().is_default
    fresh = app.test_client()
    fields = {"email": "bea@dienst.example", "password": PASSWORD}
    assert fresh.submit(fresh.get("/inloggen"), fields).status_code == 302


def test_it_happens_once(client: CheckedClient, app: Flask) -> None:
    client.submit(client.get("/richt-in"), FIELDS)
    other = app.test_client()
    assert other.get("/richt-in").status_code == 404
    assert other.send("/richt-in", FIELDS | {"email": "ander@dienst.example"}).status_code == 404
    assert count(app, Organisation) == count(app, Person) == 1


def test_it_does_not_exist_where_there_is_an_organisation(client: CheckedClient, app: Flask) -> None:
    make_organisation(app, demo=True)
    assert client.get("/richt-in").status_code == 404
    assert client.send("/richt-in", FIELDS).status_code == 404
    assert client.get("/start").location == "/inloggen?naar=/start"


@pytest.mark.parametrize(("fields", "says"), [
    ({"organisation": " "}, "Vul de naam in"),
    ({"name": ""}, "Vul je naam in"),
    ({"email": "bea"}, "Dit is geen e-mailadres"),
    ({"new_password": "kort", "password_again": "kort"}, "minstens 12"),
    ({"new_password": "dienstnoord12", "password_again": "dienstnoord12"}, "lijkt op je naam"),
    ({"password_again": "x"}, "niet hetzelfde"),
])
def test_what_is_refused_makes_nothing(client: CheckedClient, app: Flask, fields: dict[str, str], says: str) -> None:
    response = client.submit(client.get("/richt-in"), FIELDS | fields)
    assert response.status_code == 422
    assert says in response.text
    assert count(app, Organisation) == 0


def test_two_at_the_same_moment_make_one(app: Flask) -> None:
    def posting(number: int) -> Callable[[], TestResponse]:
        client = app.test_client()
        token = re.search(r'csrf_token" value="([^"]+)', client.get("/richt-in").text)
        assert token
        fields = FIELDS | {"email": f"bea{number}@dienst.example", "csrf_token": token[1]}
        return partial(client.post, "/richt-in", data=fields)

    assert sorted(answer.status_code for answer in together(posting(1), posting(2))) == [302, 404]
    assert count(app, Organisation) == count(app, Person) == 1


def test_rooms_above_give_a_new_organisation_what_it_starts_with(app: Flask) -> None:
    seen = []
    with app.app_context(), services.organisation_created.connected_to(seen.append):
        organisation = services.create("Dienst Zuid")
        assert seen == [organisation]
        assert db.session.scalars(select(FunctionProfile)).one().organisation_id == organisation.id
        db.session.rollback()
    assert count(app, FunctionProfile) == 0
