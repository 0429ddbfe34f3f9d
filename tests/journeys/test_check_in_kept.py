"""A tussenstand that is kept while it is filled in: offline, in two windows, and thrown away."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select

from app.checkins.models import CheckIn
from app.db import db
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.records import make_check_in, make_goal, make_plan


def test_nothing_that_she_typed_is_lost(app: Flask, windows: Windows, begeleider: Persona,
                                        teamleider: Persona) -> None:
    goal_id = make_goal(app, begeleider).goal_id
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    address = f"/tussenstand/{make_check_in(app, begeleider, teamleider, plan_id, shown=False)}"
    jet = windows.open("phone")
    sign_in(jet, begeleider)
    jet.goto(address)
    mark = jet.locator("[data-mark]")
    expect(mark).to_be_hidden()
    jet.locator("#better").fill("Als er haast is, begin ik te snel.")
    expect(mark).to_contain_text("Bewaard om")
    with jet.expect_response("**/veld"):        # a page asked for before the answer would show what was so then
        jet.locator("label.tile", has_text="Zit vast").click()
    expect(jet.locator(".if-stuck")).to_be_visible()
    jet.reload()
    expect(jet.locator("#better")).to_have_value("Als er haast is, begin ik te snel.")
    expect(jet.locator(f"input[name=tile-{goal_id}][value=zit-vast]")).to_be_checked()
    assert_accessible(jet)

    jet.context.set_offline(True)
    jet.locator("#next_up").fill("In de trein geschreven.")
    expect(mark).to_contain_text("Geen verbinding")
    jet.context.set_offline(False)
    expect(mark).to_contain_text("Weer verbinding", timeout=20_000)
    with app.app_context():
        assert db.session.scalars(select(CheckIn.next_up)).one() == "In de trein geschreven."

    desk = jet.context.new_page()
    desk.goto(address)
    desk.locator("#reached").fill("Eén van de twee.")
    expect(desk.locator("[data-mark]")).to_contain_text("Bewaard om")
    jet.locator("#better").fill("Haast.")
    expect(mark).to_contain_text("staat ook op een andere plek open")
    expect(jet.locator("#reached")).to_have_value("Eén van de twee.")
    jet.get_by_role("button", name="Bewaar", exact=True).click()
    expect(jet.get_by_role("status").get_by_text("Bewaard, samen met wat er intussen bij kwam.")).to_be_visible()

    follow(jet.get_by_role("link", name="Gooi deze tussenstand weg"))
    assert_accessible(jet)
    follow(jet.get_by_role("button", name="Gooi weg"))
    expect(jet.get_by_text("De tussenstand is weggegooid.")).to_be_visible()


def test_the_reaction_is_kept_too(app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona) -> None:
    make_goal(app, begeleider)
    plan_id = make_plan(app, begeleider, teamleider, running=True)
    address = f"/tussenstand/{make_check_in(app, begeleider, teamleider, plan_id)}"
    tom = windows.open("phone")
    sign_in(tom, teamleider)
    tom.goto(address)
    mark = tom.locator("[data-mark]")
    expect(mark).to_be_hidden()
    tom.locator("#reaction").fill("Ik zie rust in je startgesprekken.")
    expect(mark).to_contain_text("Bewaard om")
    assert_accessible(tom)
    tom.reload()
    expect(tom.locator("#reaction")).to_have_value("Ik zie rust in je startgesprekken.")

    tom.context.set_offline(True)
    tom.locator("#reaction").fill("Ik zie rust. In de trein geschreven.")
    expect(mark).to_contain_text("Geen verbinding")
    tom.context.set_offline(False)
    expect(mark).to_contain_text("Weer verbinding", timeout=20_000)
    with app.app_context():
        assert db.session.scalars(select(CheckIn.reaction)).one() == "Ik zie rust. In de trein geschreven."

    tom.get_by_role("button", name="Dit klopt, leg het vast").click()
    expect(tom.get_by_text("Jij hebt bevestigd. Nu Jet nog.").first).to_be_visible()
    expect(tom.locator("[data-mark]")).to_have_count(0)
