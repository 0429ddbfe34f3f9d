"""The nabespreking in two browsers: his on a desk, hers on a phone. Planned to fixed, and the thanks."""

from __future__ import annotations

from flask import Flask
from playwright.sync_api import Locator, Page, expect

from app.web.formats import today
from tests.support.browser import Windows, assert_accessible, follow, sign_in
from tests.support.builders import Persona
from tests.support.rounds import give_measurement, make_round


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def told(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def topic(page: Page, name: str) -> Locator:
    return page.locator("details", has=page.locator("summary", has_text=name))


def test_two_people_hold_their_conversation(
    app: Flask, windows: Windows, begeleider: Persona, teamleider: Persona
) -> None:
    made = make_round(app, teamleider, [begeleider], state="released", opened_days_ago=60)
    give_measurement(app, made, groups=["zelf", "collega"])
    tom, jet = windows.open("desktop"), windows.open("phone", color_scheme="dark")
    sign_in(tom, teamleider)
    sign_in(jet, begeleider)

    follow(tom.get_by_role("navigation", name="Hoofdmenu").get_by_role("link", name="Gesprekken"))
    assert_accessible(tom)
    tom.get_by_role("link", name="Plan een gesprek").click()
    tom.get_by_label("Met wie, en waarover?").select_option(label="Jet de Vries, over Najaarsronde")
    tom.get_by_label("Dag").fill(today().isoformat())
    tom.get_by_label("Plaats").fill("Kamer 2")
    press(tom, "Zet het gesprek klaar")
    expect(tom.locator(".errors")).to_contain_text("Kies ook een tijd.")
    assert_accessible(tom)
    tom.get_by_label("Tijd").fill("23:59")
    press(tom, "Zet het gesprek klaar")
    told(tom, "Het gesprek staat klaar.")
    assert_accessible(tom)
    tom.get_by_role("link", name="Gespreksgids").click()
    expect(tom.get_by_role("heading", name="Er zijn weinig antwoorden")).to_be_visible()
    assert_accessible(tom)
    tom.go_back()

    jet.goto("/gesprekken")
    assert_accessible(jet)
    jet.get_by_role("link", name="Nabespreking met Tom Bakker").click()
    expect(jet.get_by_role("link", name="Gespreksgids")).to_have_count(0)
    follow(jet.get_by_role("link", name="Bereid je voor"))
    assert_accessible(jet)
    jet.get_by_label("Wat herken ik?").fill("Dat ik goed luister.")
    press(jet, "Bewaar")
    told(jet, "Alleen jij ziet haar.")
    tom.reload()
    expect(tom.get_by_text("Dat ik goed luister.")).to_have_count(0)
    press(jet, "Bewaar en deel met Tom")
    told(jet, "Tom kan haar lezen.")
    tom.reload()
    expect(tom.get_by_text("Dat ik goed luister.")).to_be_visible()

    follow(jet.get_by_role("link", name="Nabespreking met Tom Bakker"))
    topic(tom, "Verwachtingsmanagement").locator("summary").press("Enter")
    tom.get_by_role("radio", name="3 Zelfstandig").first.check()
    tom.get_by_label("Wat bespraken jullie?").fill("We spraken over de start.")
    assert_accessible(tom)
    press(tom, "Bewaar")
    told(tom, "Jullie zien het allebei.")
    jet.get_by_label("Wat bespraken jullie?").fill("Over verwachtingen.")
    jet.get_by_label("Wat spreken jullie af?").fill("Ik stuur het canvas vooraf.")
    press(jet, "Bewaar")
    expect(jet.locator(".errors")).to_be_focused()
    expect(jet.get_by_text("We spraken over de start.")).to_be_visible()
    expect(jet.get_by_label("Wat bespraken jullie?")).to_have_value("Over verwachtingen.")
    expect(topic(jet, "Verwachtingsmanagement").locator("summary")).to_contain_text("3 Zelfstandig")
    assert_accessible(jet)
    jet.get_by_label("Wat bespraken jullie?").fill("Over verwachtingen bij de start.")
    press(jet, "Dit klopt, leg het vast")
    told(jet, "Jij hebt bevestigd. Nu Tom nog.")

    press(tom, "Dit klopt, leg het vast")       # his page does not show what she wrote
    expect(tom.locator(".errors")).to_contain_text("Lees het na en bevestig dan opnieuw.")
    expect(tom.get_by_label("Wat spreken jullie af?")).to_have_value("Ik stuur het canvas vooraf.")
    press(tom, "Dit klopt, leg het vast")
    told(tom, "Het gesprek is vastgelegd.")
    expect(tom.get_by_text("door Jet de Vries en Tom Bakker")).to_be_visible()
    assert_accessible(tom)
    tom.get_by_role("textbox", name="Aanvulling").fill("De school belde: het canvas helpt.")
    press(tom, "Voeg toe")
    told(tom, "Je aanvulling staat erbij.")

    jet.reload()
    expect(jet.get_by_text("De school belde: het canvas helpt.")).to_be_visible()
    assert_accessible(jet)
    follow(jet.get_by_role("link", name="Schrijf een bericht"))
    assert_accessible(jet)
    jet.get_by_label("Wat wil je zeggen?").fill("Dank je wel. Ik stuur voortaan het canvas vooraf.")
    press(jet, "Bekijk hoe het aankomt")
    expect(jet.get_by_text("Jet de Vries vroeg mensen om feedback en schrijft nu:")).to_be_visible()
    assert_accessible(jet)
    press(jet, "Verstuur aan 10 mensen")
    told(jet, "Je bericht gaat nu naar alle 10 mensen die je vroeg.")
    expect(jet.get_by_role("button", name="Verstuur")).to_have_count(0)
    assert_accessible(jet)
