"""Nothing typed is lost when a session ends: shown with a form of the beheerder, which has many fields."""

import pytest
from flask import Flask
from sqlalchemy import select

from app.db import db
from app.organisations.models import Team
from tests.support.builders import PASSWORD, Persona, log_in, log_out
from tests.support.pages import CheckedClient

SAME_SITE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def form(client: CheckedClient, beheerder: Persona):
    """A page that was opened while she was signed in; she no longer is."""
    log_in(client, beheerder)
    page = client.get("/beheer/teams")
    log_out(client)
    return page


def teams(app: Flask) -> list[str]:
    with app.app_context():
        return list(db.session.scalars(select(Team.name)))


def test_after_signing_in_one_press_stores_it(client: CheckedClient, app: Flask, beheerder: Persona, form) -> None:
    log_in_page = client.submit(form, {"name": "Team Ēén & <b>twee</b> “drie”"})
    assert log_in_page.status_code == 401
    assert "Je was een tijd weg" in log_in_page.text
    assert teams(app) == []
    offered = client.submit(log_in_page, {"email": beheerder.email, "password": PASSWORD})
    assert offered.status_code == 200
    assert "Team Ēén &amp; &lt;b&gt;twee&lt;/b&gt; “drie”" in offered.text
    assert teams(app) == []
    assert client.submit(offered).location == "/beheer/teams"
    assert teams(app) == ["Team Ēén & <b>twee</b> “drie”"]


def test_it_survives_a_mistyped_password(client: CheckedClient, app: Flask, beheerder: Persona, form) -> None:
    page = client.submit(form, {"name": "Team Noord"})
    for _ in range(6):
        page = client.submit(page, {"email": beheerder.email, "password": "fout"})
    assert page.status_code == 429
    page = client.submit(page, {"email": beheerder.email, "password": ""})
    assert page.status_code == 422
    assert 'name="carried-name" value="Team Noord"' in page.text


def test_it_survives_a_log_in_page_that_is_stale_too(client: CheckedClient, beheerder: Persona, form) -> None:
    page = client.submit(form, {"name": "Team Noord"})
    client.delete_cookie("sessie")
    stale = client.submit(page, {"email": beheerder.email, "password": PASSWORD})
    assert stale.status_code == 400
    offered = client.submit(stale, {"password": PASSWORD})
    assert "Team Noord" in offered.text


def test_a_form_with_an_old_token_is_offered_again(client: CheckedClient, app: Flask, beheerder: Persona) -> None:
    log_in(client, beheerder)
    page = client.get("/beheer/teams")
    log_out(client)
    log_in(client, beheerder)
    offered = client.submit(page, {"name": "Team Noord"})
    assert offered.status_code == 400
    assert teams(app) == []
    client.submit(offered)
    assert teams(app) == ["Team Noord"]


@pytest.mark.parametrize("headers", [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Sec-Fetch-Site": "cross-site", "Origin": "http://localhost"},
])
def test_what_another_site_sends_is_not_carried(client: CheckedClient, beheerder: Persona,
                                                headers: dict[str, str]) -> None:
    response = client.post("/beheer/teams", data={"name": "geplant"}, headers=headers)
    assert response.status_code == 401
    assert "geplant" not in response.text
    log_in(client, beheerder)
    response = client.post("/beheer/teams", data={"name": "geplant"}, headers=headers)
    assert response.status_code == 400
    assert "geplant" not in response.text


def test_another_site_cannot_plant_fields_in_the_log_in(client: CheckedClient, beheerder: Persona) -> None:
    client.get("/inloggen")
    fields = {"email": beheerder.email, "password": PASSWORD, "carried_to": "/beheer/teams", "carried-name": "geplant"}
    response = client.send("/inloggen", fields, headers={"Sec-Fetch-Site": "cross-site"})
    assert response.location == "/start"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "/\n/evil.example",
                                    "javascript:alert(1)", ""])
def test_it_is_never_sent_to_another_site(client: CheckedClient, beheerder: Persona, target: str) -> None:
    fields = {"email": beheerder.email, "password": PASSWORD, "carried_to": target, "carried-name": "x"}
    assert client.send("/inloggen", fields, headers=SAME_SITE).location == "/start"


def test_passwords_are_not_carried(client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    page = client.get("/account")
    log_out(client)
    secrets = {"current_password": PASSWORD, "new_password": "iets nieuws voor later", "password_again": "iets nieuws"}
    answer = client.submit(page, secrets, to="/account")
    assert answer.status_code == 401
    assert not any(secret in answer.text for secret in secrets.values())
    # back to the page with the form, since nothing could go along
    assert client.submit(answer, {"email": beheerder.email, "password": PASSWORD}).location == "/account"


def test_a_form_of_only_a_button_leads_to_the_start(client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    page = client.get("/account")
    log_out(client)
    answer = client.submit(page, to="/uitloggen")
    assert answer.status_code == 401
    assert client.submit(answer, {"email": beheerder.email, "password": PASSWORD}).location == "/start"


def test_a_form_too_large_is_not_carried(client: CheckedClient, beheerder: Persona) -> None:
    answer = client.post("/beheer/mensen/lijst", data={"lines": "x" * 300_000}, headers=SAME_SITE)
    assert answer.status_code == 401
    assert "xxxx" not in answer.text
