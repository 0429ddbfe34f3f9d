"""A preparation in two tabs, or on two devices: nothing that either keeps is written over without a word."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.conversations.models import Preparation
from app.db import db
from tests.support.builders import Persona
from tests.support.conversations import make_conversation
from tests.support.pages import CheckedClient


@pytest.fixture
def address(app: Flask, begeleider: Persona, teamleider: Persona) -> str:
    return f"/gesprekken/{make_conversation(app, begeleider, teamleider)}/voorbereiding"


def stored(app: Flask) -> tuple[str, str, bool]:
    with app.app_context():
        found = db.session.scalars(select(Preparation)).one()
        return found.recognise, found.want, found.shared


def test_two_fields_are_both_kept(app: Flask, jet: CheckedClient, address: str) -> None:
    first, second = jet.get(address), jet.get(address)
    assert jet.submit(first, {"recognise": "Q1"}).status_code == 303
    assert jet.submit(second, {"want": "Q2"}).status_code == 303
    assert stored(app) == ("Q1", "Q2", False)


def test_the_same_field_is_told_and_nothing_of_it_is_shared(app: Flask, jet: CheckedClient, address: str) -> None:
    first, second = jet.get(address), jet.get(address)
    jet.submit(first, {"recognise": "Q1"})
    refused = jet.submit(second, {"recognise": "Q2"}, press="ja")
    assert refused.status_code == 409
    assert "Er is niets kwijt" in refused.text and "Dit staat er nu:" in refused.text
    assert "Q1" in refused.text and "Q2" in refused.text
    assert stored(app) == ("Q1", "", False)
    for _ in range(2):
        assert jet.submit(refused, {"recognise": "Q3"}, press="ja").status_code == 303
    assert stored(app) == ("Q3", "", True)
