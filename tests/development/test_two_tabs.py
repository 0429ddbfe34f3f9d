"""The same form in two tabs: nothing that either keeps is written over without a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from app.db import db
from app.development.models import Goal, GoalAction
from app.dossier.models import Evidence
from app.practice.models import Traject
from tests.dossier.acts import topic
from tests.support.builders import Persona, log_in
from tests.support.pages import CheckedClient
from tests.support.practice import make_sheet
from tests.support.records import make_evidence, make_goal


@dataclass(frozen=True)
class Tabs:
    """A form: where it is read and sent, its row, and two of its fields."""

    page: str
    to: str | None
    row: type[Any]
    row_id: int
    one: str
    other: str


def goal(app: Flask, jet: Persona) -> Tabs:
    made = make_goal(app, jet)
    address = f"/ontwikkelplan/doelen/{made.goal_id}"
    return Tabs(address, address, Goal, made.goal_id, "reason", "noticed_by")


def action(app: Flask, jet: Persona) -> Tabs:
    number = make_goal(app, jet).action_ids[0]
    address = f"/ontwikkelplan/acties/{number}"
    return Tabs(address, address, GoalAction, number, "title", "note")


def evidence(app: Flask, jet: Persona) -> Tabs:
    number = make_evidence(app, jet)
    address = f"/dossier/bewijs/{number}/bewerken"
    return Tabs(address, None, Evidence, number, "title", "reflection")


def traject(app: Flask, jet: Persona) -> Tabs:
    number = make_sheet(app, jet).traject_id
    address = f"/praktijk/traject/{number}/bewerken"
    return Tabs(address, None, Traject, number, "case_code", "school")


FORMS = pytest.mark.parametrize("form", [goal, action, evidence, traject])
Form = Callable[[Flask, Persona], Tabs]


@pytest.fixture
def jet(client: CheckedClient, begeleider: Persona) -> Persona:
    log_in(client, begeleider)
    return begeleider


def stored(app: Flask, tabs: Tabs, name: str) -> Any:
    with app.app_context():
        return getattr(db.session.get_one(tabs.row, tabs.row_id), name)


def send(client: CheckedClient, tabs: Tabs, page: TestResponse, **changes: Any) -> TestResponse:
    return client.submit(page, changes, to=tabs.to)


@FORMS
def test_two_fields_are_both_kept(app: Flask, client: CheckedClient, jet: Persona, form: Form) -> None:
    tabs = form(app, jet)
    first, second = client.get(tabs.page), client.get(tabs.page)
    assert send(client, tabs, first, **{tabs.one: "Q1 van de ene kant"}).status_code == 303
    assert send(client, tabs, second, **{tabs.other: "Q2 van de andere kant"}).status_code == 303
    assert stored(app, tabs, tabs.one) == "Q1 van de ene kant"
    assert stored(app, tabs, tabs.other) == "Q2 van de andere kant"


@FORMS
def test_the_same_field_is_told(app: Flask, client: CheckedClient, jet: Persona, form: Form) -> None:
    tabs = form(app, jet)
    first, second = client.get(tabs.page), client.get(tabs.page)
    assert send(client, tabs, first, **{tabs.one: "Q1 van de ene kant"}).status_code == 303
    refused = send(client, tabs, second, **{tabs.one: "Q2 van de andere kant"})
    assert refused.status_code == 409
    assert "Er is niets kwijt" in refused.text
    assert "Dit staat er nu:" in refused.text
    assert "Q1 van de ene kant" in refused.text
    assert "Q2 van de andere kant" in refused.text
    assert stored(app, tabs, tabs.one) == "Q1 van de ene kant"
    assert send(client, tabs, refused, **{tabs.one: "Q3 van allebei"}).status_code == 303
    assert stored(app, tabs, tabs.one) == "Q3 van allebei"


@FORMS
def test_the_same_words_twice_are_once(app: Flask, client: CheckedClient, jet: Persona, form: Form) -> None:
    tabs = form(app, jet)
    page = client.get(tabs.page)
    for _ in range(2):
        assert send(client, tabs, page, **{tabs.one: "Q1 van allebei"}).status_code == 303
    assert stored(app, tabs, tabs.one) == "Q1 van allebei"


def test_what_is_chosen_and_counted_is_merged_too(app: Flask, client: CheckedClient, jet: Persona) -> None:
    tabs = goal(app, jet)
    first, second = client.get(tabs.page), client.get(tabs.page)
    assert send(client, tabs, first, hours="2,5", level_target="5", end_date="1-2-2027").status_code == 303
    assert send(client, tabs, second, budget="1.250", reason="Anders.").status_code == 303
    assert (stored(app, tabs, "hours"), stored(app, tabs, "budget")) == (2.5, 1250)
    assert stored(app, tabs, "level_target") == 5
    assert stored(app, tabs, "end_date").isoformat() == "2027-02-01"
    told = send(client, tabs, second, level_target="4", hours="3")
    assert told.status_code == 409
    assert "2,5" in told.text


def test_ticked_topics_are_told_by_name(app: Flask, client: CheckedClient, jet: Persona) -> None:
    tabs = evidence(app, jet)
    first, second = client.get(tabs.page), client.get(tabs.page)
    assert send(client, tabs, first, competencies=[topic(app, "luisteren")]).status_code == 303
    told = send(client, tabs, second, competencies=[topic(app, "luisteren"), topic(app)])
    assert told.status_code in (303, 409)
    again = client.get(tabs.page)
    assert send(client, tabs, again, competencies=[topic(app)]).status_code == 303
    told = send(client, tabs, again, competencies=[topic(app, "luisteren"), topic(app)], seen_by="teamleider")
    assert told.status_code == 409
    assert "Dit staat er nu:" in told.text
