"""A tussenstand in two browsers: hers on a phone, his on a desk. From the start page to fixed, in three windows."""

from __future__ import annotations

import datetime as dt

from flask import Flask
from playwright.sync_api import Page, expect
from sqlalchemy import update

from app.db import db
from app.development.models import Plan
from app.web.formats import now, today
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.records import make_goal, make_measurement, make_plan


def press(page: Page, name: str) -> None:
    follow(page.get_by_role("button", name=name, exact=True))


def keeps_a_plan(app: Flask, begeleider: Persona, teamleider: Persona) -> int:
    """A goal in a plan that began eleven weeks ago."""
    make_measurement(app, begeleider)
    goal = make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    with app.app_context():
        db.session.execute(update(Plan).where(Plan.id == plan_id).values(
            started_at=now() - dt.timedelta(weeks=11), ends_on=today() + dt.timedelta(weeks=30)))
        db.session.commit()
    return goal.goal_id


def test_two_people_look_how_it_goes(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona
) -> None:
    goal_id = keeps_a_plan(app, begeleider, teamleider)
    jet, tom = windows.open("phone"), windows.open("desktop", color_scheme="dark")
    sign_in(jet, begeleider)
    sign_in(tom, teamleider)

    jet.goto("/ontwikkelplan")
    expect(jet.get_by_text("Tijd voor een tussenstand")).to_be_visible()
    assert_accessible(jet)
    press(jet, "Maak mijn tussenstand")
    expect(jet.get_by_role("heading", name="Tussenstand 1")).to_be_visible()
    stuck, done = jet.get_by_text("Zit het vast?"), jet.get_by_text("Klaar ermee?")
    expect(stuck).to_be_hidden()
    jet.get_by_label("Zit vast").check()
    expect(stuck).to_be_visible()
    expect(done).to_be_hidden()
    jet.get_by_label("Klaar", exact=True).check()
    expect(done).to_be_visible()
    expect(stuck).to_be_hidden()
    jet.get_by_label("Zit vast").check()
    jet.get_by_label("Wat verandert er?").fill("Ik vraag iemand om mee te kijken.")
    jet.get_by_label("Wat ging goed?").fill("Twee startgesprekken.")
    assert_accessible(jet)
    address = jet.url
    expect(jet.locator("[data-mark]")).to_contain_text("Bewaard om")
    other = jet.context.new_page()
    other.goto(address)
    expect(other.get_by_label("Wat ging goed?")).to_have_value("Twee startgesprekken.")
    other.get_by_label("Wat ging goed?").fill("Twee startgesprekken, en iets anders.")
    jet.evaluate("dispatchEvent(new Event('focus'))")       # what is typed in the second tab is for that one to send
    press(other, "Bewaar en laat het zien aan Tom Bakker")
    expect(other.get_by_role("status").first).to_contain_text("Tom Bakker kan je tussenstand nu lezen")
    assert_accessible(other)

    tom.goto("/start")
    assert_accessible(tom)
    follow(tom.get_by_role("link", name="Lees de tussenstand van Jet de Vries"))
    expect(tom.get_by_text("Ik vraag iemand om mee te kijken.")).to_be_visible()
    assert_accessible(tom)
    tom.get_by_label("Jouw reactie").fill("Ik kijk woensdag mee.")
    press(tom, "Dit klopt, leg het vast")
    expect(tom.get_by_role("status").first).to_contain_text("Nu Jet nog.")

    jet.goto("/start")
    assert_accessible(jet)
    follow(jet.get_by_role("link", name="Lees en bevestig"))
    expect(jet.get_by_text("Ik kijk woensdag mee.")).to_be_visible()
    press(jet, "Dit klopt, leg het vast")
    expect(jet.get_by_text("en Tom Bakker.")).to_be_visible()
    assert_accessible(jet)
    tom.goto(address)
    expect(tom.get_by_text("en Tom Bakker.")).to_be_visible()
    expect(tom.get_by_role("button", name="Bewaar")).to_have_count(0)
    assert_accessible(tom)
    jet.goto(f"/ontwikkelplan/doelen/{goal_id}")
    expect(jet.locator("section[aria-labelledby=effect]")).to_contain_text("Tussenstand 1")


def test_without_scripts_it_goes_the_same_way(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona
) -> None:
    keeps_a_plan(app, begeleider, teamleider)
    jet = windows.open("phone", java_script_enabled=False)
    jet.goto("/inloggen")
    sign_in(jet, begeleider)
    press(jet, "Maak mijn tussenstand")
    jet.get_by_label("Op gang").check()
    press(jet, "Bewaar en laat het zien aan Tom Bakker")
    expect(jet.get_by_role("status").first).to_contain_text("Tom Bakker kan je tussenstand nu lezen")
    press(jet, "Dit klopt, leg het vast")
    expect(jet.get_by_text("Jij hebt bevestigd.").last).to_be_visible()
