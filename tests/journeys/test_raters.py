"""Choosing whom one asks, in a real browser: she proposes, somebody else approves, she sees what was changed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person
from tests.support.rounds import make_round


@pytest.fixture
def part_id(app: Flask, begeleider: Persona, teamleider: Persona, team_id: int) -> int:
    for name in ("Noor Zwart", "Ömer Aydın", "Pien Bos", "Quint Dam"):
        make_person(app, begeleider.organisation_id, works_in=[team_id], name=name)
    for number in range(40):
        make_person(app, begeleider.organisation_id, name=f"Collega {number:02}")
    return make_round(app, teamleider, [begeleider], {}, state="choosing", opened_days_ago=-14).part_ids[0]


def nothing(_page: Page) -> None: ...


LINES = "\n".join([
    "An Bos; an@klimop.example; leraar; De Klimop", "Bo Dam; bo@klimop.example; ib; De Klimop",
    "Cor Els; cor@gmail.con", "Dik Fok; dik@linde.example; zoco; De Linde", "Els Gans; els@linde.example",
])


def propose(page: Page, part_id: int, look: Callable[[Page], None]) -> None:
    """Four colleagues, four people of schools, one line that is mended, and a critical friend."""
    page.goto(f"/feedback/{part_id}")
    look(page)
    follow(page.get_by_role("link", name="Kies mensen"))
    look(page)
    follow(page.get_by_role("link", name="Voeg collega's toe"))
    look(page)
    for name in ("Noor Zwart", "Ömer Aydın", "Pien Bos"):
        page.get_by_role("checkbox", name=name).check()
    page.get_by_label("Zoek een collega op naam").fill("collega 39")
    page.get_by_label("Zoek een collega op naam").press("Enter")
    expect(page.get_by_role("checkbox", name="Collega 39")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Noor Zwart")).to_be_checked()
    page.get_by_role("checkbox", name="Collega 39").check()
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status").filter(has_text="4 mensen zijn toegevoegd.")).to_be_visible()

    page.get_by_role("link", name="Voeg mensen van scholen toe").click()
    page.get_by_text("Meer mensen tegelijk").click()
    page.get_by_label("Wat is deze persoon voor je werk?").select_option("intern-begeleider")
    page.get_by_label("Namen en e-mailadressen").fill(LINES)
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("alert")).to_contain_text("Bedoel je cor@gmail.com?")
    look(page)
    page.get_by_label("Namen en e-mailadressen").fill("Cor Els; cor@gmail.com")
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_role("status").filter(has_text="toegevoegd.")).to_be_visible()
    page.get_by_role("button", name="Haal weg Els Gans").click()
    expect(page.get_by_text("Els Gans staat niet meer op je lijst.")).to_be_visible()
    look(page)

    page.get_by_role("button", name="Stuur mijn keuze naar Tom Bakker").click()
    expect(page.get_by_role("heading", name="Vraag je ook een kritische vriend?")).to_be_visible()
    look(page)
    page.get_by_role("checkbox", name="Bo Dam").check()
    page.get_by_role("button", name="Stuur mijn keuze naar Tom Bakker").click()
    expect(page.get_by_text("Tom Bakker kijkt je keuze na.")).to_be_visible()
    look(page)


def approve(page: Page, part_id: int) -> None:
    """One removed, one added, sheets for six pupils; then everything approved."""
    page.goto(f"/rondes/mensen/{part_id}")
    assert_accessible(page)
    row = page.get_by_role("listitem").filter(has_text="Collega 39")
    row.get_by_text("Verander").click()
    row.get_by_role("button", name="Haal weg").click()
    expect(page.get_by_text("Collega 39 wordt niet (meer) gevraagd.")).to_be_visible()
    page.get_by_label("Hoeveel bladen?").fill("6")
    page.get_by_label("Voor wie?").select_option("leerling")
    page.get_by_role("button", name="Maak bladen").click()
    expect(page.get_by_text("6 bladen staan klaar om goed te keuren.")).to_be_visible()
    page.get_by_role("button", name="Goed zo, nodig ze uit").click()
    expect(page.get_by_role("alert")).to_contain_text("Collega's: vraag er nog 1 bij")
    assert_accessible(page)
    follow(page.get_by_role("link", name="Voeg collega's toe"))
    assert_accessible(page)
    page.get_by_role("checkbox", name="Quint Dam").check()
    page.get_by_role("button", name="Voeg toe").click()
    expect(page.get_by_text("1 persoon is toegevoegd.")).to_be_visible()
    page.get_by_role("button", name="Goed zo, nodig ze uit").click()
    expect(page.get_by_text("De uitnodigingen gaan weg als de ronde begint.")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Druk de bladen af").click()
    expect(page.get_by_role("article")).to_have_count(7)
    assert_accessible(page)


def sees_what_was_changed(page: Page, part_id: int, look: Callable[[Page], None]) -> None:
    page.goto(f"/feedback/{part_id}")
    expect(page.get_by_text("Je keuze is goedgekeurd.")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Quint Dam")).to_contain_text("toegevoegd voor je")
    expect(page.get_by_role("listitem").filter(has_text="Collega 39")).to_contain_text("weggehaald")
    look(page)


@pytest.mark.parametrize(("size", "scripts"), [("desktop", True), ("phone", False)])
def test_she_proposes_and_somebody_else_approves(windows: Windows, part_id: int, begeleider: Persona,
                                                 teamleider: Persona, size: str, scripts: bool) -> None:
    look: Callable[[Page], None] = assert_accessible if scripts else nothing     # axe is a script itself
    hers = windows.open(size, java_script_enabled=scripts)
    sign_in(hers, begeleider)
    propose(hers, part_id, look)
    his = windows.open(size)
    sign_in(his, teamleider)
    approve(his, part_id)
    sees_what_was_changed(hers, part_id, look)


def test_the_forecast_follows_what_is_typed(windows: Windows, part_id: int, begeleider: Persona) -> None:
    page = windows.open("phone", color_scheme="dark")
    sign_in(page, begeleider)
    page.goto(f"/feedback/{part_id}/mensen/school")
    said = page.locator("#vooruitblik")
    expect(said).to_have_text("Met deze mensen laten we waarschijnlijk nog niets zien.")
    page.get_by_text("Meer mensen tegelijk").click()
    page.get_by_label("Namen en e-mailadressen").fill("\n".join(f"Jet {n}; j{n}@klimop.example" for n in range(10)))
    expect(said).to_have_text(re.compile(r"Met deze mensen zie je ongeveer \d+ van de 17 onderwerpen\."))
    assert_accessible(page)
    page.get_by_label("Namen en e-mailadressen").fill("")
    expect(said).to_have_text("Met deze mensen laten we waarschijnlijk nog niets zien.")
    page.get_by_label("Naam", exact=True).fill("An Bos")
    page.get_by_label("E-mailadres", exact=True).fill("an@klimop.example")
    page.get_by_label("Wat is deze persoon voor je werk?").select_option("leraar")
    page.get_by_label("E-mailadres", exact=True).press("Enter")
    expect(page.get_by_text("1 persoon is toegevoegd.")).to_be_visible()
