"""A year of one begeleider in a real browser: from what came out of a round to what became of her goal."""

from __future__ import annotations

import datetime as dt

import icalendar
import pytest
from flask import Flask
from playwright.sync_api import expect

from app.measurement.scale import Group
from tests.development.support import IF_THEN
from tests.journeys.year import PLAN, Year, at, click, downloaded, go, press, told
from tests.journeys.year_practice import she_evaluates_with_the_school, she_works_on_a_traject
from tests.profiles.released import release, rich
from tests.support.browser import Windows, sign_in
from tests.support.builders import Persona
from tests.support.clock import Clock
from tests.support.conversations import make_conversation

BEHAVIOUR = "Bij elke start vraag ik ieder apart wat die verwacht"
TOPIC = "Verwachtingen en wensen ophalen"
STATEMENTS = ("VM1.1", "VM1.2", "VM1.3")
DAY = dt.date(2026, 10, 12)


@pytest.fixture
def clock(app: Flask) -> Clock:
    return Clock(app, at(2026, 9, 14))


@pytest.fixture
def served(clock: Clock) -> Clock:
    return clock


@pytest.fixture
def year(app: Flask, clock: Clock, windows: Windows, begeleider: Persona, teamleider: Persona) -> Year:
    jet, tom = windows.open("phone"), windows.open("desktop")
    return Year(app, clock, windows, begeleider, teamleider, jet, tom)


def test_a_year(year: Year) -> None:
    a_round_is_released(year, 2.4)
    sign_in(year.jet, year.begeleider)
    sign_in(year.tom, year.teamleider)
    she_chooses_a_goal(year)
    they_agree_on_the_plan(year)
    she_does_an_action(year)
    she_works_on_a_traject(year)
    year.clock.set(at(2027, 1, 18))
    she_evaluates_with_the_school(year)


def a_round_is_released(year: Year, seen: float) -> None:
    """Six people of schools saw this of her."""
    with year.clock.here():
        release(year.app, year.teamleider, year.begeleider,
                [rich(Group.SCHOOL, "VM1", 6, seen, dict.fromkeys(STATEMENTS, seen))], days_ago=3)


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
    for code in ("vm-startgesprek-canvas", "vm-meekijken"):
        jet.locator(f"input[name=library][value={code}]").check()
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
        make_conversation(year.app, year.begeleider, year.teamleider, fixed_at=at(2026, 9, 16),
                          levels={"verwachtingsmanagement": 2})
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
