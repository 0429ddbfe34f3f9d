"""What somebody who runs the server says to the application."""

from __future__ import annotations

from flask import Flask

from tests.support.builders import Persona
from tests.support.pages import CheckedClient

NEW = "een heel nieuw geheim voor Bea"


def test_a_lost_password_can_be_chosen_again(app: Flask, client: CheckedClient, beheerder: Persona) -> None:
    told = app.test_cli_runner().invoke(args=["password-link", f" {beheerder.email.upper()} "])
    assert told.exit_code == 0
    address = told.output.strip().removeprefix(app.config["SETTINGS"].base_url)
    client.submit(client.get(address), {"new_password": NEW, "password_again": NEW})
    answer = client.submit(client.get("/inloggen"), {"email": beheerder.email, "password": NEW})
    assert answer.location == "/start"


def test_an_unknown_address_is_told(app: Flask) -> None:
    told = app.test_cli_runner().invoke(args=["password-link", "niemand@dienst.example"])
    assert told.exit_code == 1
    assert "Er is geen account met het adres niemand@dienst.example." in told.output
