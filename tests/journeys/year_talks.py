"""What a teamleider does with somebody once her profile is released: reads it, talks, and agrees on what she plans."""

from __future__ import annotations

from playwright.sync_api import Locator, expect

from tests.journeys.led import LedYear, plan_of, refused
from tests.journeys.year import PLAN, at, click, go, press, told
from tests.support.browser import follow
from tests.support.records import make_check_in, make_plan

REACTION = "Ik hoor het terug van de school. Zal ik in januari een keer meekijken?"


def he_reads_her_profile(year: LedYear) -> None:
    """From his day on: the whole of it, and what people wrote; what she thinks of herself alone stays closed."""
    tom = year.tom
    year.clock.set(at(2026, 10, 20))
    tom.goto("/team")
    click(tom.get_by_role("region", name="Het team in één beeld").get_by_role("link", name="Jet de Vries"))
    expect(tom.get_by_text("Profiel van Jet de Vries")).to_be_visible()
    profile = tom.url
    click(tom.get_by_role("link", name="In eigen woorden", exact=True))
    expect(tom.get_by_text("Geschreven door").first).to_be_visible()
    refused(tom, f"/profiel/{year.own_view_id}", year.elsewhere.rounds[year.elsewhere.people[0].id][0].at())
    tom.goto(profile)


def they_talk(year: LedYear) -> None:
    """The day after: what they said, a niveau and a role; each confirms for herself."""
    tom, hers = year.tom, year.hers
    year.clock.set(at(2026, 10, 22))
    go(tom, "/start")
    expect(tom.get_by_text("Je gesprek met Jet de Vries is nog niet vastgelegd.")).to_be_visible()
    click(tom.get_by_role("link", name="Leg het vast"))
    for topic in ("Verwachtingsmanagement", "Marketeer"):
        details = _topic(tom.locator("main"), topic)
        details.locator("summary").click()
        details.get_by_role("radio", name="3 Zelfstandig").check()
    tom.get_by_label("Wat bespraken jullie?").fill("Hoe een start loopt als de school nog niet weet wat zij wil.")
    tom.get_by_label("Wat spreken jullie af?").fill("Jet maakt een plan; we kijken voor de kerst samen.")
    follow(tom.get_by_role("button", name="Bewaar", exact=True))
    press(tom, "Dit klopt, leg het vast")
    told(tom, "Jij hebt bevestigd. Nu Jet nog.")
    hers.goto("/start")
    follow(hers.get_by_role("link", name="Lees en bevestig"))
    follow(hers.get_by_role("button", name="Dit klopt, leg het vast"))
    told(hers, "Het gesprek is vastgelegd.")
    go(tom, tom.url)
    expect(tom.get_by_text("door Jet de Vries en Tom Bakker")).to_be_visible()


def he_confirms_her_plan(year: LedYear) -> None:
    """Not before she puts it before him."""
    tom, hers = year.tom, year.hers
    with year.clock.here():
        plan_id = make_plan(year.app, year.jet, year.team.lead, shown=False)
    refused(tom, f"{PLAN}/van/{plan_id}")
    with year.clock.here():
        make_plan(year.app, year.jet, year.team.lead)
    go(tom, "/start")
    click(tom.get_by_role("link", name="Lees het plan van Jet de Vries"))
    expect(tom.get_by_role("heading", name="Ik vraag het in het eerste gesprek.")).to_be_visible()
    press(tom, "Dit klopt, ik bevestig")
    told(tom, "Jij hebt bevestigd. Nu Jet nog.")
    hers.goto(PLAN)
    for move in ("Dit klopt, ik bevestig", "Begin met mijn plan"):
        follow(hers.get_by_role("button", name=move))


def he_answers_a_check_in(year: LedYear) -> None:
    """Amira shows hers; those of four others lie fixed, and Fenna's is not made."""
    tom = year.tom
    year.clock.set(at(2026, 12, 7))
    with year.clock.here():
        for person in year.people[:5]:
            make_check_in(year.app, person, year.team.lead, plan_of(year, person), fixed=person != year.people[0],
                          days_ago=0 if person == year.people[0] else 20)
    go(tom, "/start")
    click(tom.get_by_role("link", name="Lees de tussenstand van Amira El Idrissi"))
    expect(tom.get_by_text("Ik vroeg eerder door.")).to_be_visible()
    tom.get_by_label("Jouw reactie").fill(REACTION)
    press(tom, "Dit klopt, leg het vast")
    told(tom, "Nu Amira nog.")
    expect(tom.get_by_label("Jouw reactie")).to_have_value(REACTION)


def _topic(page: Locator, name: str) -> Locator:
    return page.locator("details", has=page.page.locator("summary", has_text=name))
