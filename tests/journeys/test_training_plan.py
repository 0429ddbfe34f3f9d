"""HR plans the trainings of a year in a real browser; a teamleider proposes who could go."""

from __future__ import annotations

import re
import threading

from flask import Flask
from playwright.sync_api import Page, expect

from app.training_plans import solving
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person
from tests.support.training_plans import make_dienst


def work(app: Flask) -> None:
    """What the worker does when it is woken."""
    with app.app_context():
        solving.solve_due()


def test_from_a_new_plan_to_a_proposal(app: Flask, page: Page, windows: Windows, hr: Persona,
                                       organisation_id: int) -> None:
    dienst = make_dienst(app, organisation_id)
    noord = dienst.teams["noord"]
    lead = make_person(app, organisation_id, roles=["teamleider"], leads=[noord], name="Tom Bakker")
    make_person(app, organisation_id, works_in=[noord], name="Amira El Idrissi")
    sign_in(page, hr)
    follow(page.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Opleidingsplan"))
    assert_accessible(page)
    follow(page.get_by_role("link", name="Maak een plan"))
    assert_accessible(page)
    page.get_by_label("Budget").fill("500")
    page.locator("summary", has_text="Wat staat vast?").click()
    page.get_by_label("Leren luisteren").select_option(label="in elk geval 1 keer")
    page.get_by_role("button", name="Reken het plan uit").click()
    expect(page.get_by_role("alert")).to_contain_text(
        "Dit past niet samen: ‘Leren luisteren’ kost € 2.000 en er is € 500 te besteden."
    )
    assert_accessible(page)
    page.get_by_label("Budget").fill("€ 6.000")
    page.get_by_role("button", name="Reken het plan uit").click()
    expect(page.get_by_role("heading", name="De planner is bezig")).to_be_visible()
    expect(page.get_by_role("heading", name="Het plan: snel")).to_be_visible()
    assert_accessible(page)
    worker = threading.Thread(target=work, args=(app,))
    worker.start()
    expect(page.get_by_role("heading", name="Het plan: beste")).to_be_visible(timeout=60_000)
    worker.join()
    assert_accessible(page)
    follow(page.get_by_role("link", name=re.compile("Pas aan.*Wensen ophalen")))
    assert_accessible(page)
    page.get_by_label("Team Zuid").fill("2")
    page.get_by_role("button", name="Bewaar mijn plan").click()
    expect(page.get_by_role("heading", name="Het plan: eigen")).to_be_visible()
    expect(page.get_by_text("€ 3.500 van € 6.000")).to_be_visible()
    assert_accessible(page)
    follow(page.get_by_role("link", name="Beste"))
    expect(page.get_by_role("heading", name="Het plan: beste")).to_be_visible()
    follow(page.get_by_role("link", name="Eigen"))
    page.get_by_role("button", name="Stel dit plan vast").click()
    expect(page.get_by_role("status").first).to_contain_text("Er staan 2 bijeenkomsten in het aanbod")
    assert_accessible(page)

    theirs = windows.open("phone")
    sign_in(theirs, lead)
    theirs.goto("/opleidingen")
    follow(theirs.get_by_role("link", name="Plaatsen voor je team"))
    assert_accessible(theirs)
    theirs.get_by_role("checkbox", name="Amira El Idrissi").first.check()
    theirs.get_by_role("button", name=re.compile("Stel het voor")).first.click()
    expect(theirs.get_by_role("status").first).to_contain_text("Voorgesteld aan 1 persoon")
