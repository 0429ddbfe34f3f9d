"""Guessing and reading what came out of a round, in a real browser: at a desk and on a phone."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import expect

from app.measurement.scale import Group
from tests.profiles.released import Released, release, seen
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona


@pytest.fixture
def released(app: Flask, begeleider: Persona, teamleider: Persona) -> Released:
    release(app, teamleider, begeleider, seen(10, change=-0.9), days_ago=300, own_view=False)
    return release(app, teamleider, begeleider, [*seen(), *seen(4, groups=(Group.COLLEAGUE,))],
                   guess_first=True)


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_she_guesses_and_reads(windows: Windows, begeleider: Persona, released: Released, device: str) -> None:
    page = windows.open(device)     # refusals of the security policy fail the test
    sign_in(page, begeleider)
    page.goto(released.at())
    expect(page.get_by_role("heading", level=1)).to_have_text("Voorspel eerst")
    assert_accessible(page)
    page.get_by_role("button", name="Lees mijn profiel").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies er precies drie.")
    assert_accessible(page)
    for aspect in ("Systeeminzicht", "Zakelijk gevoel", "Relatiemanagement"):
        page.get_by_role("checkbox", name=aspect).check()
    page.get_by_role("radio", name="Systeeminzicht").check()
    page.get_by_role("button", name="Lees mijn profiel").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Najaarsronde")
    expect(page.get_by_role("heading", name="Wat je verwachtte")).to_be_visible()
    expect(page.locator(".say").first).to_contain_text("Relatiemanagement")
    page.locator(".say + details summary").first.click()
    expect(page.locator(".say + details").first.get_by_role("table")).to_be_visible()
    assert_accessible(page)
    wide = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert wide, "the page is wider than the screen"

    page.get_by_role("link", name="Collega's").first.click()
    page.wait_for_url("**erbij=collega#beeld")
    expect(page.locator(".key")).to_contain_text("Collega's")
    assert_accessible(page)


def test_without_a_script_everything_is_there(windows: Windows, begeleider: Persona, released: Released) -> None:
    page = windows.open("desktop", java_script_enabled=False)
    sign_in(page, begeleider)
    page.goto(released.at())
    page.get_by_role("button", name="Liever meteen lezen").click()
    expect(page.locator("figure[data-chart] svg.chart")).to_have_count(2)
    expect(page.get_by_role("heading", name="Wat er veranderde")).to_be_visible()


def test_a_screen_reader_hears_the_picture_and_then_its_figures(windows: Windows, begeleider: Persona,
                                                                released: Released) -> None:
    """The accessible tree, as it is read out: the sentences, each picture with its words, then the table row by row."""
    page = windows.open("desktop")
    sign_in(page, begeleider)
    page.goto(released.at())
    page.get_by_role("button", name="Liever meteen lezen").click()
    expect(page.locator("figure[data-chart] svg.chart")).to_have_count(2)
    heard = page.locator("main").aria_snapshot()
    said, picture, table = (heard.index(words) for words in (
        "Anderen zien je vooral sterk in", 'img "De zes aspecten', 'region "Dezelfde cijfers in een tabel"',
    ))
    assert said < picture < table
    assert heard.count('img "De zes aspecten') == 2
    assert "Relatiemanagement: jij" in heard
    whole = page.get_by_role("table").filter(has=page.get_by_role("columnheader", name="Aspect en onderwerp"))
    rows = whole.first.get_by_role("row")
    columns = rows.first.get_by_role("columnheader").all_inner_texts()
    assert columns[:3] == ["Aspect en onderwerp", "Jij", "Anderen"]
    first = rows.nth(1)
    assert first.get_by_role("rowheader").count() == 1
    assert first.get_by_role("cell").count() == len(columns) - 1
