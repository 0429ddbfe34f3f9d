"""Trajecten and beginnings: made once however often they are sent, and without a name in the code."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.db import Base, db
from app.practice.models import PracticeSheet, Traject
from tests.support.at_once import together
from tests.support.builders import Persona
from tests.support.pages import CheckedClient, browser_of
from tests.support.practice import CANVAS, make_sheet, stored_answers
from tests.support.records import make_goal

NEW = "/praktijk/traject/nieuw"
GOOD = {"case_code": "B7", "school": "De Regenboog", "sector": "", "kind": "", "systemic": "30", "resultful": "",
        "starts_on": "2027-01-11"}


def count(app: Flask, table: type[Base]) -> int:
    with app.app_context():
        return db.session.scalars(select(func.count()).select_from(table)).one()


def test_the_same_traject_three_times_is_one(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    browsers = [browser_of(app, begeleider) for _ in range(3)]
    assert together(*(lambda one=one: one.send(NEW, GOOD).status_code for one in browsers)) == [303] * 3
    assert count(app, Traject) == 1
    assert jet.send(NEW, {**GOOD, "resultful": "70"}).status_code == 303
    assert count(app, Traject) == 2
    made = jet.send(NEW, GOOD).location
    assert jet.send(f"{made}/sluiten").status_code == 303
    assert jet.send(NEW, GOOD).location != made, "the other one is done: this is a new one"


def test_the_same_sheet_three_times_is_one(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    to = f"/praktijk/hulpmiddel/{CANVAS}"
    browsers = [browser_of(app, begeleider) for _ in range(3)]
    made = together(*(lambda one=one: one.send(to, {"traject": "", "follows": ""}).location for one in browsers))
    assert len(set(made)) == 1
    assert count(app, PracticeSheet) == 1
    assert jet.submit(jet.get(made[0]), {"f-hulpvraag": "Hoe dan?"}, to=made[0], press="bewaar").status_code == 303
    assert jet.send(to, {"traject": "", "follows": ""}).location != made[0], "she wrote in that one"


@pytest.mark.parametrize("code", ["Sophie Jansen", "mevrouw Jansen", "111222333", "geboren 3-4-2015"])
def test_a_name_is_no_case_code(app: Flask, jet: CheckedClient, code: str) -> None:
    page = jet.send(NEW, {**GOOD, "case_code": code})
    assert page.status_code == 422
    assert "Kies een code waaraan niemand te herkennen is" in page.text
    assert f'value="{code}"' in page.text
    assert count(app, Traject) == 0


def test_another_code_is_written_on_the_sheets_that_have_this_one(
    app: Flask, jet: CheckedClient, begeleider: Persona
) -> None:
    made = make_sheet(app, begeleider)
    before = stored_answers(app, begeleider, made.sheet_id)
    (field,) = [code for code, value in before.items() if value == "B7"]
    changed = jet.submit(jet.get(f"/praktijk/traject/{made.traject_id}/bewerken"), {"case_code": "K12"})
    assert changed.status_code == 303
    assert stored_answers(app, begeleider, made.sheet_id) == {**before, field: "K12"}
    to = f"/praktijk/blad/{made.sheet_id}"
    assert jet.submit(jet.get(to), {f"f-{field}": "anders"}, to=to, press="bewaar").status_code == 303
    jet.submit(jet.get(f"/praktijk/traject/{made.traject_id}/bewerken"), {"case_code": "K13"})
    assert stored_answers(app, begeleider, made.sheet_id)[field] == "anders"


def test_a_name_in_a_goal_and_an_action_is_told(app: Flask, jet: CheckedClient, begeleider: Persona) -> None:
    goal = make_goal(app, begeleider)
    warned = "‘Sem de Boer’ lijkt op een naam."
    address = f"/ontwikkelplan/doelen/{goal.goal_id}"
    kept = jet.submit(jet.get(address), {"reason": "Het gesprek met Sem de Boer liep vast."}, to=address)
    assert kept.status_code == 303
    assert warned in jet.get(kept.location).text
    address = f"/ontwikkelplan/acties/{goal.action_ids[0]}"
    kept = jet.submit(jet.get(address), {"note": "Ik belde met Sem de Boer."}, to=address)
    assert warned in jet.get(kept.location).text
    kept = jet.submit(jet.get(address), {"note": "Ik belde met de leraar."}, to=address)
    assert "lijkt op een naam" not in jet.get(kept.location).text
