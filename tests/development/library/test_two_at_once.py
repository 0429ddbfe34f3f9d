"""Two who change one action of the organisation at the same time: what each wrote is kept, or told."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from app.competencies.seedfile import Document
from app.db import db
from app.development.models import LibraryAction
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.records import make_own_action


@pytest.fixture
def address(app: Flask, hr: Persona) -> str:
    return f"/beheer/acties/{make_own_action(app, hr)}"


@pytest.fixture
def ans(app: Flask, hr: Persona) -> CheckedClient:
    return browser_of(app, hr)


@pytest.fixture
def bo(app: Flask, beheerder: Persona) -> CheckedClient:
    return browser_of(app, beheerder)


def stored(app: Flask) -> Document:
    with app.app_context():
        own = select(LibraryAction.document).where(LibraryAction.organisation_id.is_not(None))
        return db.session.scalars(own).one()


def test_two_fields_are_both_kept(app: Flask, ans: CheckedClient, bo: CheckedClient, address: str) -> None:
    first, second = ans.get(address), bo.get(address)
    assert ans.submit(first, {"title": "Doe mee op dinsdag", "hours": "6"}, to=address).status_code == 303
    assert bo.submit(second, {"why": "Samen leer je.", "focus": ""}, to=address).status_code == 303
    found = stored(app)
    assert (found["title"], found["hours"], found["why"], found["focus"]) == (
        "Doe mee op dinsdag", 6, "Samen leer je.", None)


def test_the_same_field_is_told(app: Flask, ans: CheckedClient, bo: CheckedClient, address: str) -> None:
    first, second = ans.get(address), bo.get(address)
    ans.submit(first, {"task": "Q1", "competencies": ["VM2"], "to_level": "4"}, to=address)
    refused = bo.submit(second, {"task": "Q2", "competencies": ["VM3"], "to_level": "5"}, to=address)
    assert refused.status_code == 409
    assert "Q1" in refused.text and "Q2" in refused.text and refused.text.count("Dit staat er nu:") == 3
    assert stored(app)["task"] == "Q1"
    assert bo.submit(refused, {"task": "Q3"}, to=address).status_code == 303
    found = stored(app)
    assert (found["task"], found["competencies"], found["to_level"]) == ("Q3", ["VM3"], 5)
