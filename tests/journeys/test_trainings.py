"""From a plan of HR to what people thought of it: planned, proposed, accepted, attended and evaluated in a browser."""

from __future__ import annotations

import datetime as dt
import re

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app.db import db
from app.trainings.lifecycle import EnrolmentState
from app.trainings.models import Meeting
from app.web.formats import now, today
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona, make_person
from tests.support.sessions import envelopes, make_session, put, standing
from tests.support.trainings import ENTRY, make_training


def title_is(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_text(text)


def planned(page: Page, training_id: int) -> int:
    """HR plans one day, in three weeks."""
    page.goto(f"/opleidingen/aanbod/{training_id}")
    follow(page.get_by_role("link", name="Plan een bijeenkomst"))
    title_is(page, "Plan een bijeenkomst")
    page.get_by_label("Dag 1").fill((today() + dt.timedelta(days=21)).isoformat())
    page.get_by_role("button", name="Bewaar deze bijeenkomst").click()
    expect(page.get_by_role("alert")).to_contain_text("wanneer het begint")
    assert_accessible(page)
    page.get_by_role("group", name="Dag 1").get_by_label("Van").fill("09:30")
    page.get_by_role("group", name="Dag 1").get_by_label("Tot").fill("16:30")
    page.get_by_role("button", name="Nog een dag").click()
    expect(page.get_by_label("Dag 4")).to_be_visible()
    page.get_by_label("Plaats", exact=False).first.fill("Zaal 2")
    page.get_by_label("Aantal plaatsen").fill("8")
    page.get_by_role("button", name="Bewaar deze bijeenkomst").click()
    expect(page.get_by_role("status")).to_contain_text("De bijeenkomst is gepland.")
    assert_accessible(page)
    found = re.search(r"(\d+)$", page.url)
    assert found
    return int(found[1])


def passes(app: Flask, session_id: int) -> None:
    """Its day has come and gone."""
    with app.app_context():
        begin = now() - dt.timedelta(days=1)
        db.session.execute(update(Meeting).where(Meeting.session_id == session_id)
                           .values(begins_at=begin, ends_at=begin + dt.timedelta(hours=7)))
        db.session.commit()


def test_from_plan_to_evaluation(app: Flask, windows: Windows, organisation_id: int, team_id: int, hr: Persona,
                                 teamleider: Persona) -> None:
    training_id = make_training(app, organisation_id)
    jet = make_person(app, organisation_id, works_in=[team_id], name="Jet Jansen")
    office, tom, phone = windows.open(), windows.open(), windows.open("phone")
    sign_in(office, hr)
    session_id = planned(office, training_id)

    sign_in(tom, teamleider)
    tom.goto("/opleidingen")
    assert_accessible(tom)
    follow(tom.get_by_role("region", name="Wat er gepland is").get_by_role("link", name=ENTRY.title))
    tom.get_by_label("Jet Jansen").check()
    tom.get_by_role("button", name="Stel het voor").click()
    expect(tom.get_by_role("status")).to_contain_text("Voorgesteld aan 1 persoon")
    assert_accessible(tom)
    office.reload()
    expect(office.get_by_text("Jet Jansen")).to_have_count(0)

    sign_in(phone, jet)
    follow(phone.get_by_role("link", name="Bekijk het voorstel"))
    assert_accessible(phone)
    phone.get_by_role("button", name="Meld me aan").click()
    expect(phone.get_by_role("status")).to_contain_text("Je bent ingeschreven.")
    assert_accessible(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="Zet het in je agenda").click()
    assert download.value.suggested_filename == "opleiding.ics"
    phone.goto("/opleidingen")
    assert_accessible(phone)

    passes(app, session_id)
    office.reload()
    expect(office.get_by_text("Jet Jansen")).to_be_visible()
    follow(office.get_by_role("link", name="Leg vast wie erbij was"))
    assert_accessible(office)
    office.get_by_role("button", name="Leg dit vast").click()
    expect(office.get_by_role("status")).to_contain_text("Vastgelegd wie erbij was.")
    assert_accessible(office)

    phone.goto("/start")
    follow(phone.get_by_role("link", name="Zeg wat je ervan vond"))
    assert_accessible(phone)
    for number in range(5):
        phone.get_by_role("radio", name="Mee eens", exact=True).nth(number).check()
    phone.get_by_label("Wat moet blijven").fill("Meer oefenen.")
    phone.get_by_role("button", name="Verstuur").click()
    expect(phone.get_by_role("status")).to_contain_text("Dank je wel.")
    assert_accessible(phone)
    assert sorted(kind for kind, _box in envelopes(app, session_id).values()) == ["scores", "words"]
    follow(phone.get_by_role("link", name="Mijn bewijs"))
    expect(phone.get_by_role("link", name=f"Gevolgd: {ENTRY.title}")).to_be_visible()


def test_the_waiting_list_and_calling_off(app: Flask, windows: Windows, organisation_id: int, hr: Persona,
                                          begeleider: Persona) -> None:
    session_id = make_session(app, organisation_id, 20, places=1)
    put(app, session_id, make_person(app, organisation_id), EnrolmentState.ENROLLED)
    phone, office = windows.open("phone", color_scheme="dark"), windows.open()
    sign_in(phone, begeleider)
    phone.goto(f"/opleidingen/bijeenkomst/{session_id}")
    phone.get_by_role("button", name="Zet me op de wachtlijst").click()
    expect(phone.get_by_role("status")).to_contain_text("Je staat op de wachtlijst.")
    assert_accessible(phone)
    assert standing(app, session_id)[begeleider.id].state == EnrolmentState.WAITING
    sign_in(office, hr)
    office.goto(f"/opleidingen/bijeenkomst/{session_id}")
    follow(office.get_by_role("link", name="Zeg af"))
    assert_accessible(office)
    office.get_by_role("button", name="Zeg de bijeenkomst af").click()
    expect(office.get_by_role("status")).to_contain_text("De bijeenkomst gaat niet door.")
    phone.reload()
    expect(phone.get_by_text("Deze bijeenkomst gaat niet door.")).to_be_visible()
    assert_accessible(phone)
