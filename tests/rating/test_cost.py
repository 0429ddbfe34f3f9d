"""What a page behind a link costs the database: bench/rater_form.py measures the rest."""

from __future__ import annotations

import pytest
from flask import Flask

from app.rating.page import form_of
from tests.rating.acts import asked_of
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.rounds import MadeRound, make_round
from tests.support.statements import statements


@pytest.fixture
def made(app: Flask, teamleider: Persona, begeleider: Persona) -> MadeRound:
    return make_round(app, teamleider, [begeleider])


@pytest.mark.parametrize(("path", "most"), [("", 2), ("/1", 2), ("/overzicht", 2)])
def test_a_page_asks_whose_link_it_is_and_what_she_answered(
    app: Flask, client: CheckedClient, made: MadeRound, begeleider: Persona, path: str, most: int
) -> None:
    """And nothing about who may be signed in on the same device."""
    log_in(client, begeleider)
    client.get(f"/b/{made.tokens[0]}{path}")
    with statements(app) as seen:
        assert client.get(f"/b/{made.tokens[0]}{path}").status_code == 200
    assert len(seen) <= most, "\n".join(seen)


def test_saving_an_answer_is_one_write(app: Flask, client: CheckedClient, made: MadeRound) -> None:
    code = form_of(asked_of(app, made.tokens[0])).page(1).codes[0]

    def save(score: int) -> None:
        sent = {"page": "1", "answers": {code: score}}
        assert client.post(f"/b/{made.tokens[0]}/antwoord", json=sent).status_code == 200

    save(2)
    with statements(app) as seen:
        save(3)
    assert len(seen) <= 4, "\n".join(seen)
    assert sum(not statement.startswith("SELECT") for statement in seen) == 1
