import datetime as dt

import pytest
import time_machine
from flask import Flask

from tests.support.builders import PASSWORD, Persona, log_in, make_person
from tests.support.pages import CheckedClient

NEW = "lantaarn boven de sloot"
NOON = dt.datetime(2026, 3, 12, 12, tzinfo=dt.UTC)


def change(client: CheckedClient, current: str = PASSWORD, new: str = NEW, again: str | None = None):
    fields = {"current_password": current, "new_password": new, "password_again": new if again is None else again}
    return client.submit(client.get("/account"), fields, to="/account")


def test_it_shows_who_she_is_and_whom_to_ask(client: CheckedClient, begeleider: Persona, beheerder: Persona,
                                             stranger: Persona) -> None:
    log_in(client, begeleider)
    text = client.get("/account").text
    for known in ("Jet de Vries", begeleider.email, "Dienst Noord", "Team Oost", "Begeleider", "Vraag het Bea Jansen"):
        assert known in text


def test_a_begeleider_without_a_team_sees_her_gesprekspartner(client: CheckedClient, app: Flask, organisation_id: int,
                                                              teamleider: Persona, beheerder: Persona) -> None:
    log_in(client, make_person(app, organisation_id, discussion_partner_id=teamleider.id))
    assert "Tom Bakker" in client.get("/account").text


def test_a_beheerder_is_told_that_she_can_do_it_herself(client: CheckedClient, beheerder: Persona) -> None:
    log_in(client, beheerder)
    assert "Je bent zelf beheerder" in client.get("/account").text


def test_a_new_password_ends_the_sessions_elsewhere(client: CheckedClient, app: Flask, begeleider: Persona) -> None:
    elsewhere = app.test_client()
    for browser in (client, elsewhere):
        log_in(browser, begeleider)
    assert change(client).location == "/account"
    assert "Je nieuwe wachtwoord is bewaard" in client.get("/account").text
    assert elsewhere.get("/account").status_code == 302
    fresh = app.test_client()
    assert fresh.submit(fresh.get("/inloggen"), {"email": begeleider.email, "password": PASSWORD}).status_code == 422
    assert fresh.submit(fresh.get("/inloggen"), {"email": begeleider.email, "password": NEW}).status_code == 302


@pytest.mark.parametrize(("fields", "says"), [
    ({"current": "iets heel anders"}, "Dit is niet je wachtwoord van nu"),
    ({"current": ""}, "Vul je wachtwoord van nu in"),
    ({"new": "kort"}, "minstens 12"),
    ({"new": "jetdevries2026"}, "lijkt op je naam"),
    ({"again": "iets anders"}, "niet hetzelfde"),
])
def test_what_is_refused_changes_nothing(client: CheckedClient, begeleider: Persona, fields: dict[str, str],
                                         says: str) -> None:
    log_in(client, begeleider)
    response = change(client, **fields)
    assert response.status_code == 422
    assert says in response.text
    assert PASSWORD not in response.text
    assert client.get("/account").status_code == 200
    assert change(client).status_code == 302


def test_guessing_in_an_open_session_is_slowed_down(client: CheckedClient, begeleider: Persona) -> None:
    with time_machine.travel(NOON, tick=False) as clock:
        log_in(client, begeleider)
        statuses = [change(client, current="fout en lang genoeg").status_code for _ in range(6)]
        assert statuses == [422] * 5 + [429]
        waiting = change(client)
        assert (waiting.status_code, waiting.headers["Retry-After"]) == (429, "5")
        clock.shift(5)
        assert change(client).status_code == 302
