"""The sheets of one traject in the year, each going on from the one before it."""

from __future__ import annotations

import datetime as dt
import io
import re

import docx
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from app.practice.tools import FIRST_PHASE, Phase, Tool
from tests.journeys.test_practice import SAVED, fill_in, mark
from tests.journeys.year import Year, at, click, downloaded, go, press
from tests.support.practice import CANVAS, TOOLS, answers_for

COSTS = [("Coaching", "12,5", "€ 95,-", ""), ("Reiskosten", "", "", "47")]
TOTAL = "€ 1.493,75"


def she_works_on_a_traject(year: Year) -> None:
    """From the action to its canvas, and on to the offerte, the onderhandeling and the relatieplan."""
    jet = year.jet
    click(jet.get_by_role("link", name=TOOLS[CANVAS].name))
    press(jet, "Begin", where=jet.get_by_role("main"))
    a_canvas(jet)
    click(jet.get_by_role("link", name="Offerte-opbouw"))
    press(jet, "Begin", where=jet.get_by_role("main"))
    an_offerte(jet)
    year.clock.set(at(2026, 10, 5))
    click(jet.get_by_role("link", name="Onderhandelvoorbereiding"))
    press(jet, "Begin", where=jet.get_by_role("main"))
    a_negotiation(jet)
    click(jet.get_by_role("link", name="B7 · De Regenboog"))
    year.clock.set(at(2026, 10, 19))
    click(jet.get_by_role("link", name="Relatieplan met evaluatie", exact=True))
    follows = jet.get_by_label("Ga je verder op een eerder blad?")
    expect(follows.locator("option:checked")).to_have_text(re.compile("^Offerte-opbouw: B7"))
    press(jet, "Begin", where=jet.get_by_role("main"))
    a_relatieplan(jet)


def a_canvas(page: Page) -> None:
    """It proposes when to start and when to evaluate, and becomes a traject."""
    tool = TOOLS[CANVAS]
    starts, evaluated = (dt.date.fromisoformat(page.get_by_label(label).input_value())
                         for label in ("Startdatum uitvoering", "Datum evaluatie"))
    assert starts <= dt.date(2026, 10, 5)
    assert dt.timedelta(weeks=10) <= evaluated - starts <= dt.timedelta(weeks=13)
    page.locator("[id=f-casuscode]").fill("B7")
    page.locator("[id=f-school]").fill("De Regenboog")
    fill_rest(page, tool, "casuscode", "school", "startdatum", "evaluatiedatum")
    click(page.get_by_role("link", name="Maak een traject van dit blad"))
    expect(page.get_by_label("School")).to_have_value("De Regenboog")
    page.get_by_label("Sector").select_option("po")
    press(page, "Bewaar dit traject")
    click(page.get_by_role("link", name="Canvas verwachtingengesprek:"))
    finish(page, tool)


def an_offerte(page: Page) -> None:
    """What the canvas says stands there; the costs add up; and it is a document that one can send."""
    tool, canvas = TOOLS["offerte-opbouw"], answers_for(TOOLS[CANVAS])
    expect(page.get_by_label("Casuscode of projectnaam")).to_have_value("B7")
    expect(page.get_by_label("Opdrachtgever")).to_have_value("De Regenboog")
    expect(page.get_by_label("De vraag, zoals samen geformuleerd")).to_have_value(str(canvas["hulpvraag"]))
    results = page.get_by_role("group", name="Opbrengsten")
    expect(results.get_by_label("Doel, rij 1")).to_have_value(str(canvas["opbrengst-leerling"]))
    expect(results.get_by_label("Doel, rij 3")).to_have_value(str(canvas["opbrengst-school"]))
    expect(page.get_by_label("Wat valt buiten dit voorstel?")).to_have_value(str(canvas["afbakening"]))
    for number, row in enumerate(COSTS):
        if number:
            page.locator("button[name=meer][value=kosten]").click()
        for column, text in zip(("onderdeel", "uren", "tarief", "bedrag"), row, strict=True):
            page.locator(f"[id=f-kosten-{number}-{column}]").fill(text)
    fill_rest(page, tool, "casuscode", "opdrachtgever", "vraag", "opbrengsten", "rollen", "planning", "kosten", "btw",
              "afbakening")
    expect(page.get_by_role("region", name="Opgeteld").get_by_role("row").last).to_contain_text(TOTAL)
    finish(page, tool)
    name, file = downloaded(page, "Pdf")
    text = " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(file)).pages).split())
    assert name.startswith("offerte-b7-2026") and f"Totaal {TOTAL}" in text and "De Regenboog" in text
    assert str(canvas["hulpvraag"]) in text
    name, file = downloaded(page, "Word")
    cells = {cell.text.replace("\u00a0", " ") for table in docx.Document(io.BytesIO(file)).tables
             for row in table.rows for cell in row.cells}
    assert name.endswith(".docx") and {"Coaching", "€ 1.187,50", TOTAL} <= cells


def a_negotiation(page: Page) -> None:
    """Before the talk, and looking back on it."""
    tool = TOOLS["onderhandelvoorbereiding"]
    expect(page.get_by_label("Waarover gaat het?")).to_have_value(str(answers_for(TOOLS[CANVAS])["hulpvraag"]))
    fill_rest(page, tool, "onderwerp")
    finish(page, tool)
    later(page, tool, "after")


def a_relatieplan(page: Page) -> None:
    tool = TOOLS["relatieplan"]
    expect(page.get_by_label("School of partner")).to_have_value("De Regenboog")
    expect(page.get_by_role("radio", name="Primair onderwijs")).to_be_checked()
    fill_rest(page, tool, "school", "sector", "startdatum", "evaluatiedatum")
    finish(page, tool)


def she_evaluates_with_the_school(year: Year) -> None:
    """Thirteen weeks later, from what stands on the page of the practice."""
    jet = year.jet
    go(jet, "/praktijk")
    expect(jet.get_by_role("img", name="Waar ligt mijn accent?")).to_be_visible()
    click(jet.get_by_role("link", name="B7 · De Regenboog"))
    click(jet.get_by_role("link", name="Relatieplan met evaluatie:"))
    wanted = str(answers_for(TOOLS[CANVAS])["opbrengst-leerling"])
    goals = jet.get_by_role("group", name="welke doelen hebben we bereikt")
    expect(goals.get_by_label("Doel, rij 1")).to_have_value(wanted)
    later(jet, TOOLS["relatieplan"], "evaluation", "ev-doelen")


def fill_rest(page: Page, tool: Tool, *there: str) -> None:
    """Everything before the work but what stands there already."""
    for field in tool.of_phase(FIRST_PHASE):
        if field.code not in there:
            fill_in(page, field, scripted=True)
    page.keyboard.press("Tab")
    expect(mark(page)).to_have_text(SAVED)


def finish(page: Page, tool: Tool) -> None:
    press(page, "Kijk na en rond af")
    for check in tool.checks:
        page.get_by_label(check.text).check()
    press(page, "Rond dit blad af")
    expect(page.get_by_text("Je blad is afgerond.")).to_be_visible()


def later(page: Page, tool: Tool, phase: Phase, *there: str) -> None:
    """What is filled in when the work was done."""
    if page.locator("details.phase").get_attribute("open") is None:
        page.locator("details.phase summary").click()
    for field in tool.of_phase(phase):
        if field.code not in there:
            fill_in(page, field, scripted=True)
    page.keyboard.press("Tab")
    expect(mark(page)).to_have_text(SAVED)
    press(page, "Bewaar")
