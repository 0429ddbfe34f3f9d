"""One competency of a round, the comments and the guide in a real browser, by her and by whoever leads her."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.measurement.scale import Group
from app.measurement.scoring import Cell
from tests.profiles.released import Released, release, rich, thin
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona, make_organisation, make_person, make_team

LONG = "lang" * 120
CELLS = [
    Cell(Group.TEAM_LEAD, "VM1", 1, 4.0, {"VM1.1": 5.0, "VM1.3": 3.0}),
    rich(Group.COLLEAGUE, "VM1", 6, 2.0, {"VM1.1": 1.6, "VM1.4": 2.4}, "verdeeld"),
    thin(Group.SCHOOL, "VM1", 4, 4.5),
    rich(Group.PARENT, "helpt-het", 6, 4.4, {"SI2.2": 4.0, "RM2.2": 4.8}),
    Cell(Group.PUPIL, "helpt-het", 5, 2.8, {}, 0.4),
]
WRITTEN = [(Group.COLLEAGUE, 1, text) for text in ("<b>Fijn</b> & goed", "שלום, rustig", f"Regel 1\n{LONG}")]
ASKED = {str(group): 8 for group in (Group.COLLEAGUE, Group.SCHOOL, Group.PARENT, Group.PUPIL)} | {"teamleider": 1}


@pytest.fixture
def released(app: Flask) -> tuple[Released, Persona, Persona]:
    here = make_organisation(app)
    team = make_team(app, here)
    jet = make_person(app, here, works_in=[team], name="Jet de Vries")
    tom = make_person(app, here, roles=["teamleider"], leads=[team])
    before = [thin(Group.COLLEAGUE, "VM1", 6, 3.4), thin(Group.SCHOOL, "VM1", 4, 3.9)]
    release(app, tom, jet, before, (), ASKED, own_view=False, days_ago=400)
    return release(app, tom, jet, CELLS, WRITTEN, ASKED), jet, tom


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_she_reads_from_close_by_and_what_people_wrote(
    windows: Windows, released: tuple[Released, Persona, Persona], size: str
) -> None:
    made, jet, _tom = released
    page = windows.open(size)
    sign_in(page, jet)
    page.goto(made.at("/verwachtingen-ophalen"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Verwachtingen en wensen ophalen")
    expect(page.locator("svg.chart").first).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Lees wat mensen in eigen woorden schreven").click()
    expect(page.locator("blockquote.typed")).to_have_count(3)
    expect(page.get_by_text("<b>Fijn</b> & goed")).to_be_visible()
    expect(page.get_by_text("שלום, rustig")).to_have_css("direction", "rtl")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert_accessible(page)
    page.get_by_role("link", name="Wat kan helpen").click()
    page.wait_for_url("**/hulp/zo-lees-je-dit#raakt")
    assert_accessible(page)


def test_who_leads_her_reads_it_without_scripts(
    windows: Windows, released: tuple[Released, Persona, Persona]
) -> None:
    made, _jet, tom = released
    page = windows.open("desktop", java_script_enabled=False)
    sign_in(page, tom)
    page.goto(made.at())
    expect(page.get_by_role("heading", name="Wat leerlingen zeggen")).to_be_visible()
    page.get_by_text("Per zin, zoals ouders haar lazen").click()
    expect(page.get_by_text("4,8 of hoger")).to_be_visible()
    page.goto(made.at("/verwachtingen-ophalen"))
    expect(page.get_by_role("link", name="Maak hier een doel van")).to_have_count(0)
