"""The beheerder's pages in a real browser."""

from __future__ import annotations

import pytest
from flask import Flask
from playwright.sync_api import Page

from app.accounts import links
from app.accounts.models import Account, LinkPurpose
from app.db import db
from tests.support.browser import Windows, assert_accessible, sign_in
from tests.support.builders import Persona, make_person


@pytest.fixture
def invited(app: Flask, organisation_id: int, team_id: int) -> Persona:
    person = make_person(app, organisation_id, works_in=[team_id], name="Noor el Amrani", invited_only=True)
    with app.app_context():
        links.make(db.session.get_one(Account, person.account_id), LinkPurpose.INVITE)
        db.session.commit()
    return person


def test_a_link_is_whole_and_can_be_copied(windows: Windows, beheerder: Persona, invited: Persona) -> None:
    page = windows.open("phone", permissions=["clipboard-read", "clipboard-write"])
    sign_in(page, beheerder)
    page.goto(f"/beheer/mensen/{invited.id}")
    link = page.locator("#link")
    assert link.evaluate("e => e.scrollWidth <= e.clientWidth")
    page.get_by_role("button", name="Kopieer de link").click()
    page.get_by_text("Gekopieerd.").wait_for()
    assert page.evaluate("() => navigator.clipboard.readText()") == link.inner_text()
    assert_accessible(page)


def test_where_the_clipboard_is_closed_the_link_is_selected(windows: Windows, beheerder: Persona,
                                                            invited: Persona) -> None:
    page = windows.open()
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    sign_in(page, beheerder)
    page.goto(f"/beheer/mensen/{invited.id}")
    page.get_by_role("button", name="Kopieer de link").click()
    page.get_by_text("De link is geselecteerd.").wait_for()
    assert page.evaluate("() => getSelection().toString()").strip() == page.locator("#link").inner_text()


def test_without_a_script_the_link_is_there_without_a_button(windows: Windows, beheerder: Persona,
                                                             invited: Persona) -> None:
    page = windows.open(java_script_enabled=False)
    sign_in(page, beheerder)
    page.goto(f"/beheer/mensen/{invited.id}")
    assert page.locator("#link").is_visible()
    assert not page.get_by_role("button", name="Kopieer de link").is_visible()


def test_what_is_missing_is_told_by_the_page_and_not_by_a_bubble(page: Page, beheerder: Persona) -> None:
    sign_in(page, beheerder)
    page.goto("/beheer/mensen/nieuw")
    page.locator("#email").fill("fout@")
    page.get_by_role("button", name="Voeg toe en nodig uit").click()
    assert "Vul een naam in." in page.locator(".errors").inner_text()
    assert "Dit is geen e-mailadres." in page.locator(".errors").inner_text()
    assert_accessible(page)
