"""A year of one begeleider in a real browser: from what came out of a round to what became of her goal."""

from __future__ import annotations

import datetime as dt
import re

import icalendar
import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from app.measurement.scale import Group
from tests.development.support import IF_THEN
from tests.journeys import year_check_ins
from tests.journeys.year import PLAN, Year, at, click, downloaded, go, press, told
from tests.journeys.year_practice import she_evaluates_with_the_school, she_works_on_a_traject
from tests.profiles.released import release, rich
from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona
from tests.support.clock import Clock, beginning
from tests.support.conversations import make_conversation

BEHAVIOUR = "Bij elke start vraag ik ieder apart wat die verwacht"
TOPIC = "Verwachtingen en wensen ophalen"
EVIDENCE = ("Het canvas van B7", "Na het startgesprek")
LEARNT = "Ik vroeg door tot ieder had gezegd wat die hoopt."
LINE = ("Feedbackronde: 2,4", "Doel gemaakt", "2 Ontwikkelend, met", *EVIDENCE, "Tussenstand 1: Op gang",
        "Korte vraag: Wie antwoordden", "Tussenstand 2: Gaat goed", "Feedbackronde: 3,6", "3 Zelfstandig, met")
STATEMENTS = ("VM1.1", "VM1.2", "VM1.3")
DAY = dt.date(2026, 10, 12)
clock = beginning(at(2026, 9, 11))


@pytest.fixture
def year(app: Flask, clock: Clock, windows: Windows, begeleider: Persona, teamleider: Persona) -> Year:
    jet, tom = windows.open("phone"), windows.open("desktop")
    return Year(app, clock, windows, begeleider, teamleider, jet, tom)


def test_a_year(year: Year) -> None:
    a_round_is_released(year, 2.4)
    year.clock.set(at(2026, 9, 14))
    sign_in(year.jet, year.begeleider)
    sign_in(year.tom, year.teamleider)
    she_chooses_a_goal(year)
    they_agree_on_the_plan(year)
    she_does_an_action(year)
    she_works_on_a_traject(year)
    she_keeps_evidence(year)
    year.clock.set(at(2026, 11, 30))
    year_check_ins.the_first(year)
    year.clock.set(at(2027, 1, 18))
    she_evaluates_with_the_school(year)
    year.clock.set(at(2027, 2, 15))
    year_check_ins.the_second(year)
    year.clock.set(at(2027, 6, 1))
    a_round_is_released(year, 3.6)
    she_sees_what_became_of_it(year)


def a_round_is_released(year: Year, seen: float) -> None:
    """Six people of schools saw this of her."""
    with year.clock.here():
        cell = rich(Group.SCHOOL, "VM1", 6, seen, dict.fromkeys(STATEMENTS, seen))
        year.released = release(year.app, year.teamleider, year.begeleider, [cell], days_ago=0)


def she_chooses_a_goal(year: Year) -> None:
    """From what she reads, by a proposal, to a goal that says what others will see."""
    jet = year.jet
    go(jet, "/start")
    click(jet.get_by_role("link", name="Lees mijn profiel"))
    go(jet, PLAN)
    click(jet.get_by_role("link", name="Bekijk alle voorstellen"))
    wanted = jet.get_by_role("article", name=TOPIC)
    expect(wanted).to_contain_text("omdat anderen dit")
    click(wanted.get_by_role("link", name="Maak hier een doel van"))
    jet.get_by_label("Waarom dit doel?").fill("Scholen weten vooraf niet wat ze krijgen.")
    jet.get_by_label("Wat laat ik straks zien?").fill(BEHAVIOUR)
    jet.get_by_label("Waaraan merken school, ouders of leerling dat?").fill("De school zegt wat we doen.")
    for name, level in (("level_now", "2"), ("level_target", "3")):
        jet.locator(f"input[name={name}][value='{level}']").check(force=True)
    jet.get_by_label("Wanneer?").fill("2027-06-30")
    jet.get_by_label("Als-danplan").fill(IF_THEN)
    expect(jet.locator("input[name=library]:checked")).to_have_count(3)
    press(jet, "Bewaar mijn doel")
    told(jet, "Je doel is bewaard.")
    year.goal_id = int(str(jet.locator("article.goal").get_attribute("id")).removeprefix("doel-"))


def they_agree_on_the_plan(year: Year) -> None:
    """Put before her teamleider; agreed once they talked about the round; begun."""
    jet, tom = year.jet, year.tom
    press(jet, "Leg mijn plan voor")
    told(jet, "Je plan ligt nu bij Tom Bakker")
    expect(jet.get_by_text("Doe eerst de nabespreking.")).to_be_visible()
    year.clock.set(at(2026, 9, 17))
    with year.clock.here():
        make_conversation(year.app, year.begeleider, year.teamleider, part_id=year.released.part_id,
                          fixed_at=at(2026, 9, 16), levels={"verwachtingsmanagement": 2})
    go(tom, "/start")
    click(tom.get_by_role("link", name="Jet de Vries", exact=True).first)
    expect(tom.get_by_role("heading", name=BEHAVIOUR)).to_be_visible()
    press(tom, "Dit klopt, ik bevestig")
    told(tom, "Jij hebt bevestigd. Nu Jet nog.")
    go(jet, "/start")
    go(jet, PLAN)
    expect(jet.get_by_text("Niveau, afgesproken met Tom Bakker")).to_be_visible()
    press(jet, "Dit klopt, ik bevestig")
    told(jet, "Het plan is vastgesteld.")
    press(jet, "Begin met mijn plan")
    told(jet, "Je plan loopt.")


