"""What some browsers do not have is stood in for; docs/architecture.md says in which ones the pages were tried."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect

from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona
from tests.support.practice import make_sheet

WITHOUT_FIELD_SIZING = """
  CSS.supports = name => name !== "field-sizing";
  const sheet = new CSSStyleSheet();
  sheet.replaceSync("textarea { field-sizing: fixed !important }");
  document.adoptedStyleSheets = [sheet];
"""
OUT_OF_SIGHT = "text => text.scrollHeight - text.clientHeight"
LONG = " ".join(["Moeder belt elke week en wil weten wat er op school gebeurt."] * 12)


def test_a_text_box_grows_where_the_stylesheet_cannot_make_it(
    app: Flask, windows: Windows, begeleider: Persona
) -> None:
    sheet = make_sheet(app, begeleider, answers={"aanleiding": LONG})
    page = windows.open("phone")
    page.add_init_script(WITHOUT_FIELD_SIZING)
    sign_in(page, begeleider)
    page.goto(f"/praktijk/blad/{sheet.sheet_id}")
    stored = page.locator("[id=f-aanleiding]")
    expect(stored).to_have_value(LONG)
    assert stored.evaluate(OUT_OF_SIGHT) == 0
    stored.fill(f"{LONG} {LONG}")
    assert stored.evaluate(OUT_OF_SIGHT) == 0
    cell = page.locator("[id=f-verwachtingen-0-verwacht]")
    cell.fill(LONG)
    assert cell.evaluate(OUT_OF_SIGHT) == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
