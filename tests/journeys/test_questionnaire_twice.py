"""The questionnaire open in two places at once: two devices, two tabs, two clicks."""

from __future__ import annotations

import re
from collections.abc import Callable

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import select

from app.assessments.models import SelfAssessment
from app.db import db
from tests.assessments import acts
from tests.journeys.questionnaire import SAVED, begin, mark, on, tile
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona


def test_two_devices(windows: Windows, begeleider: Persona, stored: Callable[[int], acts.Stored]) -> None:
    here, there = windows.open("desktop"), windows.open("phone")
    assessment_id = begin(here, begeleider)
    sign_in(there, begeleider)
    there.goto(f"/zelfbeeld/{assessment_id}/{acts.VM1_PAGE}")
    tile(there, "VM1.1", 1).check()
    expect(mark(there)).to_have_text(SAVED)
    tile(here, "VM1.2", 5).check()
    expect(mark(here)).to_have_text(re.compile("staat ook op een ander apparaat open"))
    expect(tile(here, "VM1.1", 1)).to_be_checked()
    assert stored(assessment_id).answers == {"VM1.1": 1, "VM1.2": 5}
    tile(here, "VM1.3", 2).check()
    expect(mark(here)).to_have_text(SAVED)
    on(here)
    there.get_by_label("Een voorbeeld uit mijn werk").fill("op de telefoon")
    on(there)
    assert stored(assessment_id).notes["VM1"][0] == "op de telefoon"


def test_two_tabs_without_a_script(windows: Windows, begeleider: Persona,
                                   stored: Callable[[int], acts.Stored]) -> None:
    here = windows.open("desktop", java_script_enabled=False)
    assessment_id = begin(here, begeleider)
    there = here.context.new_page()
    there.goto(here.url)
    tile(there, "VM1.1", 1).check()
    on(there)
    tile(here, "VM1.1", 5).check()
    here.get_by_label("Een voorbeeld uit mijn werk").fill("hier getypt")
    here.get_by_role("button", name="Bewaar en ga verder").click()
    expect(here.get_by_role("alert")).to_contain_text("staat ook op een ander apparaat open")
    expect(here.get_by_text("Hier koos je net: Altijd. Bewaard is: (Nog) niet.")).to_be_visible()
    expect(here.get_by_text("hier getypt")).to_be_visible()
    assert stored(assessment_id).answers == {"VM1.1": 1}


def test_finished_in_another_tab(page: Page, begeleider: Persona, stored: Callable[[int], acts.Stored],
                                 app: Flask) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    tile(page, "VM1.2", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    other = page.context.new_page()
    other.goto(f"/zelfbeeld/{assessment_id}/overzicht")
    other.get_by_role("button", name="Rond mijn zelfbeeld af").click()
    other.wait_for_url("**/profiel")
    tile(page, "VM1.3", 5).check()
    expect(mark(page)).to_have_text(re.compile("al afgerond"))
    assert stored(assessment_id).packed == {"VM1.1": 1, "VM1.2": 1}
    page.get_by_role("button", name="Bewaar en ga verder").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Dit zelfbeeld is al afgerond")
    assert_accessible(page)


def test_a_double_click_on_finishing(page: Page, begeleider: Persona, app: Flask,
                                     stored: Callable[[int], acts.Stored]) -> None:
    assessment_id = begin(page, begeleider)
    tile(page, "VM1.1", 1).check()
    tile(page, "VM1.2", 1).check()
    expect(mark(page)).to_have_text(SAVED)
    page.goto(f"/zelfbeeld/{assessment_id}/overzicht")
    page.get_by_role("button", name="Rond mijn zelfbeeld af").dblclick()
    page.wait_for_url("**/profiel")
    assert stored(assessment_id).measurements == 1
    with app.app_context():
        assert len(db.session.scalars(select(SelfAssessment)).all()) == 1
