"""Links that lead nowhere, and how often one may try."""

from __future__ import annotations

import datetime as dt

import pytest
import time_machine
from flask import Flask

from app.rounds.invitations import State
from tests.rating.behind import ONE_OF_EACH, change, change_round, token_of
from tests.support.builders import Persona
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider], ONE_OF_EACH)


def test_every_bad_link_has_its_own_page(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    other = token_of(made, "school")
    mixed = token.split(".")[0] + "." + other.split(".")[1]
    for wrong in ("x", token[:-1], token + "a", token.lower(), mixed, "klas", "%00", "é" * 30, token + "/1/2",
                  "a" * 22 + "." + "b" * 43):
        response = client.get(f"/b/{wrong}")
        assert response.status_code == 404 and "Deze link klopt niet" in response.text, wrong
    assert client.get(f"/b/{token}/99").status_code == client.get(f"/b/{token}/oefenen").status_code == 404

    change(app, made, "collega", renewal=1)
    response = client.get(f"/b/{token}")
    assert response.status_code == 410 and "een nieuwere link" in response.text
    script = client.post(f"/b/{token}/antwoord", json={"page": "1"}, headers={"Accept": "application/json"})
    assert script.status_code == 410 and script.json["error"] == "dead"

    change(app, made, "opdrachtgever", state=State.REMOVED)
    gone = client.get(f"/b/{token_of(made, 'opdrachtgever')}")
    assert gone.status_code == 410 and "ingetrokken" in gone.text
    change_round(app, made, state="closed", closes_on=dt.date(2026, 3, 20))
    closed = client.get(f"/b/{other}")
    assert closed.status_code == 410 and "tot en met 20 maart 2026" in closed.text
    assert client.post(f"/b/{other}/verstuur").status_code == 410
    change_round(app, made, state="aborted")
    assert client.get(f"/b/{other}").status_code == 410


def test_guessing_is_slowed_and_nobody_else_is(client: CheckedClient, made: MadeRound) -> None:
    token = token_of(made, "collega")
    start = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=5)
    with time_machine.travel(start, tick=False) as clock:
        statuses = [client.get(f"/b/{'a' * 22}.{number:043}").status_code for number in range(61)]
        assert statuses == [404] * 60 + [429]
        slowed = client.get("/b/x")
        assert slowed.status_code == 429 and slowed.headers["Retry-After"] == "60" and "Even geduld" in slowed.text
        assert client.get(f"/b/{token}").status_code == 200
        clock.shift(61)
        assert client.get("/b/x").status_code == 404
        clock.shift(300)


def test_a_link_has_a_generous_limit_of_its_own(client: CheckedClient, made: MadeRound) -> None:
    start = dt.datetime.now(dt.UTC) + dt.timedelta(minutes=30)
    with time_machine.travel(start, tick=False):
        for _ in range(240):
            assert client.get(f"/b/{token_of(made, 'leerling')}/oefenen").status_code == 200
        assert client.get(f"/b/{token_of(made, 'leerling')}").status_code == 429
        script = client.post(f"/b/{token_of(made, 'leerling')}/antwoord", json={"page": "1"},
                             headers={"Accept": "application/json"})
        assert script.status_code == 429 and int(script.headers["Retry-After"]) > 0
        assert client.get(f"/b/{token_of(made, 'ouder')}").status_code == 200
