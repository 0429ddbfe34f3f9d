"""A teamleider looks at her team, and at the roles that it covers; hr at those of the dienst."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import make_person
from tests.support.conversations import agree
from tests.support.needs import take_snapshot
from tests.support.rounds import make_round
from tests.support.teams import MadeTeam, make_measured_team


@pytest.fixture
def team(app: Flask) -> MadeTeam:
    made = make_measured_team(app, 6, own_view=True)
    make_round(app, made.lead, made.people[:2])
    return made


def test_from_the_start_page_to_what_somebody_is_busy_with(team: MadeTeam, page: Page) -> None:
    sign_in(page, team.lead)
    follow(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Team", exact=True))
    expect(page.get_by_role("heading", level=1, name="Team Oost")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("navigation", name="Volgorde").get_by_role("link", name="Tussenstand eerst aan de beurt"))
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(["Volgende tussenstand"])
    for shows in ("Rollen", "Onderwerpen"):
        follow(page.get_by_role("navigation", name="Wat de kolommen laten zien").get_by_role("link", name=shows))
        expect(page.get_by_role("link", name=shows).and_(page.locator("[aria-current=true]"))).to_be_visible()
        expect(page.locator("th[aria-sort=ascending]")).to_have_text(["Volgende tussenstand"])
        assert_accessible(page)
    follow(page.get_by_role("link", name="Plan van Bas"))
    expect(page.get_by_role("heading", level=1, name="Ontwikkelplan van Bas Hoekstra")).to_be_visible()
    page.goto(team.at())
    follow(page.get_by_role("link", name="Amira El Idrissi").first)
    expect(page.get_by_role("heading", level=1, name="Najaarsronde")).to_be_visible()
    expect(page.get_by_text("Profiel van Amira El Idrissi")).to_be_visible()


def test_what_if_somebody_leaves(team: MadeTeam, page: Page) -> None:
    sign_in(page, team.lead)
    page.goto(team.at())
    follow(page.get_by_role("link", name="Rollen in het team"))
    expect(page.get_by_role("row", name="Acquisiteur")).to_contain_text("Kwetsbaar")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Bas Hoekstra"))
    expect(page.get_by_text("Als Bas Hoekstra vertrekt, verandert er één rol.")).to_be_visible()
    expect(page.get_by_role("row", name="Acquisiteur")).to_contain_text("Nog niet besproken")
    assert_accessible(page)


def test_hr_reads_words(app: Flask, page: Page) -> None:
    team = make_measured_team(app, 10, waves=())
    lead = make_person(app, team.organisation_id, roles=["teamleider"])
    for person in team.people[:5]:
        agree(app, person, lead, controller=3)
    take_snapshot(app, team.organisation_id)
    sign_in(page, make_person(app, team.organisation_id, roles=["hr"]))
    page.goto("/opleidingen/rollen")
    expect(page.get_by_role("row", name="Controller").first).to_contain_text("Gedekt")
    assert_accessible(page)


def test_by_keyboard_and_without_scripts(team: MadeTeam, windows: Windows) -> None:
    """Only Tab and Enter; what has focus can be seen."""
    page = windows.open(java_script_enabled=False)
    sign_in(page, team.lead)
    page.goto(team.at())
    target = page.get_by_role("navigation", name="Volgorde").get_by_role("link", name="Langst geleden gemeten")
    for _ in range(60):
        page.keyboard.press("Tab")
        if target.evaluate("element => element === document.activeElement"):
            break
    expect(target).to_be_focused()
    assert target.evaluate("element => getComputedStyle(element).outlineStyle") != "none"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("th[aria-sort=ascending]").first).to_have_text("Meting")


@pytest.mark.parametrize("wishes", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_the_heat_map_is_read_without_its_colours(team: MadeTeam, windows: Windows, wishes: dict[str, str]) -> None:
    """Number and word stand in every cell; in the dark, and with colours of one's own."""
    page = windows.open(**wishes)
    sign_in(page, team.lead)
    page.goto(team.at())
    cells = page.locator(".heat tbody td")
    expect(cells).to_have_count(36)
    for text in cells.all_inner_texts():
        assert text.split("\n") == ["3,4", "vaak"], text
    assert_accessible(page)
