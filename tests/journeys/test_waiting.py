"""What waits on a device until it is kept: of another sheet, in two tabs, and when it is much."""

from __future__ import annotations

import re

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona
from tests.support.practice import CANVAS, TOOLS, at, make_sheet, stored_answers

SAVED = re.compile(r"^(Weer verbinding\. Alles is b|B)ewaard om \d\d\.\d\d")
OFFLINE = re.compile("^Geen verbinding")
LONG = [field.code for field in TOOLS[CANVAS].fields if field.type == "long"]


def mark(page: Page) -> Locator:
    return page.locator("[data-mark] > span")


def test_what_waits_for_one_sheet_outlives_a_look_at_another(
    app: Flask, windows: Windows, begeleider: Persona
) -> None:
    one, other = (make_sheet(app, begeleider).sheet_id for _ in range(2))
    page = windows.open("phone")
    sign_in(page, begeleider)
    page.goto(at(one))
    page.context.set_offline(True)
    page.locator(f"#f-{LONG[0]}").fill("In de trein geschreven.")
    expect(mark(page)).to_have_text(OFFLINE)
    context = page.context
    page.close()
    context.set_offline(False)
    again = context.new_page()
    again.goto(at(other))
    again.goto(at(one))
    expect(mark(again)).to_have_text(SAVED)
    assert stored_answers(app, begeleider, one)[LONG[0]] == "In de trein geschreven."
    assert again.evaluate("() => localStorage.length") == 0


def test_what_waits_for_ever_is_forgotten(app: Flask, windows: Windows, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider).sheet_id
    page = windows.open("phone")
    sign_in(page, begeleider)
    gone = f"blad/{begeleider.id}/{made + 1}/blad/{LONG[0]}"
    for long_ago, kept in (("40", 0), ("1", 1)):
        page.evaluate("([key, days]) => localStorage.setItem(key, JSON.stringify(['x', Date.now() - days * 864e5]))",
                      [gone, long_ago])
        page.goto(at(made))
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_function("([key, kept]) => (localStorage.getItem(key) !== null) === Boolean(kept)",
                               arg=[gone, kept])


def test_a_tab_does_not_send_what_another_types(app: Flask, windows: Windows, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider).sheet_id
    here = windows.open("desktop")
    sign_in(here, begeleider)
    here.goto(at(made))
    here.context.set_offline(True)
    here.locator(f"#f-{LONG[0]}").fill("Hier begonnen.")
    expect(mark(here)).to_have_text(OFFLINE)
    here.route("**/veld", lambda route: route.abort())      # this tab's line stays dead
    here.context.set_offline(False)
    there = here.context.new_page()
    there.goto(at(made))
    expect(there.locator(f"#f-{LONG[0]}")).to_have_value("Hier begonnen.")
    expect(mark(there)).to_have_text(SAVED)
    here.unroute("**/veld")
    there.route("**/veld", lambda route: route.abort())
    there.locator(f"#f-{LONG[0]}").fill("Daar verder geschreven.")
    expect(mark(there)).to_have_text(OFFLINE)
    here.evaluate("() => dispatchEvent(new Event('focus'))")
    here.wait_for_timeout(500)
    assert stored_answers(app, begeleider, made)[LONG[0]] == "Hier begonnen."
    there.unroute("**/veld")
    there.evaluate("() => dispatchEvent(new Event('focus'))")
    expect(mark(there)).to_have_text(SAVED)
    assert stored_answers(app, begeleider, made)[LONG[0]] == "Daar verder geschreven."


def test_much_that_waits_is_sent_too(app: Flask, windows: Windows, begeleider: Persona) -> None:
    made = make_sheet(app, begeleider).sheet_id
    page = windows.open("desktop")
    sign_in(page, begeleider)
    page.goto(at(made))
    page.context.set_offline(True)
    much = "é" * 6000
    for code in LONG:
        page.locator(f"#f-{code}").fill(much)
    expect(mark(page)).to_have_text(OFFLINE)
    page.context.set_offline(False)
    expect(mark(page)).to_have_text(SAVED)
    assert len(LONG) * 12_000 > 65_536
    assert {stored_answers(app, begeleider, made)[code] for code in LONG} == {much}
