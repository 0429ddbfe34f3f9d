"""Practice tools in a real browser, filled in as seed/ describes them: with a script and without, offline, two tabs."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.practice.tools import FIRST_PHASE, Field, Tool
from app.practice.values import stored
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.practice import CANVAS, TOOLS, an_answer, answers_for, make_sheet, stored_answers

SAVED = re.compile(r"^(Weer verbinding\. Alles is b|B)ewaard om \d\d\.\d\d")


def mark(page: Page) -> Any:
    return page.locator("[data-mark] > span")


def begin(page: Page, tool: Tool) -> int:
    page.goto("/praktijk")
    follow(page.get_by_role("link", name=f"Begin met {tool.name}"))
    page.get_by_role("main").get_by_role("button", name="Begin").click()
    page.wait_for_url("**/praktijk/blad/*")
    return int(page.url.rsplit("/", 1)[1])


def typed(kind: str, text: str) -> str:
    return text.replace(".", ",") if kind in ("number", "amount") else text


def fill_in(page: Page, field: Field, *, scripted: bool) -> None:
    """Fills in one field as a person would, with what `an_answer` says."""
    answer: Any = an_answer(field)
    at = f"f-{field.code}"
    if field.type == "list":
        for number, row in enumerate(answer):
            cell = page.locator(f"[id='{at}-{number}-{field.columns[0].code}']")
            if not cell.count():
                button = page.locator(f"button[name=meer][value='{field.code}']")
                if scripted:
                    button.click()
                else:
                    with page.expect_navigation():
                        button.click()
            for column in field.columns:
                page.locator(f"[id='{at}-{number}-{column.code}']").fill(typed(column.type, row[column.code]))
    elif field.type in ("choice", "slider", "scale"):
        page.locator(f"input[name='{at}'][value='{answer}']").check()
    elif field.type == "multiple":
        for code in answer:
            page.locator(f"input[name='{at}'][value='{code}']").check()
    else:
        page.locator(f"[id='{at}']").fill(typed(field.type, answer))


def what_is_stored(app: Flask, person: Persona, sheet_id: int, codes: set[str]) -> dict[str, Any]:
    return {code: value for code, value in stored_answers(app, person, sheet_id).items() if code in codes}


@pytest.mark.parametrize("scripted", [True, False], ids=["script", "no-script"])
@pytest.mark.parametrize("code", TOOLS)
def test_every_tool_is_filled_in_completely(app: Flask, windows: Windows, begeleider: Persona, code: str,
                                            scripted: bool) -> None:
    tool = TOOLS[code]
    page = windows.open("desktop" if scripted else "phone", java_script_enabled=scripted)
    sign_in(page, begeleider)
    sheet_id = begin(page, tool)
    if scripted:
        assert_accessible(page)
    for field in tool.of_phase(FIRST_PHASE):
        fill_in(page, field, scripted=scripted)
    wanted = {key: stored(value) for key, value in answers_for(tool).items()}
    if scripted:
        page.keyboard.press("Tab")
        expect(mark(page)).to_have_text(SAVED)
        assert what_is_stored(app, begeleider, sheet_id, set(wanted)) == wanted       # before any button was pressed
    with page.expect_navigation():
        page.get_by_role("button", name="Kijk na en rond af").click()
    assert what_is_stored(app, begeleider, sheet_id, set(wanted)) == wanted
    if scripted:
        assert_accessible(page)
    for check in tool.checks:
        page.get_by_label(check.text).check()
    with page.expect_navigation():
        page.get_by_role("button", name="Rond dit blad af").click()
    expect(page.get_by_text("Je blad is afgerond.")).to_be_visible()
    if scripted:
        assert_accessible(page)
    later = [field for phase in tool.later_phases for field in tool.of_phase(phase)]
    if later:
        if page.locator("details.phase").get_attribute("open") is None:
            page.locator("details.phase summary").click()
        for field in later:
            fill_in(page, field, scripted=scripted)
        if scripted:
            page.keyboard.press("Tab")
            expect(mark(page)).to_have_text(SAVED)
        with page.expect_navigation():
            page.get_by_role("button", name="Bewaar", exact=True).last.click()
        wanted |= {field.code: stored(an_answer(field)) for field in later}
    answers = stored_answers(app, begeleider, sheet_id)
    assert answers.pop("closing-check") == [check.code for check in tool.checks]
    assert answers == wanted
    page.goto(f"/praktijk/blad/{sheet_id}/lezen")
    expect(page.get_by_text("Niet ingevuld")).to_have_count(0)
    if scripted:
        assert_accessible(page)


def test_every_page_on_phone_and_desktop(app: Flask, page: Page, begeleider: Persona) -> None:
    busy = make_sheet(app, begeleider, answers={"aanleiding": "De moeder van Sanne Visser belt."})
    done = make_sheet(app, begeleider, "onderhandelvoorbereiding", finished=True)
    sign_in(page, begeleider)
    for address in ("/praktijk", f"/praktijk/hulpmiddel/{CANVAS}", "/praktijk/hulpmiddel/offerte-opbouw",
                    f"/praktijk/blad/{busy.sheet_id}", f"/praktijk/blad/{busy.sheet_id}/afronden",
                    f"/praktijk/blad/{busy.sheet_id}/lezen", f"/praktijk/blad/{busy.sheet_id}/weggooien",
                    f"/praktijk/blad/{done.sheet_id}", "/praktijk/traject/nieuw",
                    f"/praktijk/traject/{busy.traject_id}", f"/praktijk/traject/{busy.traject_id}/bewerken"):
        page.goto(address)
        assert_accessible(page)
    page.goto(f"/praktijk/blad/{busy.sheet_id}")
    page.locator("[id=f-datum]").evaluate("field => (field.type = 'text')")
    page.locator("[id=f-datum]").fill("morgen")
    page.keyboard.press("Tab")
    expect(page.locator("[id=f-datum-fout]")).to_contain_text("Schrijf de datum als 30-9-2027")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar", exact=True).last.click()
    expect(page.locator(".errors")).to_be_focused()
    assert_accessible(page)


def test_a_slider_by_keyboard(app: Flask, windows: Windows, begeleider: Persona) -> None:
    page = windows.open("desktop")
    sign_in(page, begeleider)
    sheet_id = begin(page, TOOLS[CANVAS])
    axis = page.get_by_role("group", name="Waar ligt het accent?")
    expect(axis.get_by_label("Nog niet gekozen")).to_be_checked()
    axis.get_by_label("Nog niet gekozen").focus()
    page.keyboard.press("ArrowRight")                               # goes round to the first place
    expect(axis.get_by_label("helemaal leerlinggericht")).to_be_checked()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(axis.get_by_label("leerlinggericht 70, systeemgericht 30")).to_be_checked()
    expect(mark(page)).to_have_text(SAVED)
    assert stored_answers(app, begeleider, sheet_id)["as-gerichtheid"] == 30
    axis.get_by_text("Nog niet gekozen").click()
    expect(mark(page)).to_have_text(SAVED)
    page.reload()
    assert "as-gerichtheid" not in stored_answers(app, begeleider, sheet_id)


def test_rows_with_a_script(app: Flask, page: Page, begeleider: Persona) -> None:
    sheet_id = make_sheet(app, begeleider).sheet_id
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet_id}")
    who = page.get_by_role("group", name="Wie doet wat?")
    for number, name in enumerate(("Leraar", "Ouders", "Begeleider"), 1):
        if number > 1:
            who.get_by_role("button", name="Nog een rij").click()
            expect(who.get_by_label(f"Wie, rij {number}", exact=True)).to_be_focused()
        who.get_by_label(f"Wie, rij {number}", exact=True).fill(name)
    who.get_by_role("button", name=re.compile(r"^Haal weg\s*, rij 2$")).click()
    expect(who.get_by_role("listitem")).to_have_count(2)
    expect(mark(page)).to_have_text(SAVED)
    assert stored_answers(app, begeleider, sheet_id)["rolverdeling"] == [{"wie": "Leraar"}, {"wie": "Begeleider"}]
    assert_accessible(page)
    page.reload()
    expect(who.get_by_label("Wie, rij 2", exact=True)).to_have_value("Begeleider")


def test_a_name_is_warned_of_while_one_types(app: Flask, windows: Windows, begeleider: Persona) -> None:
    page = windows.open("phone")
    sheet_id = make_sheet(app, begeleider).sheet_id
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet_id}")
    story = page.get_by_label("Wat is er aan de hand")
    story.fill("De moeder van Sanne Visser belt.")
    warning = page.locator("[id='f-aanleiding-let-op']")
    expect(warning).to_contain_text("‘Sanne Visser’ lijkt op een naam. Je tekst is bewaard")
    assert stored_answers(app, begeleider, sheet_id)["aanleiding"] == "De moeder van Sanne Visser belt."
    assert_accessible(page)
    story.fill("De moeder belt.")
    expect(warning).to_be_hidden()


def test_a_line_that_drops_loses_nothing(app: Flask, windows: Windows, begeleider: Persona) -> None:
    page = windows.open("desktop")
    sheet_id = make_sheet(app, begeleider).sheet_id
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet_id}")
    page.context.set_offline(True)
    page.get_by_label("Waaraan merken we dat?").fill("Rust in de klas")
    page.get_by_role("group", name="Wie doet wat?").get_by_label("Wie, rij 1", exact=True).fill("Leraar")
    expect(mark(page)).to_contain_text("Geen verbinding. Wat je invult, staat op dit apparaat.")
    assert "merkbaar" not in stored_answers(app, begeleider, sheet_id)
    page.context.set_offline(False)
    expect(mark(page)).to_have_text(SAVED)
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["merkbaar"], answers["rolverdeling"]) == ("Rust in de klas", [{"wie": "Leraar"}])


def test_a_closed_tab_brings_its_text_back(app: Flask, windows: Windows, begeleider: Persona) -> None:
    page = windows.open("desktop")
    sheet_id = make_sheet(app, begeleider).sheet_id
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet_id}")
    page.route("**/veld", lambda route: route.abort())
    page.get_by_label("Waaraan merken we dat?").fill("Rust in de klas")
    expect(mark(page)).to_contain_text("Geen verbinding.")
    other = page.context.new_page()
    page.close()
    other.goto(f"/praktijk/blad/{sheet_id}")
    expect(other.get_by_label("Waaraan merken we dat?")).to_have_value("Rust in de klas")
    expect(mark(other)).to_have_text(SAVED)
    assert stored_answers(app, begeleider, sheet_id)["merkbaar"] == "Rust in de klas"


def test_two_tabs_show_what_the_other_saved(app: Flask, windows: Windows, begeleider: Persona) -> None:
    first = windows.open("desktop")
    sheet_id = make_sheet(app, begeleider).sheet_id
    sign_in(first, begeleider)
    second = first.context.new_page()
    for page in (first, second):
        page.goto(f"/praktijk/blad/{sheet_id}")
    first.get_by_label("Hulpvraag in één zin").fill("Uit de ene tab")
    first.get_by_role("group", name="Wat verwacht iedereen?").get_by_label("Wie, rij 1", exact=True).fill("Ouders")
    first.keyboard.press("Tab")
    expect(mark(first)).to_have_text(SAVED)
    second.get_by_label("Waaraan merken we dat?").fill("Uit de andere")
    second.keyboard.press("Tab")
    expect(mark(second)).to_contain_text("Dit blad staat ook op een andere plek open.")
    expect(second.get_by_label("Hulpvraag in één zin")).to_have_value("Uit de ene tab")
    expect(second.get_by_role("group", name="Wat verwacht iedereen?").get_by_label("Wie, rij 1", exact=True)) \
        .to_have_value("Ouders")
    answers = stored_answers(app, begeleider, sheet_id)
    assert (answers["hulpvraag"], answers["merkbaar"]) == ("Uit de ene tab", "Uit de andere")


def test_a_traject_from_canvas_to_offerte(app: Flask, windows: Windows, begeleider: Persona) -> None:
    """A canvas is finished, becomes a traject, and the offerte goes on from it."""
    page = windows.open("desktop")
    sign_in(page, begeleider)
    sheet_id = begin(page, TOOLS[CANVAS])
    for field in TOOLS[CANVAS].of_phase(FIRST_PHASE):
        fill_in(page, field, scripted=True)
    expect(mark(page)).to_have_text(SAVED)
    follow(page.get_by_role("link", name="Maak een traject van dit blad"))
    page.get_by_label("Sector").select_option("po")
    with page.expect_navigation():
        page.get_by_role("button", name="Bewaar dit traject").click()
    follow(page.get_by_role("link", name="Canvas verwachtingengesprek:"))
    with page.expect_navigation():
        page.get_by_role("button", name="Kijk na en rond af").click()
    with page.expect_navigation():
        page.get_by_role("button", name="Rond dit blad af").click()
    follow(page.get_by_role("link", name="Offerte-opbouw"))
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("button", name="Begin").click()
    expect(page.get_by_label("De vraag, zoals samen geformuleerd")).to_have_value("Iets over hulpvraag in één zin")
    assert sheet_id != int(page.url.rsplit("/", 1)[1])
    page.goto("/praktijk")
    expect(page.get_by_role("img", name="Waar ligt mijn accent?")).to_be_visible()
    assert_accessible(page)
