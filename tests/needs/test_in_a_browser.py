"""The behoefte as hr meets it: on a desk and on a phone, without anything that is hard to read."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Page, expect

from tests.support.browser import assert_accessible, sign_in
from tests.support.builders import Persona, make_person
from tests.support.needs import measured, settle, take_snapshot


def test_hr_reads_the_behoefte_and_its_settings(app: Flask, page: Page, hr: Persona, team_id: int) -> None:
    people = [make_person(app, hr.organisation_id, works_in=[team_id]).id for _ in range(8)]
    measured(app, hr.organisation_id, {person: {"VM1": 2.0, "VM2": 3.5, "AC1": 3.0, "AC2": 2.6} for person in people})
    settle(app, hr.organisation_id, ["opleiding"])
    take_snapshot(app, hr.organisation_id)
    sign_in(page, hr)
    page.goto("/opleidingen/behoefte")
    expect(page.get_by_role("img", name="Belang en verschil per aspect")).to_be_attached()
    expect(page.get_by_role("heading", name="Wie een opleiding volgde, en wie niet")).to_be_visible()
    assert_accessible(page)
    page.goto("/opleidingen/momentopnamen/uitsplitsing")
    expect(page.get_by_role("heading", name="Uitsplitsing")).to_be_visible()
    assert_accessible(page)
    page.goto("/opleidingen/momentopnamen")
    page.get_by_role("button", name="Neem een momentopname").click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
