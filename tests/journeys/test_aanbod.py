"""HR keeps the aanbod in a real browser, by hand and with a file; a begeleider looks in it."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Page, expect

from app.papers.spreadsheet import separated
from app.trainings import columns, seeding
from tests.support.browser import assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.trainings import ENTRY, give_first_trainings

TITLE = "Doorvragen zonder verhoor"


def title_is(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def send(page: Page, data: bytes) -> None:
    page.get_by_role("button", name="Bestand").set_input_files(
        {"name": "aanbod.csv", "mimeType": "text/csv", "buffer": data}
    )
    page.get_by_role("button", name="Bekijk wat er verandert").click()


def fill_in(page: Page) -> None:
    page.get_by_label("Titel").fill(TITLE)
    page.locator("summary", has_text="Verwachtingsmanagement").click()
    page.get_by_role("checkbox", name="Verwachtingen en wensen ophalen").check()
    page.get_by_label("Naar niveau").select_option("3")
    page.get_by_role("radio", name="Begeleide intervisie").check()
    for label, text in (("Uren per deelnemer", "12"), ("Kosten per groep", "€ 1.200"), ("Kleinste aantal", "4"),
                        ("Grootste aantal", "8")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="Bewaar deze opleiding").click()


def test_by_hand(page: Page, hr: Persona) -> None:
    sign_in(page, hr)
    follow(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Aanbod"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="Voeg een opleiding toe"))
    page.get_by_role("button", name="Bewaar deze opleiding").click()
    expect(page.get_by_role("alert")).to_contain_text("Geef de opleiding een titel.")
    assert_accessible(page)
    fill_in(page)
    title_is(page, TITLE)
    assert_accessible(page)
    follow(page.get_by_role("link", name="Pas aan"))
    expect(page.get_by_label("Kosten per groep")).to_have_value("1200")
    assert_accessible(page)
    page.get_by_label("Wie geeft het?").fill("Bureau Noord")
    page.get_by_role("button", name="Bewaar deze opleiding").click()
    title_is(page, TITLE)
    expect(page.get_by_text("Bureau Noord")).to_be_visible()
    page.get_by_role("button", name="Bied niet meer aan").click()
    expect(page.get_by_role("button", name="Bied weer aan")).to_be_visible()


def test_with_a_file(app: Flask, page: Page, hr: Persona, organisation_id: int) -> None:
    give_first_trainings(app, organisation_id)
    sign_in(page, hr)
    page.goto("/opleidingen/aanbod")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Uit een bestand"))
    assert_accessible(page)
    good = separated(columns.table("Aanbod", [ENTRY], seeding.forms()))
    send(page, good.replace(b"VM2", b"XX9"))
    expect(page.get_by_role("alert")).to_contain_text("Regel 2, kolom ‘onderwerpen’")
    assert_accessible(page)
    send(page, good)
    title_is(page, "Wat er verandert")
    assert_accessible(page)
    page.get_by_role("button", name="Neem dit over").click()
    expect(page.get_by_role("status")).to_contain_text("1 opleiding is bijgewerkt.")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def test_looking_in_it(app: Flask, page: Page, begeleider: Persona, organisation_id: int) -> None:
    give_first_trainings(app, organisation_id)
    sign_in(page, begeleider)
    page.goto("/opleidingen")
    assert_accessible(page)
    page.get_by_label("Vorm").select_option(label="Coaching in het werk")
    page.get_by_role("button", name="Zoek").click()
    expect(page).to_have_url(re.compile("vorm=coaching"))
    follow(page.get_by_role("link", name="Meerwaarde op bestuursniveau"))
    assert_accessible(page)