def she_does_an_action(year: Year) -> None:
    """A day, an als-danplan of her own, her agenda, the zakkaart, and the steps one by one."""
    jet = year.jet
    year.clock.set(at(2026, 9, 21))
    go(jet, PLAN)
    click(jet.get_by_role("link", name="Stappen, dag en notities Voer een startgesprek"))
    own = "Als ik een school bel voor de start, dan vraag ik het eerst aan de leraar zelf."
    jet.get_by_label("Wanneer?").fill(DAY.isoformat())
    jet.get_by_label("Als-danplan").fill(own)
    press(jet, "Bewaar deze actie")
    told(jet, "Je actie is bewaard.")
    expect(jet.locator(".ifthen")).to_have_text(own)
    press(jet, "Kies het traject en plan het startgesprek.")
    press(jet, "Haal vooraf bij elke betrokkene één verwachting en één zorg op.")
    expect(jet.get_by_text("2 van 4 gedaan")).to_be_visible()
    name, file = downloaded(jet, "Zet in je agenda")
    (event,) = icalendar.Calendar.from_ical(file).walk("VEVENT")
    assert name.endswith(".ics") and event.start == DAY and "Voer een startgesprek" in event["summary"]
    action = jet.url
    click(jet.get_by_role("link", name="Neem mee als zakkaart"))
    expect(jet.get_by_text(own)).to_be_visible()
    go(jet, f"{PLAN}/agenda")
    press(jet, "Maak mijn agenda-adres")
    address = jet.locator("#agenda-adres").inner_text()
    calendar = icalendar.Calendar.from_ical(jet.request.get("/" + address.split("/", 3)[3]).body())
    days = {str(event["summary"]): event.start for event in calendar.walk("VEVENT")}
    assert DAY in days.values() and days["Tussenstand van je ontwikkelplan"] == dt.date(2026, 11, 26)
    go(jet, action)


def she_keeps_evidence(year: Year) -> None:
    """The finished canvas and a note, each with what she learnt, at her goal and to be seen by her teamleider."""
    jet, tom = year.jet, year.tom
    year.clock.set(at(2026, 11, 2))
    go(jet, "/praktijk")
    click(jet.get_by_role("link", name="B7 · De Regenboog"))
    click(jet.get_by_role("link", name="Canvas verwachtingengesprek:"))
    click(jet.get_by_role("link", name="Bewaar dit blad als bewijs"))
    jet.get_by_label("Titel").fill("Het canvas van B7")
    store(jet)
    expect(jet.get_by_text("Hulpvraag in één zin", exact=True)).to_be_visible()
    go(jet, year.goal)
    click(jet.get_by_role("link", name="Voeg bewijs toe"))
    click(jet.get_by_role("link", name="Een notitie"))
    jet.get_by_label("Titel").fill("Na het startgesprek")
    jet.get_by_label("Wat wil je bewaren?").fill("De moeder vertelde wat zij van ons hoopt.")
    expect(jet.get_by_role("radio", name=BEHAVIOUR)).to_be_checked()
    store(jet)
    go(jet, year.goal)
    for title in EVIDENCE:
        expect(jet.get_by_role("region", name="Bewijs").get_by_role("link", name=title)).to_be_visible()
    jet.get_by_role("button", name="Voer een startgesprek").click()
    expect(jet.get_by_text("1 van 3 gedaan")).to_be_visible()
    go(tom, tom.url)
    click(tom.get_by_role("link", name="Na het startgesprek"))
    expect(tom.get_by_text(LEARNT)).to_be_visible()


def store(page: Page) -> None:
    page.get_by_label("Wat laat dit zien, of wat leerde je ervan?").fill(LEARNT)
    page.get_by_role("radio", name=BEHAVIOUR).check()
    page.get_by_role("radio", name="Ook mijn teamleider").check()
    press(page, "Bewaar mijn bewijs")


def she_sees_what_became_of_it(year: Year) -> None:
    """Score then and now with the word, niveau then and now, and all of the year on one line; the goal is closed."""
    jet, tom = year.jet, year.tom
    year.clock.set(at(2027, 6, 7))
    with year.clock.here():
        make_conversation(year.app, year.begeleider, year.teamleider, part_id=year.released.part_id,
                          fixed_at=at(2027, 6, 4), levels={"verwachtingsmanagement": 3})
    go(jet, year.goal)
    effect = jet.get_by_role("region", name="Sinds de start")
    expect(effect).to_contain_text("Zichtbare groei")
    expect(effect.locator(".meta")).to_have_text(re.compile("2,4.*3,6", re.DOTALL))
    expect(effect).to_contain_text("Niveau bij de start: 2 ontwikkelend. Nu: 3 zelfstandig, afgesproken met Tom")
    expect(jet.get_by_text("Nu zelfstandig. Dat was het doel.")).to_be_visible()
    expect(effect.get_by_role("img", name="Lijn van de tijd")).to_be_visible()
    effect.get_by_text("Wat er gebeurde").click()
    moments = [" ".join(words.split()) for words in effect.get_by_role("listitem").all_inner_texts()]
    assert [words for moment in moments for words in LINE if words in moment] == list(LINE), moments
    press(jet, "Rond af")
    told(jet, "Het doel is afgerond.")
    go(jet, year.goal)
    expect(effect).to_contain_text("Doel afgerond")
    go(jet, PLAN)
    press(jet, "Rond mijn plan af")
    told(jet, "Je plan is afgerond.")
    go(jet, "/start")
    go(tom, "/start")
