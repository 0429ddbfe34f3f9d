"""From a canvas to an offerte that one could send: with a script, where the sums follow what is typed, and without."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from flask import Flask
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader

from tests.journeys.test_practice import SAVED, mark
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.practice import CANVAS, TOOLS, answers_for, make_sheet

COSTS = [("Coaching", "12,5", "€ 95,-", ""), ("Reiskosten", "", "", "47")]
ADDED = ["Coaching 12,5 × € 95,00€ 1.187,50", "Reiskosten € 47,00", "Subtotaal€ 1.234,50", "Btw 21 %€ 259,25",
         "Totaal€ 1.493,75"]


def added_up(page: Page) -> Locator:
    return page.get_by_role("region", name="Opgeteld")


def figures(page: Page) -> list[str]:
    """The rows as they are read, without regard to space."""
    return ["".join(row.split()) for row in added_up(page).locator("tbody tr, tfoot tr").all_inner_texts()]


def downloaded(page: Page, link: str) -> tuple[str, bytes]:
    with page.expect_download() as got:
        page.get_by_role("link", name=link, exact=True).click()
    path = got.value.path()
    return got.value.suggested_filename, Path(path).read_bytes()


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
def test_from_a_canvas_to_a_document(app: Flask, windows: Windows, begeleider: Persona, scripted: bool) -> None:
    canvas = make_sheet(app, begeleider, finished=True, answers={"casuscode": "B7", "school": "De Regenboog"})
    page = windows.open("desktop" if scripted else "phone", java_script_enabled=scripted)
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{canvas.sheet_id}")
    follow(page.get_by_role("link", name="Offerte-opbouw"))
    follow(page.get_by_role("main").get_by_role("button", name="Begin"))
    expect(page.get_by_text("Dit namen we over:")).to_be_visible()
    asked = str(answers_for(TOOLS[CANVAS])["hulpvraag"])
    expect(page.get_by_label("De vraag, zoals samen geformuleerd")).to_have_value(asked)
    expect(page.get_by_role("radio", name="21 %", exact=True)).to_be_checked()
    for number, row in enumerate(COSTS):
        if number:
            more = page.locator("button[name=meer][value=kosten]")
            more.click() if scripted else follow(more)
        for column, text in zip(("onderdeel", "uren", "tarief", "bedrag"), row, strict=True):
            page.locator(f"[id=f-kosten-{number}-{column}]").fill(text)
    page.get_by_role("group", name="Invulling van de begeleiding").get_by_label("Uren, rij 1").fill("12")
    if scripted:
        expect(added_up(page).get_by_role("row").last).to_contain_text("€ 1.493,75")       # no button was pressed
        expect(added_up(page)).to_contain_text("staan 12 uren, bij ‘Kosten’ 12,5. Dat kan kloppen")
        expect(mark(page)).to_have_text(SAVED)
        assert_accessible(page)
    else:
        follow(page.get_by_role("button", name="Bewaar", exact=True).last)
    wanted = ["".join(row.split()) for row in ADDED]
    assert figures(page) == wanted
    page.reload()
    assert figures(page) == wanted                          # a script shows the same as the page itself
    page.get_by_role("radio", name="9 %", exact=True).check()
    if not scripted:
        follow(page.get_by_role("button", name="Bewaar", exact=True).last)
    expect(added_up(page).get_by_role("row").last).to_contain_text("€ 1.345,61")           # 1234,50 and 111,105
    name, data = downloaded(page, "Pdf")
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(data)).pages).split())
    assert name.startswith("offerte-b7-concept-") and name.endswith(".pdf")
    assert "Totaal € 1.345,61" in text and "De Regenboog" in text and "Dat kan kloppen" not in text
    name, data = downloaded(page, "Word")
    assert name.startswith("offerte-b7-concept-") and name.endswith(".docx")
    cells = [cell.text for table in docx.Document(io.BytesIO(data)).tables for row in table.rows for cell in row.cells]
    amounts = {cell.replace("\u00a0", " ") for cell in cells}
    assert {"€ 1.187,50", "€ 1.234,50", "€ 111,11", "€ 1.345,61"} <= amounts


def test_figures_that_are_under_way_are_pale_and_come_back(app: Flask, windows: Windows, begeleider: Persona) -> None:
    page = windows.open("desktop")
    sheet_id = make_sheet(app, begeleider, "offerte-opbouw").sheet_id
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet_id}")
    page.context.set_offline(True)
    page.locator("[id=f-kosten-0-bedrag]").fill("100")
    expect(mark(page)).to_contain_text("Geen verbinding.")
    expect(added_up(page).get_by_text("tellen we opnieuw")).to_be_visible()
    page.context.set_offline(False)
    expect(added_up(page).get_by_role("row").last).to_contain_text("€ 121,00")
    expect(added_up(page).get_by_text("tellen we opnieuw")).to_be_hidden()
    page.locator("[id=f-kosten-0-bedrag]").fill("-5")
    page.keyboard.press("Tab")
    expect(page.locator("[id=f-kosten-fout]")).to_contain_text("Rij 1, bedrag: Dit is minder dan nul.")
    expect(added_up(page).get_by_text("tellen we opnieuw")).to_be_visible()
    assert_accessible(page)
    page.locator("[id=f-kosten-0-bedrag]").fill("<b>")
    page.locator("[id=f-kosten-0-bedrag]").fill("1")
    page.locator("[id=f-kosten-0-onderdeel]").fill("<b>vet</b>")
    expect(added_up(page)).to_contain_text("<b>vet</b>")
    expect(added_up(page).get_by_role("row").last).to_contain_text("€ 1,21")
